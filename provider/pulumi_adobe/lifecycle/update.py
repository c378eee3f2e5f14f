"""Update: one PATCH with the etag of the state, then GET until the state of the entity is final."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import Conflict
from pulumi_adobe.flow_service.json_patch import PatchOperation, locate_named_items, names_items
from pulumi_adobe.lifecycle import connection_test
from pulumi_adobe.lifecycle.conflict import ThreeWayDiff, Verdict, build_conflict_error, judge_conflict
from pulumi_adobe.lifecycle.diff import ResourceDiff
from pulumi_adobe.lifecycle.entity import describe_foreign_change
from pulumi_adobe.lifecycle.errors import FailedState, NotReadyInTime, PartialFailure
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.ownership import (
    DESCRIPTION_POINTER,
    changes_owner,
    has_outdated_line,
    patch_with_owner,
    read_owner,
    require_ownership,
)
from pulumi_adobe.lifecycle.replacements import keep_predecessors
from pulumi_adobe.lifecycle.unconfirmed_secrets import diff_with_secrets, keep_confirmation, mark_confirmed
from pulumi_adobe.lifecycle.wait import PRECONDITION_FAILED, retry_while_at_work, wait_until_ready
from pulumi_adobe.schema.resource_schema import PREDECESSOR_IDS, SECRET_CONFIRMED, SERVER_PARAMETERS, SERVICE_OUTPUTS
from pulumi_adobe.schema.values import Properties

_KEPT_OUTPUTS = (*SERVICE_OUTPUTS, SECRET_CONFIRMED, PREDECESSOR_IDS, SERVER_PARAMETERS)


def update(operation: ResourceOperation, id_: str, prior_outputs: Mapping[str, Any]) -> Properties:
    """Turn the entity that ``prior_outputs`` describe into the declared one, and return all outputs.

    Raises:
        PartialFailure: The entity was changed, but a later step failed; the state must keep the outputs.
    """
    context, schema = operation.context, operation.resource_schema
    context.require_same_place(schema, prior_outputs)
    context.learn_secrets(schema, prior_outputs, operation.inputs)
    operation = operation.resolve_inputs(prior_outputs)
    send_secrets = context.options.sends_secrets_of(id_)
    resource_diff = diff_with_secrets(schema, prior_outputs, operation.inputs, send=send_secrets)
    context.claims.claim(id_, operation.name)
    if changes_owner(context.options, prior_outputs, operation.inputs):
        resource_diff = _add_ownership_line(operation, id_, prior_outputs, resource_diff)
    if not resource_diff.patch_operations:
        return _finish_without_patch(operation, id_, prior_outputs)
    etag = _patch(operation, id_, prior_outputs, resource_diff)
    context.existing_entities.record(operation.scope, id_, operation.name)
    kept_outputs = {name: prior_outputs[name] for name in _KEPT_OUTPUTS if name in prior_outputs}
    outputs = {**operation.inputs, **mark_confirmed(kept_outputs, resource_diff)}
    outputs = _wait_after_patch(operation, id_, {**outputs, "etag": etag or prior_outputs.get("etag")})
    outputs = operation.run_after_write(id_, outputs)
    return _test_connection(operation, id_, outputs) if resource_diff.changes_auth_parameters else outputs


def _add_ownership_line(
    operation: ResourceOperation, id_: str, prior_outputs: Mapping[str, Any], resource_diff: ResourceDiff
) -> ResourceDiff:
    """Return the diff with a patch of the description if its ownership line names the owner that the state recorded.

    Raises:
        OwnedByAnotherStack: The line names a stack that is neither this one nor the one that the state recorded.
    """
    entity = wait_until_ready(operation.service, operation.resource_schema, id_)
    _require_ownership(operation, id_, prior_outputs, entity)
    patch_operations = resource_diff.patch_operations
    if not has_outdated_line(entity, prior_outputs.get("owner"), operation.owner) or any(
        patch_operation["path"] == DESCRIPTION_POINTER for patch_operation in patch_operations
    ):
        return resource_diff
    description = operation.inputs.get("description", "")
    line_operation: PatchOperation = {"op": "add", "path": DESCRIPTION_POINTER, "value": description}
    return replace(resource_diff, patch_operations=(*patch_operations, line_operation))


def _require_ownership(
    operation: ResourceOperation, id_: str, prior_outputs: Mapping[str, Any], entity: Mapping[str, Any]
) -> None:
    """Raise `OwnedByAnotherStack` unless this stack, or the owner that its state recorded, owns the entity."""
    if read_owner(entity) != prior_outputs.get("owner"):
        require_ownership(f"{operation.describe(id_)} is not changed", entity, operation.owner)


def _wait_after_patch(operation: ResourceOperation, id_: str, outputs: Properties) -> Properties:
    """Return the outputs with the state and the etag that the entity has when Flow Service has finished its work.

    The etag that a PATCH returns can be one that is valid only until then: the next update would take it for a sign of
    a foreign change, and send no secret.
    """
    try:
        entity = wait_until_ready(operation.service, operation.resource_schema, id_)
    except AdobeError as error:
        cause = error.with_context(f"{operation.describe(id_)} was updated, but then: {error.message}")
        if isinstance(error, (NotReadyInTime, FailedState)):
            outputs = {**outputs, "state": error.state}
        raise PartialFailure(cause, id_, outputs) from error
    return {**outputs, "state": entity["state"], "etag": entity["etag"]}


def _finish_without_patch(operation: ResourceOperation, id_: str, prior_outputs: Mapping[str, Any]) -> Properties:
    """Store what only the state holds, and finish what an earlier call could not finish. Sends no PATCH."""
    entities_at_work: list[Mapping[str, Any]] = []
    entity = wait_until_ready(operation.service, operation.resource_schema, id_, entities_at_work.append)
    notes = {**keep_confirmation(prior_outputs), **keep_predecessors(prior_outputs)}
    current_outputs = {**operation.build_outputs(operation.inputs, entity), **notes}
    outputs = operation.run_after_write(id_, current_outputs)
    if _build_three_way_diff(operation, prior_outputs, entity, entities_at_work).has_unseen_change:
        # With the new etag a later update would overwrite what nobody was shown.
        outputs = {**outputs, "etag": prior_outputs["etag"]}
        foreign_change = describe_foreign_change(operation.describe(id_), entity)
        operation.context.show_message(f"{foreign_change}: `pulumi refresh` shows what differs")
    return _test_connection(operation, id_, outputs)


def _test_connection(operation: ResourceOperation, id_: str, outputs: Properties) -> Properties:
    failure = connection_test.run_test_after_update(operation, id_)
    if failure:
        raise PartialFailure(failure, id_, outputs)
    return outputs


def _patch(
    operation: ResourceOperation, id_: str, prior_outputs: Mapping[str, Any], resource_diff: ResourceDiff
) -> str | None:
    """Send the patch, a second time if the refused etag does not matter, and return the new etag if it is known.

    Raises:
        PartialFailure: Flow Service is still at work on what this stack last saw, and nothing was sent. The state must
            note that, because the end of the work changes the etag.
        ConflictingChange: Flow Service is still at work on what somebody else has changed.
    """
    entities_at_work: list[Mapping[str, Any]] = []
    try:
        return _patch_when_ready(operation, id_, prior_outputs, resource_diff, entities_at_work)
    except NotReadyInTime as error:
        three_way = _build_three_way_diff(operation, prior_outputs, entities_at_work[-1], entities_at_work)
        if three_way.is_etag_outdated_by_service:
            raise PartialFailure(error, id_, {**prior_outputs, "state": error.state}) from error
        if judge_conflict(three_way, resource_diff, etag_from_list=False) is Verdict.CONFLICT:
            raise build_conflict_error(operation, id_, three_way, resource_diff) from error
        raise


def _patch_when_ready(
    operation: ResourceOperation,
    id_: str,
    prior_outputs: Mapping[str, Any],
    resource_diff: ResourceDiff,
    entities_at_work: list[Mapping[str, Any]],
) -> str | None:
    """Send the patch, see `_patch`; add the entity to ``entities_at_work`` whenever Flow Service is at work on it."""
    service, schema, observe = operation.service, operation.resource_schema, entities_at_work.append
    patch_operations: Sequence[PatchOperation] = resource_diff.patch_operations
    writes_line = operation.context.options.writes_ownership_line
    if writes_line:
        patch_operations = patch_with_owner(patch_operations, operation.owner)

    def send_patch(etag: str, operations: Sequence[PatchOperation]) -> str | None:
        operation.context.existing_entities.mark_written(id_)
        return retry_while_at_work(
            service, schema, id_, lambda: service.update(schema.collection, id_, operations, etag).etag, observe
        )

    etag = str(prior_outputs.get("etag") or wait_until_ready(service, schema, id_, observe)["etag"])
    try:
        return send_patch(etag, _locate_items(operation, id_, patch_operations))
    except Conflict as error:
        if error.status != PRECONDITION_FAILED:
            raise
    entity = wait_until_ready(service, schema, id_, observe)
    _require_ownership(operation, id_, prior_outputs, entity)
    three_way = _build_three_way_diff(operation, prior_outputs, entity, entities_at_work)
    etag_from_list = operation.context.existing_entities.is_etag_from_list(id_, etag)
    verdict = judge_conflict(three_way, resource_diff, etag_from_list=etag_from_list)
    is_line_outdated = writes_line and has_outdated_line(entity, prior_outputs.get("owner"), operation.owner)
    if verdict is Verdict.ALREADY_APPLIED and not is_line_outdated:
        return str(entity["etag"])
    if verdict is Verdict.CONFLICT:
        raise build_conflict_error(operation, id_, three_way, resource_diff)
    try:
        return send_patch(str(entity["etag"]), locate_named_items(patch_operations, entity, schema.named_lists))
    except Conflict as error:
        if error.status != PRECONDITION_FAILED:
            raise
        raise build_conflict_error(operation, id_, three_way, resource_diff) from error


def _build_three_way_diff(
    operation: ResourceOperation,
    prior_outputs: Mapping[str, Any],
    entity: Mapping[str, Any],
    entities_at_work: Sequence[Mapping[str, Any]],
) -> ThreeWayDiff:
    own_client_id = operation.service.credentials.client_id
    earlier_entity = entities_at_work[0] if entities_at_work else None
    return ThreeWayDiff(
        operation.resource_schema, prior_outputs, operation.inputs, entity, own_client_id, earlier_entity
    )


def _locate_items(
    operation: ResourceOperation, id_: str, patch_operations: Sequence[PatchOperation]
) -> Sequence[PatchOperation]:
    """Return the patch with the places that named items have now. The etag of the state stays the lock."""
    named_lists = operation.resource_schema.named_lists
    if not names_items(patch_operations, named_lists):
        return patch_operations
    entity = operation.service.get(operation.collection, id_)
    return locate_named_items(patch_operations, entity, named_lists)
