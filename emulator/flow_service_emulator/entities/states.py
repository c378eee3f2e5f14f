"""The states of an entity, and what may be done in which.

Adobe: `initializing`, then `enabled`, is documented for Salesforce on AWS; `mode=draft` in "Draft mode", which does not
show the literal; when an update is refused in "Flow Service error codes", 1416 and 1417. `updating` is a state of
source and target connections in flow-service.yaml; no document says when it begins, or what it does to the etag.
"""

from __future__ import annotations

from flow_service_emulator.clock import now
from flow_service_emulator.connections.base_connections import INITIALIZING, Connection
from flow_service_emulator.entities.entity import SERVICE, Entity
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.switches import Switches

DRAFT = "draft"
UPDATING = "updating"
WORKING_STATES = frozenset(
    {
        INITIALIZING,
        UPDATING,
        "inProgress",
        "pending",
        "enabling",
        "disabling",
        "enabled-finalizing",
        "delete-finalizing",
    }
)
"""The states in which the service is at work; the emulator itself enters the first two, a foreign edit any."""


def begin(connection: Connection, switches: Switches, *, draft: bool) -> None:
    """Put a new connection into its first state."""
    if draft:
        connection.state = DRAFT
    elif not _start_work(connection, INITIALIZING, switches["final_state"], switches["initializing"]):
        connection.state = switches["final_state"]


def begin_update(entity: Entity, switches: Switches) -> None:
    """Put a changed entity into the state `updating`, for as long as the switch says."""
    _start_work(entity, UPDATING, entity.state, switches["updating"])


def settle(entity: Entity, *, read: bool) -> bool:
    """End the service's work when its reads or its time are over; whether anything changed. ``read`` counts as one."""
    if not entity.state_afterwards or now() < entity.ready_at:
        return False
    if entity.reads_left:
        entity.reads_left -= int(read)
        return read
    entity.state, entity.state_afterwards = entity.state_afterwards, ""
    entity.written_by(SERVICE, SERVICE)
    return True


def check_updatable(entity: Entity, switches: Switches) -> None:
    """An update needs an entity that is enabled, disabled or a draft."""
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


def _start_work(entity: Entity, state: str, state_afterwards: str, duration: str) -> bool:
    """Put the entity into a state of work unless the duration, reads or milliseconds, is zero; whether it is in one."""
    if duration in {"0", "0ms"}:
        return False
    is_timed = duration.endswith("ms")
    entity.state, entity.state_afterwards = state, state_afterwards
    entity.ready_at = now() + int(duration.removesuffix("ms")) if is_timed else 0
    entity.reads_left = 0 if is_timed else int(duration)
    return True


def _describe_wrong_state(entity: Entity) -> str:
    return f"a change is not allowed in the state [{entity.state}]"
