"""Changes a base connection: the etag, the patch, the rules.

Adobe: "Update a connection" (update.md), destinations.yaml for the 412, "Flow Service error codes" 1403, 1404.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flow_service_emulator import sealing
from flow_service_emulator.connections import rules
from flow_service_emulator.connections.create import rejected_credentials
from flow_service_emulator.entities import patch, states
from flow_service_emulator.errors import FlowServiceError

if TYPE_CHECKING:
    from flow_service_emulator.connections.base_connections import Connection
    from flow_service_emulator.entities.entity import Entity
    from flow_service_emulator.switches import Switches


def check_etag(entity: Entity, if_match: str | None, switches: Switches) -> None:
    """Adobe: destinations.yaml: 412 for a stale etag, and for one without its double quotes."""
    if if_match is None:
        raise FlowServiceError("1403-400", "The header If-Match is missing")
    if if_match == entity.etag:
        return
    if switches["if_match"] == "lenient" and if_match.strip('"') == entity.etag.strip('"'):
        return
    message = f"Supplied version=[{if_match}] does not match the current version on entity=[{entity.etag}]"
    raise FlowServiceError("1404-412", message)


def update(connection: Connection, operations: Any, switches: Switches) -> None:
    """Apply a client's JSON Patch, all of it or nothing; `/auth/params` as a whole drops what is not sent again."""
    states.check_updatable(connection, switches)
    declared = patch.patched(connection.declared, operations)
    rules.check_update(declared)
    params = sealing.seal(declared["auth"]["params"])
    if switches["credentials"] == "checked" and not sealing.works(params):
        raise rejected_credentials()
    connection.declared = {**declared, "auth": {**declared["auth"], "params": params}}


def edit_freely(entity: Entity, operations: list[dict[str, Any]]) -> None:
    """Another person's change: anything a client may write, and the state, without an etag and without the rules."""
    changed = patch.apply({**entity.declared, "state": entity.state}, operations)
    state = str(changed.pop("state", entity.state))
    if state != entity.state:
        entity.state, entity.state_afterwards = state, ""
    if isinstance(changed.get("auth"), dict):
        changed["auth"]["params"] = sealing.seal(changed["auth"].get("params") or {})
    entity.declared = changed
