"""Waits until Flow Service has finished with an entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.lifecycle.errors import EndedBadly, NotSettled
from pulumi_adobe.members import member

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_adobe.declaration import Declaration
    from pulumi_adobe.flow_service.client import FlowService

POLL_SECONDS: Final = 2.0
_TRANSIENT: Final = frozenset({"initializing", "inProgress", "updating", "pending", "enabling", "disabling"})
_BAD: Final = ("fail", "error")


def settled(service: FlowService, declaration: Declaration, id_: str) -> dict[str, Any]:
    """The entity once its state is final; while it is `initializing` it has no etag (Adobe: Salesforce on AWS).

    Raises NotSettled after the time-out of the settings, EndedBadly where the final state is no good one.
    """
    deadline = service.clock.now() + service.access.timeout
    while True:
        entity = service.get(declaration.collection, id_)
        state = str(entity.get("state"))
        if any(word in state.lower() for word in _BAD):
            raise EndedBadly(
                f'{declaration.kind} {id_} ended up in the state "{state}"{_reason(entity)}.',
                "Look at it in Adobe's user interface; correct its parameters or the source, then `pulumi up`.",
            )
        if state not in _TRANSIENT and isinstance(entity.get("etag"), str):
            return entity
        if service.clock.now() + POLL_SECONDS >= deadline:
            raise NotSettled(
                f'{declaration.kind} {id_} is still "{state}" after {service.access.timeout:g} s.',
                "`pulumi up` goes on waiting; adobe:timeout sets for how long.",
            )
        service.clock.sleep(POLL_SECONDS)


def _reason(entity: Mapping[str, Any]) -> str:
    """Adobe documents no place for a reason; these are the ones that its other entities use."""
    status = member(entity, "lastOperation", "status")
    errors = status.get("errors") if isinstance(status, dict) else status
    found = entity.get("errorMessage") or entity.get("stateReason") or errors
    return f": {found}" if found else ""
