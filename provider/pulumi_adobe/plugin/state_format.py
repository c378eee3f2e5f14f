"""How a state holds a resource of ours: each adapter has a format, which the type token of a resource selects.

This is the only place that knows type tokens and the differences between the adapters. The command line and the policy
pack read states, plans and the engine's requests through it, so that a new adapter needs no change there:

| | dynamic | native |
|---|---|---|
| type token | `pulumi-python:dynamic/adobe:Dataflow`, typed classes included | `adobe:index:Dataflow` |
| type token of the provider | `pulumi:providers:pulumi-python` | `pulumi:providers:adobe` |
| settings of the default provider | the keys of the config, `adobe:sandbox` | without the prefix, `sandbox` |
| inputs of a resource | all those of the life cycle, and `__provider` | only what the program gives |
| connection spec | always | of the type, or `source` in its place |
| changed secrets | a message of the provider | lines of the detailed diff |

This module and the formats import nothing of Pulumi's SDK.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, Protocol

from pulumi_adobe.lifecycle.imported_state import Place, build_imported_state
from pulumi_adobe.plugin.dynamic.state_format import DynamicStateFormat
from pulumi_adobe.plugin.native.state_format import NOTES, NativeStateFormat
from pulumi_adobe.resource_names import parse_urn
from pulumi_adobe.resource_types.registry import ENTITY_TYPE_NAMES, ResourceType
from pulumi_adobe.schema.field import Field


class StateFormat(Protocol):
    """The format of one adapter. "Of the life cycle" means: each input and output, with parameters below `params`."""

    @property
    def provider_type(self) -> str:
        """The type token of the provider of these resources, as a state has it."""

    def get_label(self, field: Field) -> str:
        """Return what programs, and so messages, call a field."""

    def find_class_name(self, type_token: str) -> str | None:
        """Return the class by which a program declares a resource with this type token; None for other resources."""

    def find_resource_type(self, type_token: str) -> ResourceType | None:
        """Return the resource type of a resource with this type token; None if the adapter has no such resource."""

    def build_type_token(self, class_name: str) -> str:
        """Return the type token of the resources of a class."""

    def read_inputs(self, urn: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs of the life cycle for what the state holds of the resource with this URN."""

    def read_outputs(self, type_token: str, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the outputs of the life cycle."""

    def write_inputs(
        self, type_token: str, inputs: Mapping[str, Any], declared: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return (flat) inputs of the life cycle as a state holds them; ``declared`` is what the program gives."""

    def write_outputs(self, type_token: str, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return (flat) outputs of the life cycle as a state holds them."""

    def read_settings(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs of a provider: as a stack's config has them, or as a `FlowService` has its arguments."""


DYNAMIC: Final[StateFormat] = DynamicStateFormat()
NATIVE: Final[StateFormat] = NativeStateFormat()
STATE_FORMATS: Final = (DYNAMIC, NATIVE)
"""The format of each adapter."""

NATIVE_NOTES: Final = NOTES
"""The inputs of a native provider that are no settings."""

PROVIDER_TYPES: Final = frozenset(state_format.provider_type for state_format in STATE_FORMATS)
"""The type tokens of the providers. That of the dynamic adapter is also the provider of other dynamic resources."""


class StateProperties(NamedTuple):
    """Inputs and outputs of a resource, as its state holds them."""

    inputs: dict[str, Any]
    outputs: dict[str, Any]


def find_state_format(type_token: str) -> StateFormat:
    """Return the format of the adapter that has resources with this type token. Raises ValueError if no adapter has."""
    for state_format in STATE_FORMATS:
        if state_format.find_class_name(type_token) is not None:
            return state_format
    raise ValueError(f"no adapter has resources of the type {type_token}")


def find_class_name(type_token: str) -> str | None:
    """Return the class by which a program declares a resource of ours; None for other resources.

    It is the name of a resource type, or that of a typed class of `BaseConnection`, such as `S3SourceConnection`.
    """
    found = (state_format.find_class_name(type_token) for state_format in STATE_FORMATS)
    return next((name for name in found if name is not None), None)


def find_entity_type(type_token: str) -> ResourceType | None:
    """Return the resource type if resources with this type token are entities of Flow Service; None otherwise."""
    found = (each.find_resource_type(type_token) for each in STATE_FORMATS)
    return next((each for each in found if each is not None and each.name in ENTITY_TYPE_NAMES), None)


def read_inputs(urn: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inputs of a resource in one form for all adapters; those of a foreign resource as they are."""
    type_token = parse_urn(urn).type
    if find_class_name(type_token) is None:
        return dict(inputs)
    return find_state_format(type_token).read_inputs(urn, inputs)


def read_outputs(urn: str, outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the outputs of a resource in one form for all adapters; those of a foreign resource as they are."""
    type_token = parse_urn(urn).type
    if find_class_name(type_token) is None:
        return dict(outputs)
    return find_state_format(type_token).read_outputs(type_token, outputs)


def read_settings(provider_type: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings in the inputs of a provider: `adobe:` keys, or the arguments of a `FlowService`."""
    for state_format in STATE_FORMATS:
        if state_format.provider_type == provider_type:
            return state_format.read_settings(inputs)
    return dict(inputs)


def build_imported_properties(
    type_token: str, inputs: Mapping[str, Any], entity: Mapping[str, Any], place: Place
) -> StateProperties:
    """Return what the state holds of a resource that an import creates. Sends no request.

    Args:
        type_token: The type token of the resource, that of a typed class included.
        inputs: The inputs of the life cycle; the owner included, secrets encrypted or absent.
        entity: The entity as Flow Service returns it.
        place: Where the entity was read.

    Raises:
        ValueError: No adapter has resources of this type, or they are no entities of Flow Service.
    """
    state_format, resource_type = find_state_format(type_token), find_entity_type(type_token)
    if resource_type is None:
        raise ValueError(f"a resource of the type {type_token} is not an entity of Flow Service")
    state = build_imported_state(
        resource_type.schema, resource_type.load_hooks(), resource_type.schema.flatten(dict(inputs)), entity, place
    )
    return StateProperties(
        state_format.write_inputs(type_token, state.inputs), state_format.write_outputs(type_token, state.outputs)
    )
