"""How a state holds a resource of the native adapter: only what the program gives, under the names of the life cycle.

The inputs lack what follows from the URN, from the type and from defaults; a program may name the `source` in the place
of the connection spec. The outputs have everything. A provider has its settings without the prefix `adobe:`.
Imports nothing of Pulumi's SDK.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pulumi_adobe.config.explicit import FLOW_SERVICE_INPUT
from pulumi_adobe.config.settings import NAMESPACE
from pulumi_adobe.json_values import get_member
from pulumi_adobe.plugin.native.program_inputs import complete_inputs, select_program_inputs
from pulumi_adobe.plugin.state_values import PICKLED_PROVIDER
from pulumi_adobe.plugin.type_tokens import TypeTokens
from pulumi_adobe.resource_names import Urn, parse_owner, parse_urn
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import SPEC_VERSION_DECLARED, ResourceSchema
from pulumi_adobe.sources import find_declared_spec

TYPE_PREFIX: Final = "adobe:index:"
"""How the type token of each resource begins; frozen in users' states. The component `Ingestion` has it too."""

WRITTEN_BY: Final = "writtenBy"
"""The provider input that notes the version of this package, so that an older one does not change its states."""

_SPEC: Final = "connectionSpec"
NOTES: Final = frozenset({"__internal", "version", "pluginDownloadURL", "parameterization", WRITTEN_BY})
"""The inputs of a provider that are no settings: they are Pulumi's own, or say who has written the state."""


class NativeStateFormat(TypeTokens):
    """The format of the native adapter."""

    provider_type: str = "pulumi:providers:adobe"

    def __init__(self) -> None:
        super().__init__(TYPE_PREFIX)

    def get_label(self, field: Field) -> str:
        """Return what programs, and so messages, call a field."""
        return field.name

    def read_inputs(self, urn: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs of the life cycle for what the state holds of the resource with this URN."""
        resource = parse_urn(urn)
        program_inputs = {
            name: value for name, value in inputs.items() if not name.startswith("__") and value is not None
        }
        return complete_inputs(self.get_resource_type(resource.type).schema, program_inputs, resource)

    def read_outputs(self, _type_token: str, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the outputs of the life cycle."""
        return {name: value for name, value in outputs.items() if name != PICKLED_PROVIDER}

    def write_inputs(
        self, type_token: str, inputs: Mapping[str, Any], declared: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return what a program gives for (flat) inputs of the life cycle, the owner among them.

        Args:
            type_token: The type token of the resource.
            inputs: The inputs.
            declared: What the program is known to give. Without it, defaults are left out.
        """
        schema = self.get_resource_type(type_token).schema
        unflattened = schema.unflatten(dict(inputs))
        prior = dict(declared or {})
        if declared is None and not _is_catalogued(unflattened):
            prior[_SPEC] = unflattened.get(_SPEC)
        owner = parse_owner(str(inputs.get("owner") or ""), type_token)
        program_inputs = select_program_inputs(schema, unflattened, prior, owner)
        if _SPEC in prior and _SPEC in program_inputs:
            program_inputs[_SPEC] = _select_spec(schema, unflattened, owner) if declared is None else declared[_SPEC]
        return program_inputs

    def write_outputs(self, type_token: str, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return (flat) outputs of the life cycle as a state holds them."""
        return self.get_resource_type(type_token).schema.unflatten(dict(outputs))

    def read_settings(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs of a provider: as a stack's config has them, or as a `FlowService` has its arguments."""
        settings = {name: value for name, value in inputs.items() if name not in NOTES}
        if FLOW_SERVICE_INPUT in settings:
            return settings
        return {f"{NAMESPACE}:{name}": value for name, value in settings.items()}


def _select_spec(schema: ResourceSchema, inputs: Mapping[str, Any], owner: Urn) -> Any:
    """Return the connection spec as a program gives it: a version that the provider fills in is no part of it."""
    spec = inputs[_SPEC]
    if inputs.get(SPEC_VERSION_DECLARED):
        return spec
    without_version = {"id": get_member(spec, "id")}
    is_filled_in = complete_inputs(schema, {_SPEC: without_version}, owner).get(_SPEC) == spec
    return without_version if is_filled_in else spec


def _is_catalogued(inputs: Mapping[str, Any]) -> bool:
    """Return whether the name of a source says the same as the connection spec, its version included."""
    spec = find_declared_spec(inputs)
    is_declared = bool(inputs.get(SPEC_VERSION_DECLARED))
    return spec is not None and not is_declared and get_member(inputs, _SPEC, "version") == spec.version
