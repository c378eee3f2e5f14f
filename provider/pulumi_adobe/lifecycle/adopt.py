"""Adopt an existing entity: turn it into the declared one, and record this stack as its owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_adobe.flow_service.errors import Conflict
from pulumi_adobe.flow_service.json_patch import PatchOperation, locate_named_items
from pulumi_adobe.lifecycle.diff import PARAMETERS_POINTER, diff_properties
from pulumi_adobe.lifecycle.entity import entity_to_inputs
from pulumi_adobe.lifecycle.errors import CannotAdopt
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.ownership import DESCRIPTION_POINTER, patch_with_owner, require_ownership
from pulumi_adobe.lifecycle.spec_version import keep_spec_version
from pulumi_adobe.lifecycle.wait import PRECONDITION_FAILED, retry_while_at_work, wait_until_ready
from pulumi_adobe.schema.values import Properties


def adopt(operation: ResourceOperation, id_: str) -> Properties:
    """Send the PATCH that turns the entity into what is declared, and return the outputs.

    The patch always has the auth parameters, because their current values cannot be seen.
    """
    try:
        return _adopt_once(operation, id_)
    except Conflict as error:
        if error.status != PRECONDITION_FAILED:
            raise
        # Somebody wrote between our read and our PATCH. An adoption sends all that is declared in any case.
        return _adopt_once(operation, id_)


def _adopt_once(operation: ResourceOperation, id_: str) -> Properties:
    entity = wait_until_ready(operation.service, operation.resource_schema, id_)
    _require_adoptable(operation, entity)
    operation = operation.resolve_inputs(_build_current_outputs(operation, entity))
    patch_operations = _build_patch(operation, entity)
    patch_operations = locate_named_items(patch_operations, entity, operation.resource_schema.named_lists)
    if not patch_operations:
        return operation.run_after_write(id_, operation.build_outputs(operation.inputs, entity))
    service, schema = operation.service, operation.resource_schema

    etag = str(entity["etag"])
    retry_while_at_work(service, schema, id_, lambda: service.update(schema.collection, id_, patch_operations, etag))
    entity = wait_until_ready(service, schema, id_)
    return operation.run_after_write(id_, operation.build_outputs(operation.inputs, entity))


def _build_patch(operation: ResourceOperation, entity: Mapping[str, Any]) -> list[PatchOperation]:
    schema, inputs = operation.resource_schema, operation.inputs
    current_outputs = _build_current_outputs(operation, entity)
    patch_operations = list(diff_properties(schema, current_outputs, inputs).patch_operations)
    parameters = schema.to_body(inputs).get("auth", {}).get("params")
    if parameters and not any(
        patch_operation["path"].startswith(PARAMETERS_POINTER) for patch_operation in patch_operations
    ):
        patch_operations.append({"op": "replace", "path": PARAMETERS_POINTER, "value": parameters})
    if not operation.context.options.writes_ownership_line:
        return patch_operations
    if not any(patch_operation["path"] == DESCRIPTION_POINTER for patch_operation in patch_operations):
        patch_operations.append({"op": "add", "path": DESCRIPTION_POINTER, "value": inputs.get("description", "")})
    return patch_with_owner(patch_operations, operation.owner)


def _build_current_outputs(operation: ResourceOperation, entity: Mapping[str, Any]) -> Properties:
    return operation.build_outputs(entity_to_inputs(operation.resource_schema, entity), entity)


def _require_adoptable(operation: ResourceOperation, entity: Mapping[str, Any]) -> None:
    credentials, schema = operation.service.credentials, operation.resource_schema
    inputs: Mapping[str, Any] = operation.inputs
    subject = f"{operation.describe()} cannot adopt {entity.get('id')}"
    for member, expected in (("imsOrgId", credentials.org_id), ("sandboxName", credentials.sandbox)):
        if entity.get(member) not in (None, expected):
            raise CannotAdopt(f'{subject}: its {member} is "{entity[member]}", not "{expected}". It was not changed.')
    current = entity_to_inputs(schema, entity)
    inputs = keep_spec_version(current, inputs)
    for field in schema.fields:
        # Flow Service does not show fields without a path; a computed value is taken from the entity.
        if not field.path or (field.computed and field.name not in inputs):
            continue
        if field.replace_on_changes and current.get(field.name) != inputs.get(field.name):
            raise CannotAdopt(
                f"{subject}: its {field.name} is {current.get(field.name)}, not {inputs.get(field.name)}, and Adobe "
                "does not allow this field to change. It was not changed.",
                "Name another entity, or declare this one under another name to create a new one.",
            )
    require_ownership(subject, entity, operation.owner)
