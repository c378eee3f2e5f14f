"""The check that a declared entity stays as it is, by the provider's own comparison."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from adobe_flow.aep.entities import Entity
from adobe_flow.export.declaration import NotExpressible
from pulumi_adobe.lifecycle.diff import diff_properties
from pulumi_adobe.lifecycle.entity import entity_to_inputs
from pulumi_adobe.lifecycle.spec_version import keep_spec_version
from pulumi_adobe.resource_types.registry import ResourceType
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.validation import normalize, validate

_PARAMETERS: Final = "/auth/params"


def require_unchanged(
    resource_type: ResourceType,
    inputs: Mapping[str, Any],
    entity: Entity,
    derived: Mapping[str, Any] | None = None,
) -> None:
    """Raise `NotExpressible` if the provider would refuse these inputs, or would change the entity.

    Args:
        resource_type: The resource type.
        inputs: The inputs that the program declares, without secrets.
        entity: The entity as Flow Service shows it.
        derived: The computed values that the entity shows at other places than those of the resource schema.
    """
    schema = resource_type.schema.for_properties(inputs)
    inputs = normalize(schema, inputs)
    problem = next(_find_validation_problems(schema, inputs), None)
    if problem:
        raise NotExpressible(problem)
    unreadable = {name: inputs[name] for name in schema.unreadable_inputs if name in inputs}
    outputs = {**entity_to_inputs(schema, entity), **unreadable, **(derived or {})}
    outputs["state"] = entity.get("state")
    known_inputs = {**schema.select_computed_values(outputs), **inputs}
    planned_inputs = resource_type.load_hooks().plan(outputs, keep_spec_version(outputs, known_inputs))
    difference = diff_properties(schema, outputs, planned_inputs)
    pointers = [str(operation["path"]) for operation in difference.patch_operations]
    # No program has the parameters that a person fills in.
    changes = [
        *difference.replaces,
        *(pointer for pointer in pointers if pointer != _PARAMETERS),
        *difference.state_only,
    ]
    if changes:
        raise NotExpressible(f"no argument of {resource_type.name} can say its {', '.join(dict.fromkeys(changes))}")


def describe_losses(schema: ResourceSchema, entity: Entity, members: tuple[str, ...]) -> list[str]:
    """Return a note for each part of an entity that no argument can declare, such as `data.properties`."""
    declared = {field.path for field in schema.sent_fields}
    losses = [loss for member in members for loss in _find_losses(entity.get(member), (member,), declared)]
    return [f"no argument declares {', '.join(losses)}"] if losses else []


def _find_losses(value: Any, path: tuple[str, ...], declared: Collection[tuple[str, ...]]) -> Iterator[str]:
    """Return the paths of values that no resource field declares; an object without any declared field is one path."""
    if path in declared or value in (None, "", [], {}):
        return
    if isinstance(value, Mapping) and (
        len(path) == 1 or any(declared_path[: len(path)] == path for declared_path in declared)
    ):
        for name, member in value.items():
            yield from _find_losses(member, (*path, name), declared)
        return
    yield ".".join(path)


def _find_validation_problems(schema: ResourceSchema, inputs: Mapping[str, Any]) -> Iterator[str]:
    secret_names = {field.name for field in schema.secret_fields}
    for field, problem in validate(schema, inputs):
        if field.name not in secret_names or field.name in inputs:
            yield f"its {field.label} {problem}"
