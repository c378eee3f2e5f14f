"""What turns what is there into what is declared: the preview and the update ask the same function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pulumi_adobe.declaration import UNKNOWN, ResourceSchema
from pulumi_adobe.flow_service.json_patch import PatchOperation, create_json_patch

SERVER_PARAMETERS: Final = "serverParams"
"""The output that keeps the auth parameters which Flow Service added: a PATCH of the others would drop them."""

PARAMETERS_PATH: Final = ("auth", "params")
PARAMETERS_POINTER: Final = "/auth/params"


@dataclass(frozen=True)
class ResourceDiff:
    """What an update would do.

    ``replaces`` are the fields that force a replacement; ``operations`` is the patch; ``secrets`` are the secret
    fields that change; ``stored`` are those that Flow Service never sees and that only the state has to take;
    ``unconfirmed`` are the secret fields that are declared but were never sent by this stack, nor are now.
    """

    replaces: tuple[str, ...]
    patch_operations: tuple[PatchOperation, ...]
    changed_secrets: tuple[str, ...]
    state_only: tuple[str, ...]
    unconfirmed_secrets: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.replaces or self.patch_operations or self.state_only)

    @property
    def changes_auth_parameters(self) -> bool:
        """Whether the auth parameters are sent."""
        return any(operation["path"].startswith(PARAMETERS_POINTER) for operation in self.patch_operations)


def diff_properties(resource_schema: ResourceSchema, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> ResourceDiff:
    """What turns the resource with the outputs ``olds`` into the one that the inputs ``news`` declare."""
    patch_operations = create_json_patch(resource_schema.to_mutable_body(prior_outputs), resource_schema.to_mutable_body(new_inputs), resource_schema.atomic_pointers)
    fields = resource_schema.fields
    return ResourceDiff(
        replaces=tuple(field.name for field in fields if field.replace_on_changes and _is_changed(field.name, prior_outputs, new_inputs)),
        patch_operations=tuple(add_server_parameters(operation, prior_outputs) for operation in patch_operations),
        changed_secrets=tuple(field.name for field in fields if field.secret and _is_changed(field.name, prior_outputs, new_inputs)),
        state_only=tuple(field.name for field in fields if field.state_only and _is_changed(field.name, prior_outputs, new_inputs)),
    )


def _is_changed(name: str, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> bool:
    return new_inputs.get(name) is UNKNOWN or prior_outputs.get(name) != new_inputs.get(name)


def add_server_parameters(patch_operation: PatchOperation, prior_outputs: Mapping[str, Any]) -> PatchOperation:
    """A patch of all auth parameters drops those not sent: those that Flow Service added go along."""
    if patch_operation["path"] != PARAMETERS_POINTER or "value" not in patch_operation:
        return patch_operation
    return {**patch_operation, "value": {**prior_outputs.get(SERVER_PARAMETERS, {}), **patch_operation["value"]}}
