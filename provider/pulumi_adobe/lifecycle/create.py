"""Create an entity once: POST it, wait until it is ready, and test it. A create that fails deletes what it created.

Creates that run at the same time share one list page to see whether their entities are ready.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pulumi_adobe.errors import AdobeError, Cancelled, wrap_unexpected_error
from pulumi_adobe.flow_service.client import WriteResult
from pulumi_adobe.flow_service.errors import (
    Conflict,
    CredentialsRejected,
    FlowServiceError,
    NoResponse,
    RateLimited,
    ResponseError,
    Unavailable,
    UnexpectedResponse,
    WrongState,
)
from pulumi_adobe.flow_service.retry import Outcome, retry_delay
from pulumi_adobe.lifecycle import connection_test
from pulumi_adobe.lifecycle.adopt import adopt
from pulumi_adobe.lifecycle.cache.newest_pages import AnnouncedCreate
from pulumi_adobe.lifecycle.confirm import confirm_create
from pulumi_adobe.lifecycle.delete import delete_and_confirm
from pulumi_adobe.lifecycle.duplicate_warnings import warn_after_create
from pulumi_adobe.lifecycle.duplicates import (
    HOW_TO_REPLACE,
    find_predecessors,
    find_unexpected_duplicates,
    resolve_duplicates,
    suggest_alias,
)
from pulumi_adobe.lifecycle.entity import describe_entity
from pulumi_adobe.lifecycle.errors import AlreadyExists, FailedState, PartialFailure
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.ownership import body_with_owner, read_owner
from pulumi_adobe.lifecycle.patch_after_create import patch_after_create
from pulumi_adobe.lifecycle.preview_checks import EXISTING_ENTITIES
from pulumi_adobe.lifecycle.replacements import note_predecessors
from pulumi_adobe.lifecycle.wait import POLL_SECONDS
from pulumi_adobe.schema.values import Properties

AMBIGUOUS_ERRORS = (NoResponse, Unavailable, UnexpectedResponse)
"""Errors after which nobody knows whether the request took effect."""

SERVICE_UNAVAILABLE = 503


@dataclass(frozen=True)
class CreatedResource:
    """The id that Flow Service assigned, and the outputs."""

    id: str
    outputs: Properties


def create(operation: ResourceOperation) -> CreatedResource:
    """Create the entity, or adopt an existing one.

    Raises:
        PartialFailure: The entity exists although a later step failed; the state must keep its id.
    """
    context = operation.context
    context.learn_secrets(operation.resource_schema, operation.inputs)
    with context.newest_pages.announce(operation.collection, operation.owner) as announced:
        with context.claims.reserve_name(str(operation.scope), operation.name, operation.owner):
            predecessor_ids = find_predecessors(operation)
            existing_id = resolve_duplicates(operation, predecessor_ids)
            if existing_id is None:
                operation = operation.resolve_inputs({})
                # Once more, because the requests before may have taken longer than a list stays new enough.
                existing_id = resolve_duplicates(operation, predecessor_ids)
            if existing_id is not None:
                announced.withdraw()
                return _adopt_existing(operation, existing_id)
            operation = replace(operation, inputs=note_predecessors(operation.inputs, predecessor_ids))
            write_result = _post(operation, predecessor_ids)
            _record_entity(operation, write_result.id)
        return _finish_create(operation, write_result, announced)


def warn_about_existing(operation: ResourceOperation) -> None:
    """Show, in a preview, a warning for each existing entity because of which a create would be refused.

    It is not an error, because this run may delete the entity under another resource. May raise a `FlowServiceError`:
    the credentials, the organization or the sandbox are wrong.
    """
    can_look_up = operation.scope is not None and isinstance(operation.inputs.get("name"), str)
    if not can_look_up or operation.inputs.get("adoptId") or operation.context.options.on_existing == "duplicate":
        operation.check_access()
        return
    duplicates = operation.context.preview_checks.ask(
        EXISTING_ENTITIES,
        "whether it exists already",
        operation.describe(),
        lambda: find_unexpected_duplicates(operation),
    )
    for entity in duplicates or ():
        ids = ",".join((*operation.context.options.adopt, entity["id"]))
        operation.context.show_message(
            f"warning: {operation.describe()} already exists: {describe_entity(entity)}. Unless this run deletes it "
            f"first, `pulumi up` will refuse to create another one.\n{suggest_alias(operation, entity)}"
            f"To adopt it: ADOBE_ADOPT={ids} pulumi up\n{HOW_TO_REPLACE}"
        )


def _adopt_existing(operation: ResourceOperation, id_: str) -> CreatedResource:
    outputs = adopt(operation, id_)
    _record_entity(operation, id_)
    operation.context.show_message(f"{operation.describe()}: adopted {id_}")
    failure = connection_test.run_test_after_create(operation, id_)
    if failure:
        # The entity existed before this run, so it is never rolled back.
        raise PartialFailure(failure, id_, outputs)
    return CreatedResource(id_, outputs)


def _record_entity(operation: ResourceOperation, id_: str) -> None:
    operation.context.claims.claim(id_, operation.name)
    operation.context.existing_entities.record(operation.scope, id_, operation.name)


def _post(operation: ResourceOperation, predecessor_ids: Sequence[str]) -> WriteResult:
    context, service = operation.context, operation.service
    body = operation.resource_schema.to_create_body(operation.inputs)
    if context.options.writes_ownership_line:
        body = body_with_owner(body, operation.owner)
    existing = context.existing_entities.find_by_name(operation.scope, operation.name) if operation.scope else []
    ids_before = {entity["id"] for entity in existing}
    deadline = service.clock.now() + service.credentials.timeout
    attempt = 0
    while True:
        attempt += 1
        try:
            return service.create(operation.collection, body, draft=operation.inputs.get("draft") is True)
        except FlowServiceError as error:
            if not may_have_created(error):
                _wait_after_refusal(operation, predecessor_ids, error, deadline)
                continue
            created = _find_created_entity(operation, ids_before, error)
            if created is not None:
                return created
            if not _wait_before_second_post(operation, error, attempt, deadline):
                raise error.with_context(
                    f"{error.message}\nNo {operation.describe()} existed afterwards.",
                    "Run `pulumi up` again: it looks for the entity before it creates anything.",
                ) from error
            if context.existing_entities.is_outdated(operation.scope):
                created = _find_created_entity(operation, ids_before, error)
                if created is not None:
                    return created
                resolve_duplicates(operation, predecessor_ids)


def may_have_created(error: FlowServiceError) -> bool:
    """Return whether a POST that ended in this error may have created something.

    A refusal that has not the JSON object of Adobe's errors is no proof: a proxy may have sent it after the service has
    done its work. A 401 is one in any case, since the client has tried a new token, and nothing works without one.
    """
    if isinstance(error, AMBIGUOUS_ERRORS):
        return True
    is_access_error = isinstance(error, (CredentialsRejected, RateLimited))
    return isinstance(error, ResponseError) and not (error.is_from_service or is_access_error)


def _wait_after_refusal(
    operation: ResourceOperation, predecessor_ids: Sequence[str], error: FlowServiceError, deadline: float
) -> None:
    """Return after a pause if the refused POST may be sent again; otherwise raise the error."""
    clock = operation.service.clock
    if isinstance(error, Conflict):
        raise _explain_refused_name(predecessor_ids, error) from error
    # What the new entity refers to may be at work. A draft remains one (code 1421).
    is_for_now = isinstance(error, WrongState) and not error.code.startswith("1421")
    if not is_for_now or clock.now() + POLL_SECONDS >= deadline:
        raise error
    clock.sleep(POLL_SECONDS)


def _explain_refused_name(predecessor_ids: Sequence[str], error: Conflict) -> FlowServiceError:
    """Return the error of a POST that a service refuses because the predecessor has the same name."""
    if not predecessor_ids:
        return error
    return error.with_context(
        f"{error.message}\nIts predecessor ({', '.join(predecessor_ids)}) still exists, and was not changed.",
        "If Flow Service allows a name only once, delete the predecessor first: add "
        "opts=pulumi.ResourceOptions(delete_before_replace=True) to the declaration, and run `pulumi up` again.",
    )


def _wait_before_second_post(
    operation: ResourceOperation, error: FlowServiceError, attempt: int, deadline: float
) -> bool:
    """Wait and return True if the POST may be sent again: nothing was created, and the service was unavailable."""
    if not isinstance(error, Unavailable) or error.status != SERVICE_UNAVAILABLE:
        return False
    delay = retry_delay(Outcome(error.status, retry_after=error.retry_after), attempt, idempotent=True)
    clock = operation.service.clock
    if delay is None or clock.now() + delay >= deadline:
        return False
    clock.sleep(delay)
    return True


def _find_created_entity(
    operation: ResourceOperation, ids_before: set[str], error: FlowServiceError
) -> WriteResult | None:
    """Return what a POST created whose response was lost; None if it created nothing.

    Nothing is posted again before this look-up: Flow Service has neither idempotency keys nor unique names.
    """
    context = operation.context
    try:
        entities = context.existing_entities.refetch_by_name(operation.scope, operation.name) if operation.scope else []
    except (FlowServiceError, Cancelled) as lookup_error:
        raise error.with_context(
            f"{error.message}\nThe look-up of what it may have created failed too: {lookup_error.message}",
            "The next `pulumi up` looks for the entity before it creates anything.",
        ) from error
    candidates = [
        entity for entity in entities if entity["id"] not in ids_before and not context.claims.is_claimed(entity["id"])
    ]
    new_entities = [entity for entity in candidates if _may_be_created_by_us(operation, entity)]
    if len(new_entities) > 1:
        listed_entities = "".join(f"\n  {describe_entity(entity)}" for entity in new_entities)
        raise AlreadyExists(
            f"{error.message}\n{operation.describe()} exists {len(new_entities)} times now, and the provider does not "
            f"guess which one this run created:{listed_entities}",
            "Delete the superfluous ones, then run: ADOBE_ADOPT=<id> pulumi up",
        )
    if not new_entities:
        return None
    etag = new_entities[0].get("etag")
    return WriteResult(str(new_entities[0]["id"]), etag if isinstance(etag, str) else None)


def _may_be_created_by_us(operation: ResourceOperation, entity: Mapping[str, Any]) -> bool:
    if operation.context.options.writes_ownership_line and read_owner(entity) not in (None, operation.owner):
        return False
    return entity.get("createdClient") in (None, operation.service.credentials.client_id)


def _finish_create(
    operation: ResourceOperation, write_result: WriteResult, announced: AnnouncedCreate
) -> CreatedResource:
    sent_inputs = operation.resource_schema.without_patched_values(operation.inputs)
    initial_outputs = operation.build_outputs(sent_inputs, {"etag": write_result.etag})
    try:
        return _wait_and_test(operation, write_result, announced, initial_outputs)
    except AdobeError:
        raise
    except Exception as error:  # the id must not be lost, whatever the defect is
        wrapped_error = wrap_unexpected_error("a later step", error, operation.context.redactor.redact)
        explained_error = _explain_failed_create(operation, write_result.id, wrapped_error)
        raise PartialFailure(explained_error, write_result.id, initial_outputs) from error


def _wait_and_test(
    operation: ResourceOperation, write_result: WriteResult, announced: AnnouncedCreate, initial_outputs: Properties
) -> CreatedResource:
    """Wait until the entity is ready, and test it. ``initial_outputs`` have what the POST sent and returned."""
    id_ = write_result.id
    try:
        entity = confirm_create(operation, write_result, announced)
        outputs = operation.build_outputs(operation.inputs, entity)
        outputs = operation.run_after_write(id_, patch_after_create(operation, id_, outputs))
    except FailedState as error:
        raise _roll_back(operation, id_, initial_outputs, error) from error
    except AdobeError as error:
        # The entity exists and is probably fine: the next update continues from here.
        raise PartialFailure(_explain_failed_create(operation, id_, error), id_, initial_outputs) from error
    failure = connection_test.run_test_after_create(operation, id_)
    if isinstance(failure, Cancelled):
        raise PartialFailure(_explain_failed_create(operation, id_, failure), id_, outputs)
    if failure:
        raise _roll_back(operation, id_, outputs, failure)
    warn_after_create(operation, id_, entity)
    return CreatedResource(id_, outputs)


def _roll_back(operation: ResourceOperation, id_: str, outputs: Properties, error: AdobeError) -> AdobeError:
    """Delete what this call created, and return the error to raise. If the deletion fails too, it keeps the id."""
    explained_error = _explain_failed_create(operation, id_, error)
    try:
        delete_and_confirm(operation, id_)
    except AdobeError as rollback_error:
        message = f"{explained_error.message}\nThe rollback failed too: {rollback_error.message}"
        return PartialFailure(error.with_context(message), id_, outputs)
    return error.with_context(f"{explained_error.message}\nIt was deleted again.")


def _explain_failed_create(operation: ResourceOperation, id_: str, error: AdobeError) -> AdobeError:
    return error.with_context(f"{operation.describe(id_)} was created, but then: {error.message}")
