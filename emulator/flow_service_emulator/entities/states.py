"""The states of an entity, and the service's work on it.

Adobe: `initializing`, then `enabled`, is documented for Salesforce on AWS; `mode=draft` in "Draft mode", which does not
show the literal. `updating` is a state of source and target connections in flow-service.yaml; no document says when it
begins, or how it affects the etag.
"""

from __future__ import annotations

from flow_service_emulator.clock import now
from flow_service_emulator.entities.entity import SERVICE, Entity
from flow_service_emulator.switches import Switches

DRAFT = "draft"
INITIALIZING = "initializing"
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
"""The states in which the service is at work; the emulator itself sets the first two, a foreign edit any of them."""


def begin_initialization(entity: Entity, switches: Switches) -> None:
    """Put a new entity into the state `initializing` for as long as the switch says, else into its final state."""
    if not _begin_work(entity, INITIALIZING, switches["final_state"], switches["initializing"]):
        entity.state = switches["final_state"]


def begin_update(entity: Entity, switches: Switches) -> None:
    """Put a changed entity into the state `updating`, for as long as the switch says."""
    _begin_work(entity, UPDATING, entity.state, switches["updating"])


def end_work(entity: Entity, *, read: bool) -> bool:
    """End the service's work on an entity if its reads or its time are over, and return whether anything changed.

    Args:
        entity: An entity, at work or not.
        read: Whether a client reads the entity; such a read is counted.
    """
    if not entity.state_afterwards or now() < entity.ready_at:
        return False
    if entity.reads_left:
        entity.reads_left -= int(read)
        return read
    entity.state, entity.state_afterwards = entity.state_afterwards, ""
    entity.record_change(SERVICE, SERVICE)
    return True


def _begin_work(entity: Entity, state: str, state_afterwards: str, duration: str) -> bool:
    """Put the entity into a state of work; return False if the duration, in reads or milliseconds, is zero."""
    if duration in {"0", "0ms"}:
        return False
    is_timed = duration.endswith("ms")
    entity.state, entity.state_afterwards = state, state_afterwards
    entity.ready_at = now() + int(duration.removesuffix("ms")) if is_timed else 0
    entity.reads_left = 0 if is_timed else int(duration)
    return True
