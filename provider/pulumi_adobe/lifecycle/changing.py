"""Update: one PATCH under the etag of the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_adobe.declaration import SECRET_CONFIRMED, SERVICE_OUTPUTS, Properties
from pulumi_adobe.flow_service.errors import Conflict
from pulumi_adobe.flow_service.json_patch import PatchOperation
from pulumi_adobe.lifecycle import trial
from pulumi_adobe.lifecycle.conflict import ThreeWayDiff, Verdict, build_conflict_error, judge_conflict
from pulumi_adobe.lifecycle.difference import SERVER_PARAMETERS, ResourceDiff
from pulumi_adobe.lifecycle.entity import describe_foreign_change
from pulumi_adobe.lifecycle.errors import PartialFailure
from pulumi_adobe.lifecycle.job import ResourceOperation
from pulumi_adobe.lifecycle.ownership import patch_with_owner, require_ownership
from pulumi_adobe.lifecycle.settling import wait_until_ready
from pulumi_adobe.lifecycle.unconfirmed import mark_confirmed, keep_confirmation, diff_with_secrets

PRECONDITION_FAILED = 412


def update(operation: ResourceOperation, id_: str, prior_outputs: Mapping[str, Any]) -> Properties:
    """Turn what ``olds`` say, the old outputs, into what is wanted. Gives all outputs.

    Raises Unfinished where they must be kept though a later step failed.
    """
    operation.context.require_same_place(operation.resource_schema, prior_outputs)
    operation.context.learn_secrets(operation.resource_schema, prior_outputs, operation.inputs)
    operation = operation.resolve_inputs(prior_outputs)
    resource_diff = diff_with_secrets(operation.resource_schema, prior_outputs, operation.inputs, send=id_ in operation.context.options.send_secrets)
    operation.context.claims.claim(id_, operation.name)
    if not resource_diff.patch_operations:
        return _finish_without_patch(operation, id_, prior_outputs)
    etag = _patch(operation, id_, prior_outputs, resource_diff)
    operation.context.existing_entities.record(operation.scope, id_, operation.name)
    kept_outputs = mark_confirmed({name: prior_outputs[name] for name in (*SERVICE_OUTPUTS, SECRET_CONFIRMED, SERVER_PARAMETERS) if name in prior_outputs}, resource_diff)
    outputs = operation.run_after_write(id_, {**operation.inputs, **kept_outputs, "etag": etag})
    return _test_connection(operation, id_, outputs) if resource_diff.changes_auth_parameters else outputs


def _finish_without_patch(operation: ResourceOperation, id_: str, prior_outputs: Mapping[str, Any]) -> Properties:
    """Nothing is to be sent: the state takes what only it holds, and what an earlier call could not finish is done."""
    entity = wait_until_ready(operation.service, operation.resource_schema, id_)
    outputs = operation.run_after_write(id_, {**operation.build_outputs(operation.inputs, entity), **keep_confirmation(prior_outputs)})
    if _build_three_way_diff(operation, prior_outputs, entity).has_unseen_change:
        # Under the new etag a later update would write over what nobody was shown.
        outputs = {**outputs, "etag": prior_outputs["etag"]}
        operation.context.show_message(f"{describe_foreign_change(operation.describe(id_), entity)}: `pulumi refresh` shows what differs")
    return _test_connection(operation, id_, outputs)


def _test_connection(operation: ResourceOperation, id_: str, outputs: Properties) -> Properties:
    failure = trial.check_after_update(operation, id_)
    if failure:
        raise PartialFailure(failure, id_, outputs)
    return outputs


def _patch(operation: ResourceOperation, id_: str, prior_outputs: Mapping[str, Any], resource_diff: ResourceDiff) -> str:
    """Send the patch, once more where a refused etag turns out not to matter. Gives the new etag."""
    patch_operations = patch_with_owner(resource_diff.patch_operations, operation.owner) if operation.context.options.writes_ownership_line else resource_diff.patch_operations
    etag = str(prior_outputs.get("etag") or wait_until_ready(operation.service, operation.resource_schema, id_)["etag"])
    try:
        return _send_patch(operation, id_, patch_operations, etag)
    except Conflict as refused:
        if refused.status != PRECONDITION_FAILED:
            raise
    entity = wait_until_ready(operation.service, operation.resource_schema, id_)
    require_ownership(f"{operation.describe(id_)} is not changed", entity, operation.owner)
    three_way = _build_three_way_diff(operation, prior_outputs, entity)
    from_list_page = operation.context.list_pages.is_etag_from_page(id_, etag)
    verdict = judge_conflict(three_way, resource_diff, etag_from_list=from_list_page)
    if verdict is Verdict.ALREADY_APPLIED:
        return str(entity["etag"])
    if verdict is Verdict.CONFLICT:
        raise build_conflict_error(three_way, resource_diff, operation.describe(id_))
    try:
        return _send_patch(operation, id_, patch_operations, str(entity["etag"]))
    except Conflict as refused:
        if refused.status != PRECONDITION_FAILED:
            raise
        raise build_conflict_error(three_way, resource_diff, operation.describe(id_)) from None


def _build_three_way_diff(operation: ResourceOperation, prior_outputs: Mapping[str, Any], entity: Mapping[str, Any]) -> ThreeWayDiff:
    return ThreeWayDiff(operation.resource_schema, prior_outputs, operation.inputs, entity, operation.service.credentials.client_id)


def _send_patch(operation: ResourceOperation, id_: str, patch_operations: Sequence[PatchOperation], etag: str) -> str:
    operation.context.list_pages.clear()
    write_result = operation.service.update(operation.collection, id_, patch_operations, etag)
    return write_result.etag or str(wait_until_ready(operation.service, operation.resource_schema, id_)["etag"])
