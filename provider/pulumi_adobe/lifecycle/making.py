"""Create: POST, then GET until the state is final, then the test; never twice, and never left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_adobe.declaration import Properties
from pulumi_adobe.defects import wrap_unexpected_error
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.client import WriteResult
from pulumi_adobe.flow_service.errors import FlowServiceError, NoResponse, Unavailable, UnexpectedResponse
from pulumi_adobe.flow_service.retry import Outcome, retry_delay
from pulumi_adobe.lifecycle import trial
from pulumi_adobe.lifecycle.adoption import adopt
from pulumi_adobe.lifecycle.candidate import find_entity_to_adopt, find_unexpected_duplicates
from pulumi_adobe.lifecycle.entity import describe_entity
from pulumi_adobe.lifecycle.errors import AlreadyExists, FailedState, PartialFailure
from pulumi_adobe.lifecycle.job import ResourceOperation
from pulumi_adobe.lifecycle.ownership import read_owner, body_with_owner
from pulumi_adobe.lifecycle.removing import delete_and_confirm
from pulumi_adobe.lifecycle.settling import wait_until_ready

AMBIGUOUS_ERRORS = (NoResponse, Unavailable, UnexpectedResponse)
"""After these nobody knows whether the request took effect."""

SERVICE_UNAVAILABLE = 503


@dataclass(frozen=True)
class CreatedResource:
    """The id that Flow Service gave, and the outputs."""

    id: str
    outputs: Properties


def create(operation: ResourceOperation) -> CreatedResource:
    """Make what is wanted, or take it over. Raises Unfinished where the id must be kept all the same."""
    operation.context.learn_secrets(operation.resource_schema, operation.inputs)
    with operation.context.claims.reserve_name(str(operation.scope), operation.name, operation.owner):
        existing_id = find_entity_to_adopt(operation)
        if existing_id is not None:
            return _adopt_existing(operation, existing_id)
        operation = operation.resolve_inputs({})
        write_result = _post(operation)
        _record_entity(operation, write_result.id)
    return _finish_create(operation, write_result)


def warn_about_existing(operation: ResourceOperation) -> None:
    """Say in a preview what a create would refuse.

    Only a warning: what is found may be the one that this run is about to delete under another resource.
    """
    can_look_up = operation.scope is not None and isinstance(operation.inputs.get("name"), str) and not operation.inputs.get("adoptId")
    if not can_look_up or operation.context.options.on_existing == "duplicate":
        return
    try:
        duplicates = find_unexpected_duplicates(operation)
    except FlowServiceError as error:
        operation.context.show_message(f"warning: {operation.describe()}: what exists already could not be listed: {error.message}")
        return
    for entity in duplicates:
        ids = ",".join((*operation.context.options.adopt, entity["id"]))
        operation.context.show_message(
            f"warning: {operation.describe()} is there already: {describe_entity(entity)}. Unless this run deletes it first, a create "
            f"will refuse; to take it over: ADOBE_ADOPT={ids} pulumi up"
        )


def _adopt_existing(operation: ResourceOperation, id_: str) -> CreatedResource:
    outputs = adopt(operation, id_)
    _record_entity(operation, id_)
    operation.context.show_message(f"{operation.describe()}: adopted {id_}")
    failure = trial.check_after_create(operation, id_)
    if failure:
        # It was there before this run, so it is never rolled back.
        raise PartialFailure(failure, id_, outputs)
    return CreatedResource(id_, outputs)


def _record_entity(operation: ResourceOperation, id_: str) -> None:
    operation.context.list_pages.clear()
    operation.context.claims.claim(id_, operation.name)
    operation.context.existing_entities.record(operation.scope, id_, operation.name)


def _post(operation: ResourceOperation) -> WriteResult:
    body = operation.resource_schema.to_body(operation.inputs)
    if operation.context.options.writes_ownership_line:
        body = body_with_owner(body, operation.owner)
    ids_before = {entity["id"] for entity in operation.context.existing_entities.find_by_name(operation.scope, operation.name)} if operation.scope else set()
    deadline = operation.service.clock.now() + operation.service.credentials.timeout
    attempt = 0
    while True:
        attempt += 1
        try:
            return operation.service.create(operation.collection, body, draft=operation.inputs.get("draft") is True)
        except AMBIGUOUS_ERRORS as error:
            created = _find_created_entity(operation, ids_before, error)
            if created is not None:
                return created
            if not _wait_before_second_post(operation, error, attempt, deadline):
                raise type(error)(
                    f"{error.message}\nNo {operation.describe()} was there afterwards.",
                    "Run `pulumi up` again: it looks again before it makes anything.",
                ) from None


def _wait_before_second_post(operation: ResourceOperation, error: FlowServiceError, attempt: int, deadline: float) -> bool:
    """Whether one more POST may be tried, now that nothing was made: where the service said that it has no time."""
    if not isinstance(error, Unavailable) or error.status != SERVICE_UNAVAILABLE:
        return False
    delay = retry_delay(Outcome(error.status, retry_after=error.retry_after), attempt, idempotent=True)
    if delay is None or operation.service.clock.now() + delay >= deadline:
        return False
    operation.service.clock.sleep(delay)
    return True


def _find_created_entity(operation: ResourceOperation, ids_before: set[str], error: FlowServiceError) -> WriteResult | None:
    """What a POST has made whose answer was lost; None where it made nothing.

    Nothing is posted again before this look: Flow Service knows no idempotency key and no unique names.
    """
    try:
        current_entities = operation.context.existing_entities.refetch_by_name(operation.scope, operation.name) if operation.scope else []
    except FlowServiceError as lookup_error:
        raise type(error)(
            f"{error.message}\nLooking for what it may have made failed too: {lookup_error.message}",
            "The next `pulumi up` looks again before it makes anything.",
        ) from None
    new_entities = [each for each in current_entities if each["id"] not in ids_before and not operation.context.claims.is_claimed(each["id"])]
    new_entities = [each for each in new_entities if _may_be_created_by_us(operation, each)]
    if len(new_entities) > 1:
        listed_entities = "".join(f"\n  {describe_entity(entity)}" for entity in new_entities)
        raise AlreadyExists(
            f"{error.message}\n{operation.describe()} is there {len(new_entities)} times now, and which one this run made is not to be "
            f"guessed:{listed_entities}",
            "Delete what is too much, then: ADOBE_ADOPT=<id> pulumi up",
        )
    if not new_entities:
        return None
    etag = new_entities[0].get("etag")
    return WriteResult(str(new_entities[0]["id"]), etag if isinstance(etag, str) else None)


def _may_be_created_by_us(operation: ResourceOperation, entity: Mapping[str, Any]) -> bool:
    if operation.context.options.writes_ownership_line and read_owner(entity) not in (None, operation.owner):
        return False
    return entity.get("createdClient") in (None, operation.service.credentials.client_id)


def _finish_create(operation: ResourceOperation, write_result: WriteResult) -> CreatedResource:
    initial_outputs = operation.build_outputs(operation.inputs, {"etag": write_result.etag})
    try:
        return _wait_and_test(operation, write_result.id, initial_outputs)
    except AdobeError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the id must not go with it
        wrapped_error = _explain_failed_create(operation, write_result.id, wrap_unexpected_error("a later step", error, operation.context.redactor))
        raise PartialFailure(wrapped_error, write_result.id, initial_outputs) from None


def _wait_and_test(operation: ResourceOperation, id_: str, initial_outputs: Properties) -> CreatedResource:
    """``begun`` are the outputs as far as the POST told them."""
    try:
        entity = wait_until_ready(operation.service, operation.resource_schema, id_)
        outputs = operation.run_after_write(id_, operation.build_outputs(operation.inputs, entity))
    except FailedState as error:
        raise _roll_back(operation, id_, initial_outputs, error) from None
    except AdobeError as error:
        # It exists, and most likely all is well with it: the next update goes on from here.
        raise PartialFailure(_explain_failed_create(operation, id_, error), id_, initial_outputs) from None
    failure = trial.check_after_create(operation, id_)
    if failure:
        raise _roll_back(operation, id_, outputs, failure)
    return CreatedResource(id_, outputs)


def _roll_back(operation: ResourceOperation, id_: str, outputs: Properties, error: AdobeError) -> AdobeError:
    """Delete what this very call has made; where that fails too, the id is kept."""
    explained_error = _explain_failed_create(operation, id_, error)
    try:
        delete_and_confirm(operation, id_)
    except AdobeError as rollback_error:
        return PartialFailure(type(error)(f"{explained_error.message}\nDeleting it again failed: {rollback_error.message}", error.hint), id_, outputs)
    return type(error)(f"{explained_error.message}\nIt was deleted again.", error.hint)


def _explain_failed_create(operation: ResourceOperation, id_: str, error: AdobeError) -> AdobeError:
    return type(error)(f"{operation.describe(id_)} was made, but then: {error.message}", error.hint)
