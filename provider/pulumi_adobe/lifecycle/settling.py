"""Waits until Flow Service has finished with an entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.lifecycle.errors import FailedState, NotReadyInTime
from pulumi_adobe.members import get_member

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_adobe.declaration import ResourceSchema
    from pulumi_adobe.flow_service.client import FlowServiceClient

POLL_SECONDS: Final = 2.0
_TRANSIENT_STATES: Final = frozenset({"initializing", "inProgress", "updating", "pending", "enabling", "disabling"})
_FAILURE_WORDS: Final = ("fail", "error")


def wait_until_ready(service: FlowServiceClient, resource_schema: ResourceSchema, id_: str) -> dict[str, Any]:
    """The entity once its state is final; while it is `initializing` it has no etag (Adobe: Salesforce on AWS).

    Raises NotSettled after the time-out of the settings, EndedBadly where the final state is no good one.
    """
    deadline = service.clock.now() + service.credentials.timeout
    while True:
        entity = service.get(resource_schema.collection, id_)
        state = str(entity.get("state"))
        if any(word in state.lower() for word in _FAILURE_WORDS):
            raise FailedState(
                f'{resource_schema.type_name} {id_} ended up in the state "{state}"{_describe_reason(entity)}.',
                "Look at it in Adobe's user interface; correct its parameters or the source, then `pulumi up`.",
            )
        if state not in _TRANSIENT_STATES and isinstance(entity.get("etag"), str):
            return entity
        if service.clock.now() + POLL_SECONDS >= deadline:
            raise NotReadyInTime(
                f'{resource_schema.type_name} {id_} is still "{state}" after {service.credentials.timeout:g} s.',
                "`pulumi up` goes on waiting; adobe:timeout sets for how long.",
            )
        service.clock.sleep(POLL_SECONDS)


def _describe_reason(entity: Mapping[str, Any]) -> str:
    """Adobe documents no place for a reason; these are the ones that its other entities use."""
    status = get_member(entity, "lastOperation", "status")
    errors = status.get("errors") if isinstance(status, dict) else status
    reason = entity.get("errorMessage") or entity.get("stateReason") or errors
    return f": {reason}" if reason else ""
