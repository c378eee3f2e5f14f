"""How a state holds a resource of ours: each adapter has a format, which the type token of a resource selects.

Whoever writes a state or an import file asks here, so that a new adapter needs no change there. This module and the
formats import nothing of Pulumi's SDK: the command line uses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from pulumi_adobe.lifecycle.imported_state import Place, build_imported_state
from pulumi_adobe.plugin.dynamic.state_format import DynamicStateFormat
from pulumi_adobe.resource_types.registry import ENTITY_TYPE_NAMES, ResourceType


class StateFormat(Protocol):
    """The format of one adapter."""

    def find_resource_type(self, type_token: str) -> ResourceType | None:
        """Return the resource type of a resource with this type token; None if the adapter has no such resource."""

    def read_properties(self, type_token: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs or outputs of a state in the form of the life cycle."""

    def write_properties(self, type_token: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        """Return inputs or outputs in the form of the life cycle as a state holds them."""


STATE_FORMATS: tuple[StateFormat, ...] = (DynamicStateFormat(),)
"""The format of each adapter."""


class StateProperties(NamedTuple):
    """Inputs and outputs of a resource, as its state holds them."""

    inputs: dict[str, Any]
    outputs: dict[str, Any]


def find_state_format(type_token: str) -> StateFormat:
    """Return the format of the adapter that has resources with this type token. Raises ValueError if no adapter has."""
    for state_format in STATE_FORMATS:
        if state_format.find_resource_type(type_token) is not None:
            return state_format
    raise ValueError(f"no adapter has resources of the type {type_token}")


def find_entity_type(type_token: str) -> ResourceType | None:
    """Return the resource type if resources with this type token are entities of Flow Service; None otherwise."""
    found = (each.find_resource_type(type_token) for each in STATE_FORMATS)
    return next((each for each in found if each is not None and each.name in ENTITY_TYPE_NAMES), None)


def build_imported_properties(
    type_token: str, inputs: Mapping[str, Any], entity: Mapping[str, Any], place: Place
) -> StateProperties:
    """Return what the state holds of a resource that an import creates. Sends no request.

    Args:
        type_token: The type token of the resource, that of a typed class included.
        inputs: What the program declares, as the state holds it; the owner included, secrets encrypted or absent.
        entity: The entity as Flow Service returns it.
        place: Where the entity was read.

    Raises:
        ValueError: No adapter has resources of this type, or they are no entities of Flow Service.
    """
    state_format, resource_type = find_state_format(type_token), find_entity_type(type_token)
    if resource_type is None:
        raise ValueError(f"a resource of the type {type_token} is not an entity of Flow Service")
    state = build_imported_state(
        resource_type.schema,
        resource_type.load_hooks(),
        state_format.read_properties(type_token, inputs),
        entity,
        place,
    )
    return StateProperties(
        state_format.write_properties(type_token, state.inputs),
        state_format.write_properties(type_token, state.outputs),
    )
