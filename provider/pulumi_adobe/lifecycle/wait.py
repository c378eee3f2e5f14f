"""Waiting until Flow Service has finished with an entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.errors import FailedState, NotReadyInTime
from pulumi_adobe.printable import end_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_adobe.flow_service.client import FlowServiceClient, WriteResult
    from pulumi_adobe.schema.resource_schema import ResourceSchema

POLL_SECONDS: Final = 2.0
_TRANSIENT_STATES: Final = frozenset({"initializing", "inProgress", "updating", "pending", "enabling", "disabling"})
_FAILURE_WORDS: Final = ("fail", "error")


def wait_until_ready(service: FlowServiceClient, resource_schema: ResourceSchema, id_: str) -> dict[str, Any]:
    """Return the entity once its state is final. While it is `initializing` it has no etag (Adobe: Salesforce on AWS).

    Raises:
        NotReadyInTime: The state is not final within the timeout of the settings.
        FailedState: The final state is a failure.
    """
    deadline = service.clock.now() + service.credentials.timeout
    while True:
        entity = service.get(resource_schema.collection, id_, timeout=deadline - service.clock.now())
        state = str(entity.get("state"))
        if any(word in state.lower() for word in _FAILURE_WORDS):
            raise FailedState(
                end_sentence(
                    f'{resource_schema.type_name} {id_} ended up in the state "{state}"{_describe_reason(entity)}'
                ),
                "Look at it in Adobe's user interface, correct its parameters or the source, then run `pulumi up`.",
            )
        if state not in _TRANSIENT_STATES and isinstance(entity.get("etag"), str):
            return entity
        if service.clock.now() + POLL_SECONDS >= deadline:
            raise NotReadyInTime(
                f'{resource_schema.type_name} {id_} is still "{state}" after {service.credentials.timeout:g} s.',
                "Run `pulumi up` to continue waiting; the setting adobe:timeout sets for how long.",
            )
        service.clock.sleep(POLL_SECONDS)


def get_etag_after_write(service: FlowServiceClient, resource_schema: ResourceSchema, write_result: WriteResult) -> str:
    """Return the etag that a write answered with, or read it where the answer has none."""
    return write_result.etag or str(wait_until_ready(service, resource_schema, write_result.id)["etag"])


def _describe_reason(entity: Mapping[str, Any]) -> str:
    """Return why the entity failed. Adobe documents no place for it; other entities of the API use these."""
    status = get_member(entity, "lastOperation", "status")
    errors = status.get("errors") if isinstance(status, dict) else status
    reason = entity.get("errorMessage") or entity.get("stateReason") or errors
    return f": {reason}" if reason else ""
