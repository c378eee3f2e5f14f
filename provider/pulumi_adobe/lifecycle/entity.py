"""An entity of Flow Service as the state holds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from pulumi_adobe.checking import normalize
from pulumi_adobe.declaration import ResourceSchema, Properties
from pulumi_adobe.lifecycle.difference import PARAMETERS_PATH, SERVER_PARAMETERS
from pulumi_adobe.lifecycle.ownership import remove_ownership_line


def entity_to_inputs(resource_schema: ResourceSchema, entity: Mapping[str, Any]) -> Properties:
    """The inputs that an entity shows, in their one spelling; secrets and the line of ownership left out."""
    properties = normalize(resource_schema, resource_schema.from_entity(entity))
    if isinstance(properties.get("description"), str):
        properties["description"] = remove_ownership_line(properties["description"])
    return {name: value for name, value in properties.items() if value != ""}


def build_outputs(
    resource_schema: ResourceSchema, inputs: Mapping[str, Any], entity: Mapping[str, Any], org_id: str, sandbox: str
) -> Properties:
    """The outputs of a resource: its inputs and what Flow Service adds, asked in this organization and sandbox."""
    values = {
        **inputs,
        "etag": entity.get("etag"),
        "state": entity.get("state"),
        "createdAt": from_epoch_milliseconds(entity.get("createdAt")),
        "createdBy": entity.get("createdBy"),
        "sandboxName": entity.get("sandboxName") or sandbox,
        "orgId": entity.get("imsOrgId") or org_id,
        SERVER_PARAMETERS: resource_schema.undeclared_members(entity, PARAMETERS_PATH) or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def from_epoch_milliseconds(milliseconds: Any) -> str | None:
    """Adobe's epoch milliseconds as ISO 8601, UTC: a number would lose its last digits on the way to the state."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, (int, float)):
        return None
    try:
        timestamp = datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
    except (ValueError, OverflowError, OSError):
        # No calendar has it, as where the unit is another one than documented.
        return None
    return timestamp.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def describe_last_change(entity: Mapping[str, Any]) -> str:
    """Who wrote it last, and when, as far as Flow Service tells."""
    author, client_id, timestamp = entity.get("updatedBy"), entity.get("updatedClient"), from_epoch_milliseconds(entity.get("updatedAt"))
    client_suffix = f" through {client_id}" if client_id and client_id != author else ""
    return "".join((f", last by {author}" if author else "", client_suffix if author else "", f" at {timestamp}" if timestamp else ""))


def describe_foreign_change(subject: str, entity: Mapping[str, Any]) -> str:
    """What to say of one that somebody else has changed; ``named`` is what errors call it."""
    return f"{subject} was changed outside of this stack{describe_last_change(entity)}"


def describe_entity(entity: Mapping[str, Any]) -> str:
    """One entity in a list that a person chooses from."""
    created_at, created_by = from_epoch_milliseconds(entity.get("createdAt")), entity.get("createdBy")
    creation = " ".join(part for part in (f"made {created_at}" if created_at else "", f"by {created_by}" if created_by else "") if part)
    return f"{entity.get('id')} ({creation or 'nothing else is known of it'})"
