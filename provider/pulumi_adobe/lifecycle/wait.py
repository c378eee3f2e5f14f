"""Waiting while Flow Service is at work on an entity: until it is ready, or until it accepts a change.

Adobe: the states are those of flow-service.yaml and of "Flow Service error codes", 1416, 1417 and 1457.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from pulumi_adobe.flow_service.errors import Conflict, ResponseError, WrongState
from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.errors import FailedState, NotReadyInTime
from pulumi_adobe.printable import end_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pulumi_adobe.flow_service.client import FlowServiceClient
    from pulumi_adobe.schema.resource_schema import ResourceSchema

_T = TypeVar("_T")
Observe: TypeAlias = "Callable[[Mapping[str, Any]], object]"
"""A function that gets each entity that a wait reads while Flow Service is at work on it."""

POLL_SECONDS: Final = 2.0
PRECONDITION_FAILED: Final = 412
_TRANSIENT_STATES: Final = frozenset(
    {
        "initializing",
        "inProgress",
        "updating",
        "pending",
        "enabling",
        "disabling",
        "enabled-finalizing",
        "delete-finalizing",
    }
)
_FAILURE_WORDS: Final = ("fail", "error")
_ATTEMPTS_WHEN_READY: Final = 4
"""How often a change is sent although the entity looks ready: the work may have ended between two requests."""
_LOCKED_STATUSES: Final = (423, 425)
"""Locked and Too Early (RFC 4918, RFC 8470): the request may be repeated later, whatever the entity looks like."""


def _ignore(_entity: Mapping[str, Any]) -> None:
    """Observe nothing."""


def is_transient(state: object) -> bool:
    """Return whether this state says that Flow Service is at work on the entity."""
    return isinstance(state, str) and state in _TRANSIENT_STATES


def is_refused_for_now(error: ResponseError) -> bool:
    """Return whether Flow Service refused a change because of the state of the entity, so that it may pass later."""
    return isinstance(error, WrongState) or (isinstance(error, Conflict) and error.status != PRECONDITION_FAILED)


def wait_until_ready(
    service: FlowServiceClient, resource_schema: ResourceSchema, id_: str, observe: Observe = _ignore
) -> dict[str, Any]:
    """Return the entity once its state is final; see `poll_until_ready`."""
    return poll_until_ready(service, resource_schema, id_, observe=observe)[0]


def poll_until_ready(
    service: FlowServiceClient,
    resource_schema: ResourceSchema,
    id_: str,
    timeout: float | None = None,
    observe: Observe = _ignore,
) -> tuple[dict[str, Any], bool]:
    """Return the entity once its state is final, and whether it was final at the first read.

    While the state is `initializing` the entity has no etag (Adobe: Salesforce on AWS). ``timeout`` is in seconds, by
    default that of the settings.

    Raises:
        NotReadyInTime: The state is not final within the timeout of the settings.
        FailedState: The final state is a failure.
    """
    deadline = service.clock.now() + (service.credentials.timeout if timeout is None else timeout)
    is_first = True
    while True:
        entity = service.get(resource_schema.collection, id_, timeout=deadline - service.clock.now())
        state = str(entity.get("state"))
        if _is_failure(state):
            raise FailedState(
                end_sentence(
                    f'Flow Service left {resource_schema.type_name} {id_} in the failed state "{state}"'
                    f"{_describe_reason(entity)}"
                ),
                "Look at it in Adobe's user interface, correct its parameters or the source, then run `pulumi up`.",
                state=state,
            )
        if is_ready(entity):
            return entity, is_first
        observe(entity)
        if service.clock.now() + POLL_SECONDS >= deadline:
            raise _build_not_ready_error(service, resource_schema, id_, state)
        service.clock.sleep(POLL_SECONDS)
        is_first = False


def is_ready(entity: Mapping[str, Any]) -> bool:
    """Return whether the state of an entity is final, and no failure."""
    return _is_at_rest(entity) and not _is_failure(str(entity.get("state")))


def _is_failure(state: str) -> bool:
    return any(word in state.lower() for word in _FAILURE_WORDS)


def retry_while_at_work(
    service: FlowServiceClient,
    resource_schema: ResourceSchema,
    id_: str,
    send: Callable[[], _T],
    observe: Observe = _ignore,
) -> _T:
    """Return what ``send`` returns; call it again while Flow Service refuses the change because it is at work.

    Raises:
        NotReadyInTime: Flow Service is still at work after the timeout of the settings.
        WrongState: The change is refused although Flow Service is not at work.
        Conflict: The same, with status 409.
    """
    clock = service.clock
    deadline = clock.now() + service.credentials.timeout
    attempts_when_ready = 0
    while True:
        try:
            return send()
        except ResponseError as error:
            if not is_refused_for_now(error):
                raise
            entity = service.get(resource_schema.collection, id_, timeout=deadline - clock.now())
            is_out_of_time = clock.now() + POLL_SECONDS >= deadline
            if _is_at_rest(entity):
                attempts_when_ready += error.status not in _LOCKED_STATUSES
                if is_out_of_time or attempts_when_ready >= _ATTEMPTS_WHEN_READY:
                    raise
            else:
                observe(entity)
                if is_out_of_time:
                    raise _build_not_ready_error(service, resource_schema, id_, str(entity.get("state"))) from error
        clock.sleep(POLL_SECONDS)


def _is_at_rest(entity: Mapping[str, Any]) -> bool:
    return not is_transient(entity.get("state")) and isinstance(entity.get("etag"), str)


def _build_not_ready_error(
    service: FlowServiceClient, resource_schema: ResourceSchema, id_: str, state: str
) -> NotReadyInTime:
    return NotReadyInTime(
        f'{resource_schema.type_name} {id_} is still "{state}" after {service.credentials.timeout:g} s.',
        "Run the same command again to continue waiting. The setting adobe:timeout, or custom_timeouts of a native "
        "resource, sets for how long.",
        state=state,
    )


def _describe_reason(entity: Mapping[str, Any]) -> str:
    """Return why the entity failed. Adobe documents no place for it; other entities of the API use these."""
    status = get_member(entity, "lastOperation", "status")
    errors = status.get("errors") if isinstance(status, dict) else status
    reason = entity.get("errorMessage") or entity.get("stateReason") or errors
    return f": {reason}" if reason else ""
