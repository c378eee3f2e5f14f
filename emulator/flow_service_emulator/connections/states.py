"""The states of a base connection, and what may be done in which.

Adobe: `initializing`, then `enabled`, is documented for Salesforce on AWS; `mode=draft` in "Draft mode", which does not
show the literal; when an update is refused in "Flow Service error codes", 1416 and 1417.
"""

from __future__ import annotations

from flow_service_emulator.clock import now
from flow_service_emulator.connections.entity import INITIALIZING, Connection
from flow_service_emulator.entity import SERVICE, Entity
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.switches import Switches

DRAFT = "draft"


def begin(connection: Connection, switches: Switches, *, draft: bool) -> None:
    """Put a new connection into its first state."""
    delay = switches["initializing"]
    if draft:
        connection.state = DRAFT
    elif delay in {"0", "0ms"}:
        connection.state = switches["final_state"]
    else:
        connection.state = INITIALIZING
        timed = delay.endswith("ms")
        connection.ready_at = now() + int(delay.removesuffix("ms")) if timed else 0
        connection.reads_left = 0 if timed else int(delay)


def settle(connection: Connection, switches: Switches, *, read: bool) -> bool:
    """End the initializing when its reads or its time are over; whether anything changed. ``read`` counts as one."""
    if connection.state != INITIALIZING or now() < connection.ready_at:
        return False
    if connection.reads_left:
        connection.reads_left -= int(read)
        return read
    connection.state = switches["final_state"]
    connection.written_by(SERVICE, SERVICE)
    return True


def check_updatable(entity: Entity) -> None:
    """An update needs an entity that is enabled, disabled or a draft."""
    _check_settled(entity)
    if entity.state not in {"enabled", "disabled", DRAFT}:
        message = f"update is only allowed in state enabled, disabled or initializing, not in [{entity.state}]"
        raise FlowServiceError("1416-400", message)


def check_deletable(connection: Connection) -> None:
    """A delete is refused while initializing only: the state `failed` is the emulator's, and must have a way out."""
    _check_settled(connection)


def _check_settled(entity: Entity) -> None:
    if entity.state == INITIALIZING:
        message = "update or delete in state [initializing] is not allowed with a user token"
        raise FlowServiceError("1417-400", message)
