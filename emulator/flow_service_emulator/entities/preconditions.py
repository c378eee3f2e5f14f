"""The preconditions of an update or a deletion: the etag and the state.

Adobe: "Update a connection" (update.md); destinations.yaml for the 412; "Flow Service error codes" 1403, 1404, 1416 and
1417.
"""

from __future__ import annotations

from flow_service_emulator.entities.entity import Entity
from flow_service_emulator.entities.states import DRAFT, INITIALIZING, WORKING_STATES
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.switches import Switches


def check_etag(entity: Entity, if_match: str | None, switches: Switches) -> None:
    """Refuse a missing or a stale etag, and one without its double quotes (destinations.yaml: 412)."""
    if switches["if_match"] == "ignored":
        return
    if if_match is None:
        raise FlowServiceError("1403-400", "The header If-Match is missing")
    if if_match == entity.etag:
        return
    if switches["if_match"] == "lenient" and if_match.strip('"') == entity.etag.strip('"'):
        return
    message = f"Supplied version=[{if_match}] does not match the current version on entity=[{entity.etag}]"
    raise FlowServiceError("1404-412", message)


def check_updatable(entity: Entity, switches: Switches) -> None:
    """Refuse an update of an entity that is neither enabled nor disabled nor a draft."""
    check_not_at_work(entity, switches)
    if entity.state not in {"enabled", "disabled", DRAFT}:
        raise FlowServiceError("1416-400", _describe_wrong_state(entity))


def check_not_at_work(entity: Entity, switches: Switches) -> None:
    """Refuse a change or a deletion while the service is at work on the entity.

    The state `failed` is the emulator's, and must have a way out, so it does not prevent a deletion.
    """
    if entity.state not in WORKING_STATES:
        return
    code = switches["refusal_at_work"]
    if code == "by_state":
        code = "1417-400" if entity.state == INITIALIZING else "1416-400"
    raise FlowServiceError(code, _describe_wrong_state(entity))


def _describe_wrong_state(entity: Entity) -> str:
    return f"a change is not allowed in the state [{entity.state}]"
