"""A base connection as it is kept, and as Adobe shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flow_service_emulator.catalogue import is_secret
from flow_service_emulator.entities.entity import Entity
from flow_service_emulator.sealing import MASK, reseal
from flow_service_emulator.switches import Switches

INITIALIZING = "initializing"


@dataclass
class Connection(Entity):
    """``declared`` is what clients write: name, description, auth (its secrets sealed), connectionSpec."""

    @property
    def params(self) -> dict[str, Any]:
        """The auth parameters, secrets sealed."""
        params: dict[str, Any] = self.declared.get("auth", {}).get("params", {})
        return params

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Connection:
        """The connection that ``row`` was made from."""
        connection = cls(**row)
        if "params" in connection.declared.get("auth", {}):
            connection.declared["auth"]["params"] = reseal(connection.params)
        return connection


def entity(connection: Connection, switches: Switches) -> dict[str, Any]:
    """What Adobe shows; secrets and empty descriptions look as the switches say.

    Adobe: update.md, http.md; ``version`` equals the etag, and while initializing there is neither (Salesforce on AWS).
    """
    shown = {**connection.stamps(), **connection.declared}
    if "auth" in shown:
        shown["auth"] = {**shown["auth"], "params": _shown_params(connection.params, switches["secrets"])}
    if not shown.get("description") and switches["description"] != "kept":
        shown.pop("description", None)
        shown |= {"description": None} if switches["description"] == "null" else {}
    shown["state"] = connection.state
    if connection.state != INITIALIZING:
        shown |= {"version": connection.etag, "etag": connection.etag}
    return shown


def _shown_params(params: dict[str, Any], style: str) -> dict[str, Any]:
    if style == "absent":
        return {name: value for name, value in params.items() if not is_secret(name)}
    stand_in = MASK if style == "masked" else ""
    return {name: stand_in if is_secret(name) else value for name, value in params.items()}
