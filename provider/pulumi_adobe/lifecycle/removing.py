"""Delete: not what another resource holds, nor what another stack owns, nor under living dataflows."""

from __future__ import annotations

from contextlib import suppress

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import InUse, NotFound, NoResponse, Unavailable
from pulumi_adobe.lifecycle import dataflows
from pulumi_adobe.lifecycle.errors import NotDeleted, StillInUse
from pulumi_adobe.lifecycle.job import ResourceOperation
from pulumi_adobe.lifecycle.ownership import require_ownership
from pulumi_adobe.lifecycle.settling import POLL_SECONDS

AMBIGUOUS_ERRORS = (NoResponse, Unavailable)
"""After these nobody knows whether it is gone."""

_POLLS_AFTER_AMBIGUOUS_ERROR = 3


def delete(operation: ResourceOperation, id_: str) -> None:
    """Delete it; what is already gone is fine."""
    operation.context.require_same_place(operation.resource_schema, operation.inputs)
    operation.context.learn_secrets(operation.resource_schema, operation.inputs)
    if operation.context.claims.is_claimed(id_):
        operation.context.show_message(f"warning: {operation.describe(id_)} is not deleted: another resource of this program holds it now")
        return
    if operation.context.options.writes_ownership_line and not _exists_and_is_owned(operation, id_):
        return
    _delete_or_refuse_dataflows(operation, id_)
    try:
        delete_and_confirm(operation, id_)
    except InUse as error:
        raise StillInUse(f"{operation.describe(id_)} is in use: {error.message}", error.hint) from None


def delete_and_confirm(operation: ResourceOperation, id_: str) -> None:
    """DELETE, and where the answer does not confirm it, GET until it is gone."""
    ambiguous_error: AdobeError | None = None
    try:
        confirmed = operation.service.delete(operation.collection, id_)
    except NotFound:
        confirmed = True
    except AMBIGUOUS_ERRORS as error:
        confirmed, ambiguous_error = False, error
    if not confirmed:
        _wait_until_gone(operation, id_, ambiguous_error)
    operation.context.list_pages.clear()
    operation.context.existing_entities.remove(id_)
    operation.context.claims.release(id_)
    if operation.collection == dataflows.COLLECTION:
        operation.context.dataflows.remove(id_)


def _wait_until_gone(operation: ResourceOperation, id_: str, ambiguous_error: AdobeError | None) -> None:
    clock, timeout = operation.service.clock, operation.service.credentials.timeout
    deadline = clock.now() + timeout
    polls = 0
    while True:
        try:
            entity = operation.service.get(operation.collection, id_)
        except NotFound:
            return
        polls += 1
        if ambiguous_error is not None and polls >= _POLLS_AFTER_AMBIGUOUS_ERROR:
            raise ambiguous_error
        if clock.now() + POLL_SECONDS >= deadline:
            raise NotDeleted(
                f'{operation.describe(id_)} is still there, in the state "{entity.get("state")}", {timeout:g} s after its '
                "deletion was accepted.",
                "Run the same command again: a connection that is gone by then is fine.",
            )
        clock.sleep(POLL_SECONDS)


def _exists_and_is_owned(operation: ResourceOperation, id_: str) -> bool:
    try:
        entity = operation.service.get(operation.collection, id_)
    except NotFound:
        return False
    require_ownership(f"{operation.describe(id_)} is not deleted", entity, operation.owner)
    return True


def _delete_or_refuse_dataflows(operation: ResourceOperation, id_: str) -> None:
    dataflows_in_use = operation.context.dataflows.list_using(id_) if operation.collection != dataflows.COLLECTION else []
    if dataflows_in_use and not operation.inputs.get("forceDestroy"):
        listed_dataflows = "".join(f"\n  {dataflow}" for dataflow in dataflows_in_use)
        raise StillInUse(
            f"{operation.describe(id_)} is in use by {len(dataflows_in_use)} dataflow{'s' if len(dataflows_in_use) > 1 else ''}. Nothing was "
            f"deleted.{listed_dataflows}",
            "Delete them first. Or set force_destroy=True, run `pulumi up`, and then delete: the dataflows are deleted "
            "with the connection.",
        )
    for flow in dataflows_in_use:
        operation.context.show_message(f"{operation.describe(id_)}: force_destroy deletes the dataflow {flow}")
        with suppress(NotFound):
            operation.service.delete(dataflows.COLLECTION, flow.id)
        operation.context.dataflows.remove(flow.id)
