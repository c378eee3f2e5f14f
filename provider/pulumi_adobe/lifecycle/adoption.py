"""Takes over a connection that is there: it becomes what is declared, and this stack's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_adobe.declaration import Properties
from pulumi_adobe.flow_service.errors import Conflict
from pulumi_adobe.flow_service.json_patch import PatchOperation
from pulumi_adobe.lifecycle.difference import PARAMETERS_POINTER, diff_properties
from pulumi_adobe.lifecycle.entity import entity_to_inputs
from pulumi_adobe.lifecycle.errors import CannotAdopt
from pulumi_adobe.lifecycle.job import ResourceOperation
from pulumi_adobe.lifecycle.ownership import patch_with_owner, require_ownership
from pulumi_adobe.lifecycle.settling import wait_until_ready


def adopt(operation: ResourceOperation, id_: str) -> Properties:
    """PATCH it into what is declared, the auth parameters always: what they are cannot be seen. Gives the outputs."""
    try:
        return _adopt_once(operation, id_)
    except Conflict:
        # Somebody wrote between our read and our PATCH; all that is declared is sent anyway.
        return _adopt_once(operation, id_)


def _adopt_once(operation: ResourceOperation, id_: str) -> Properties:
    entity = wait_until_ready(operation.service, operation.resource_schema, id_)
    _require_adoptable(operation, entity)
    operation = operation.resolve_inputs(operation.build_outputs(entity_to_inputs(operation.resource_schema, entity), entity))
    patch_operations = _build_patch(operation, entity)
    if not patch_operations:
        return operation.run_after_write(id_, operation.build_outputs(operation.inputs, entity))
    write_result = operation.service.update(operation.collection, id_, patch_operations, str(entity["etag"]))
    etag = write_result.etag or wait_until_ready(operation.service, operation.resource_schema, id_)["etag"]
    return operation.run_after_write(id_, operation.build_outputs(operation.inputs, {**entity, "etag": etag}))


def _build_patch(operation: ResourceOperation, entity: Mapping[str, Any]) -> list[PatchOperation]:
    current = operation.build_outputs(entity_to_inputs(operation.resource_schema, entity), entity)
    patch_operations = list(diff_properties(operation.resource_schema, current, operation.inputs).patch_operations)
    parameters = operation.resource_schema.to_body(operation.inputs).get("auth", {}).get("params")
    if parameters and not any(operation["path"].startswith(PARAMETERS_POINTER) for operation in patch_operations):
        patch_operations.append({"op": "replace", "path": PARAMETERS_POINTER, "value": parameters})
    if not operation.context.options.writes_ownership_line:
        return patch_operations
    if not any(operation["path"] == "/description" for operation in patch_operations):
        patch_operations.append({"op": "add", "path": "/description", "value": operation.inputs.get("description", "")})
    return patch_with_owner(patch_operations, operation.owner)


def _require_adoptable(operation: ResourceOperation, entity: Mapping[str, Any]) -> None:
    credentials, current = operation.service.credentials, entity_to_inputs(operation.resource_schema, entity)
    subject = f"{operation.describe()} cannot adopt {entity.get('id')}"
    for member, expected in (("imsOrgId", credentials.org_id), ("sandboxName", credentials.sandbox)):
        if entity.get(member) not in (None, expected):
            raise CannotAdopt(f'{subject}: its {member} is "{entity[member]}", not "{expected}". Nothing was changed.')
    for field in operation.resource_schema.fields:
        # What only this provider knows cannot be compared, nor what is found out from what is there.
        if not field.path or (field.computed and field.name not in operation.inputs):
            continue
        if field.replace_on_changes and current.get(field.name) != operation.inputs.get(field.name):
            raise CannotAdopt(
                f"{subject}: its {field.name} is {current.get(field.name)}, not {operation.inputs.get(field.name)}, and Adobe "
                "lets nobody change that. Nothing was changed.",
                "Name another one, or declare this one under another name to make a new one.",
            )
    require_ownership(subject, entity, operation.owner)
