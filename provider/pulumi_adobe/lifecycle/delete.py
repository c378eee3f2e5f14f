"""Delete an entity, unless another resource holds it, another stack owns it, or dataflows use it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.dataflows import COLLECTION as DATAFLOWS
from pulumi_adobe.flow_service.errors import InUse, NoResponse, NotFound, Unavailable
from pulumi_adobe.lifecycle.errors import NotDeleted, StillInUse
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.ownership import require_ownership_for_delete
from pulumi_adobe.lifecycle.wait import POLL_SECONDS, retry_while_at_work

AMBIGUOUS_ERRORS = (NoResponse, Unavailable)
"""Errors after which nobody knows whether the entity is gone."""

_POLLS_AFTER_AMBIGUOUS_ERROR = 3
_FORCE_DESTROY = "forceDestroy"


def delete(operation: ResourceOperation, id_: str, owner: str) -> None:
    """Delete the entity. An entity that is already gone is no error.

    ``owner`` is the resource in the stack that deletes it, as project/stack/resource.
    """
    context = operation.context
    context.require_same_place(operation.resource_schema, operation.inputs)
    context.learn_secrets(operation.resource_schema, operation.inputs)
    if context.claims.is_claimed(id_):
        context.show_message(
            f"warning: {operation.describe(id_)} is not deleted: another resource of this program holds it now, or "
            "this run has adopted it"
        )
        return
    if context.options.writes_ownership_line and not _exists_and_is_owned(operation, id_, owner):
        return
    _delete_or_refuse_dataflows(operation, id_)
    try:
        delete_and_confirm(operation, id_)
    except InUse as error:
        raise StillInUse(
            f"{operation.describe(id_)} is in use: {error.message}",
            f"It was not deleted. Delete the dataflows first{_describe_force(operation)}.",
        ) from error


def delete_and_confirm(operation: ResourceOperation, id_: str) -> None:
    """Send the DELETE and, if the response does not confirm it, GET until the entity is gone."""
    ambiguous_error: AdobeError | None = None
    try:
        is_confirmed = retry_while_at_work(
            operation.service,
            operation.resource_schema,
            id_,
            lambda: operation.service.delete(operation.collection, id_),
        )
    except NotFound:
        is_confirmed = True
        if not operation.context.existing_entities.is_removed(id_):
            operation.context.show_message(
                f"warning: {operation.describe(id_)} did not exist any more at {operation.context.credentials.endpoint}"
            )
    except AMBIGUOUS_ERRORS as error:
        is_confirmed, ambiguous_error = False, error
    if not is_confirmed:
        _wait_until_gone(operation, id_, ambiguous_error)
    context = operation.context
    context.existing_entities.remove(id_)
    context.claims.release(id_)
    context.replacements.forget(id_)
    if operation.collection == DATAFLOWS:
        context.dataflows.remove(id_)


def _wait_until_gone(operation: ResourceOperation, id_: str, ambiguous_error: AdobeError | None) -> None:
    clock, timeout = operation.service.clock, operation.service.credentials.timeout
    deadline = clock.now() + timeout
    polls = 0
    while True:
        try:
            entity = operation.service.get(operation.collection, id_, timeout=deadline - clock.now())
        except NotFound:
            if ambiguous_error is not None and operation.hooks.may_be_hidden(operation.inputs):
                raise ambiguous_error from None
            return
        polls += 1
        if ambiguous_error is not None and polls >= _POLLS_AFTER_AMBIGUOUS_ERROR:
            raise ambiguous_error
        if clock.now() + POLL_SECONDS >= deadline:
            raise NotDeleted(
                f'{operation.describe(id_)} still exists, in the state "{entity.get("state")}", {timeout:g} s after '
                "Flow Service accepted its deletion.",
                "Run the same command again: an entity that is gone by then is no error.",
            )
        clock.sleep(POLL_SECONDS)


def _exists_and_is_owned(operation: ResourceOperation, id_: str, owner: str) -> bool:
    try:
        entity = operation.service.get(operation.collection, id_)
    except NotFound:
        # The DELETE itself tells an entity that is gone (404) from one that the credentials may not see (403).
        return operation.hooks.may_be_hidden(operation.inputs)
    subject = f"{operation.describe(id_)} is not deleted"
    require_ownership_for_delete(subject, entity, owner, operation.context.options.disown)
    return True


def _describe_force(operation: ResourceOperation) -> str:
    """Return how to delete the dataflows with the resource; empty for a type that cannot."""
    label = _get_force_label(operation)
    if not label:
        return ""
    return f". Or set {label} to true, run `pulumi up`, and then delete: the dataflows are deleted with the connection"


def _get_force_label(operation: ResourceOperation) -> str:
    return operation.context.get_labels(operation.resource_schema).get(_FORCE_DESTROY, "")


def _delete_or_refuse_dataflows(operation: ResourceOperation, id_: str) -> None:
    """Delete the dataflows on a connection if `forceDestroy` says so; otherwise raise `StillInUse`."""
    context = operation.context
    dataflows = context.dataflows.list_using(id_) if operation.collection != DATAFLOWS else []
    if dataflows and not operation.inputs.get(_FORCE_DESTROY):
        listed_dataflows = "".join(f"\n  {dataflow}" for dataflow in dataflows)
        raise StillInUse(
            f"{operation.describe(id_)} is in use by {len(dataflows)} dataflow{'s' if len(dataflows) > 1 else ''}. "
            f"It was not deleted.{listed_dataflows}",
            f"Delete them first{_describe_force(operation)}.",
        )
    label = _get_force_label(operation)
    dataflow_schema = replace(operation.resource_schema, collection=DATAFLOWS, type_name="Dataflow")
    for dataflow in dataflows:
        context.show_message(f"{operation.describe(id_)}: {label} deletes the dataflow {dataflow}")
        with suppress(NotFound):
            send = partial(operation.service.delete, DATAFLOWS, dataflow.id)
            retry_while_at_work(operation.service, dataflow_schema, dataflow.id, send)
        context.dataflows.remove(dataflow.id)
