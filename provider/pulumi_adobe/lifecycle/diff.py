"""The diff between a resource's state and its declaration. The preview and the update use the same function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pulumi_adobe.flow_service.json_patch import PatchOperation, create_json_patch
from pulumi_adobe.schema.resource_schema import SERVER_PARAMETERS, ResourceSchema
from pulumi_adobe.schema.values import UNKNOWN

PARAMETERS_PATH: Final = ("auth", "params")
PARAMETERS_POINTER: Final = "/auth/params"


@dataclass(frozen=True)
class ResourceDiff:
    """What an update would do.

    Attributes:
        replaces: The fields whose change requires a replacement.
        patch_operations: The JSON Patch that an update sends.
        changed_secrets: The secret fields that change.
        state_only: The changed fields that Flow Service never receives.
        changed_fields: All changed fields that a program declares, but for secrets and for what is no change.
        unconfirmed_secrets: The declared secrets that this stack has not sent and will not send now.
        delete_before_replace: Whether a replacement deletes the old entity before it creates the new one.
    """

    replaces: tuple[str, ...]
    patch_operations: tuple[PatchOperation, ...]
    changed_secrets: tuple[str, ...]
    state_only: tuple[str, ...]
    unconfirmed_secrets: tuple[str, ...] = ()
    delete_before_replace: bool = False
    changed_fields: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.replaces or self.patch_operations or self.state_only)

    @property
    def changes_auth_parameters(self) -> bool:
        """Whether the patch sends auth parameters."""
        return any(operation["path"].startswith(PARAMETERS_POINTER) for operation in self.patch_operations)


def diff_properties(
    resource_schema: ResourceSchema, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
) -> ResourceDiff:
    """Return what turns the resource with ``prior_outputs`` into the one that ``new_inputs`` declare."""
    patch = create_json_patch(
        resource_schema.to_mutable_body(prior_outputs),
        resource_schema.to_mutable_body(new_inputs),
        resource_schema.atomic_pointers,
    )
    changed = [field for field in resource_schema.fields if _is_changed(field.name, prior_outputs, new_inputs)]
    return ResourceDiff(
        replaces=tuple(field.name for field in changed if field.replace_on_changes),
        patch_operations=tuple(add_server_parameters(operation, prior_outputs) for operation in patch),
        changed_secrets=tuple(field.name for field in changed if field.secret),
        state_only=tuple(field.name for field in changed if field.state_only),
        changed_fields=tuple(
            field.name for field in changed if not (field.secret or field.computed or field.ignore_changes)
        ),
    )


def add_server_parameters(patch_operation: PatchOperation, prior_outputs: Mapping[str, Any]) -> PatchOperation:
    """Return the operation with the auth parameters that Flow Service added: a patch drops those that it lacks."""
    if patch_operation["path"] != PARAMETERS_POINTER or "value" not in patch_operation:
        return patch_operation
    return {**patch_operation, "value": {**prior_outputs.get(SERVER_PARAMETERS, {}), **patch_operation["value"]}}


def _is_changed(name: str, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> bool:
    return new_inputs.get(name) is UNKNOWN or prior_outputs.get(name) != new_inputs.get(name)
