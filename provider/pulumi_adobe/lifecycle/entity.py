"""An entity of Flow Service as the state holds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from pulumi_adobe.checking import normalized
from pulumi_adobe.declaration import Declaration, Properties
from pulumi_adobe.lifecycle.difference import PARAMETERS, SERVER_PARAMETERS
from pulumi_adobe.lifecycle.ownership import unmarked


def shown(declaration: Declaration, entity: Mapping[str, Any]) -> Properties:
    """The inputs that an entity shows, in their one spelling; secrets and the line of ownership left out."""
    properties = normalized(declaration, declaration.properties(entity))
    if isinstance(properties.get("description"), str):
        properties["description"] = unmarked(properties["description"])
    return {name: value for name, value in properties.items() if value != ""}


def outputs(
    declaration: Declaration, inputs: Mapping[str, Any], entity: Mapping[str, Any], org_id: str, sandbox: str
) -> Properties:
    """The outputs of a resource: its inputs and what Flow Service adds, asked in this organization and sandbox."""
    found = {
        **inputs,
        "etag": entity.get("etag"),
        "state": entity.get("state"),
        "createdAt": iso(entity.get("createdAt")),
        "createdBy": entity.get("createdBy"),
        "sandboxName": entity.get("sandboxName") or sandbox,
        "orgId": entity.get("imsOrgId") or org_id,
        SERVER_PARAMETERS: declaration.undeclared(entity, PARAMETERS) or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def iso(milliseconds: Any) -> str | None:
    """Adobe's epoch milliseconds as ISO 8601, UTC: a number would lose its last digits on the way to the state."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, (int, float)):
        return None
    try:
        moment = datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
    except (ValueError, OverflowError, OSError):
        # No calendar has it, as where the unit is another one than documented.
        return None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def changed_by(entity: Mapping[str, Any]) -> str:
    """Who wrote it last, and when, as far as Flow Service tells."""
    by, client, at = entity.get("updatedBy"), entity.get("updatedClient"), iso(entity.get("updatedAt"))
    through = f" through {client}" if client and client != by else ""
    return "".join((f", last by {by}" if by else "", through if by else "", f" at {at}" if at else ""))


def changed_outside(named: str, entity: Mapping[str, Any]) -> str:
    """What to say of one that somebody else has changed; ``named`` is what errors call it."""
    return f"{named} was changed outside of this stack{changed_by(entity)}"


def described(entity: Mapping[str, Any]) -> str:
    """One entity in a list that a person chooses from."""
    at, by = iso(entity.get("createdAt")), entity.get("createdBy")
    made = " ".join(part for part in (f"made {at}" if at else "", f"by {by}" if by else "") if part)
    return f"{entity.get('id')} ({made or 'nothing else is known of it'})"
