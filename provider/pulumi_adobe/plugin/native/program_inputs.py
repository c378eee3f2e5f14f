"""The inputs of a native program, and the inputs of the life cycle that follow from them.

A program gives only what it decides. The owner follows from the URN, the connection spec from the type or the name of
the source, and defaults stay out of the state. So a state has nothing that the program does not say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi_adobe.json_values import get_member
from pulumi_adobe.resource_names import Urn, build_owner
from pulumi_adobe.resource_types.fields import DEFAULT_SPEC_VERSION
from pulumi_adobe.schema.resource_schema import SPEC_VERSION_DECLARED, ResourceSchema
from pulumi_adobe.schema.values import UNKNOWN, Properties
from pulumi_adobe.sources import connection_specs, find_declared_spec
from pulumi_adobe.suggestions import suggest_name

SOURCE: Final = "source"
"""The input that names the source in the catalogue, in the place of its connection spec."""

_SPEC: Final = "connectionSpec"


def list_input_names(schema: ResourceSchema) -> tuple[str, ...]:
    """Return the names of the inputs that a program may give."""
    fields = (field for field in schema.fields if not field.reported and not field.derived)
    own = tuple(field.name for field in fields if field.name not in schema.fixed_inputs)
    return (*own, *((SOURCE,) if _SPEC in own else ()))


def find_input_problems(schema: ResourceSchema, program_inputs: Mapping[str, Any]) -> Iterator[str]:
    """Return what is wrong with the inputs of a program, beyond what the life cycle finds in the completed ones."""
    names = list_input_names(schema)
    for name in program_inputs:
        if name not in names:
            yield f"{name}: a {schema.type_name} has no such input{suggest_name(name, names)}"
    source = program_inputs.get(SOURCE)
    if SOURCE not in names or source is UNKNOWN:
        return
    if (source is None) == (program_inputs.get(_SPEC) is None):
        yield f"{SOURCE}: give either {SOURCE} or {_SPEC}"
    elif source is not None and not isinstance(source, str):
        yield f"{SOURCE}: must be the name of a source"
    elif source is not None and source not in connection_specs():
        yield f"{SOURCE}: the catalogue has no source {source}{suggest_name(source, connection_specs())}"


def complete_inputs(schema: ResourceSchema, program_inputs: Mapping[str, Any], urn: Urn) -> Properties:
    """Return the inputs of the life cycle for what a program gives to the resource with this URN."""
    inputs = {name: value for name, value in program_inputs.items() if name != SOURCE}
    if SOURCE in list_input_names(schema):
        inputs.update(_complete_spec(schema, program_inputs))
    inputs["owner"] = build_owner(urn.project, urn.stack, urn.name)
    return {**schema.apply_defaults(inputs), **schema.fixed_inputs}


def select_program_inputs(
    schema: ResourceSchema, inputs: Mapping[str, Any], prior: Mapping[str, Any], urn: Urn
) -> Properties:
    """Return what a program would give for these inputs of the life cycle: defaults only if it gave them before.

    Args:
        schema: The resource schema of the type.
        inputs: The inputs of the life cycle, not flat.
        prior: The inputs that the state has; empty for an import.
        urn: The URN of the resource.
    """
    names = list_input_names(schema)
    program_inputs = {name: value for name, value in inputs.items() if name in names and value is not None}
    spec = find_declared_spec(inputs)
    if SOURCE in names and spec is not None and _SPEC not in prior:
        program_inputs = {
            SOURCE: spec.source,
            **{name: value for name, value in program_inputs.items() if name != _SPEC},
        }
    elif _SPEC in program_inputs and get_member(prior, _SPEC) == {"id": get_member(program_inputs, _SPEC, "id")}:
        program_inputs[_SPEC] = prior[_SPEC]
    for field in schema.fields:
        if field.default is not None and field.name in program_inputs and field.name not in prior:
            others = {name: value for name, value in program_inputs.items() if name != field.name}
            if complete_inputs(schema, others, urn).get(field.name) == program_inputs[field.name]:
                program_inputs = others
    completed = complete_inputs(schema, program_inputs, urn)
    turned_off = {
        field.name: False
        for field in schema.fields
        if field.false_is_absent
        and inputs.get(field.name) is None
        and (completed.get(field.name) or prior.get(field.name) is False)
    }
    return {**program_inputs, **turned_off}


def _complete_spec(schema: ResourceSchema, program_inputs: Mapping[str, Any]) -> Properties:
    source, spec = program_inputs.get(SOURCE), program_inputs.get(_SPEC)
    if source is UNKNOWN or spec is UNKNOWN:
        return {_SPEC: UNKNOWN}
    catalogued = connection_specs().get(str(source)) if source is not None else None
    if catalogued is not None:
        return {_SPEC: {"id": catalogued.id, "version": catalogued.version}}
    if not isinstance(spec, Mapping):
        return {}
    version = spec.get("version")
    # A version that the program gives counts; one that the provider fills in is no change when Flow Service moves it.
    is_noted = bool(version) and any(field.name == SPEC_VERSION_DECLARED for field in schema.fields)
    note = {SPEC_VERSION_DECLARED: True} if is_noted else {}
    return {_SPEC: {"id": spec.get("id"), "version": version or DEFAULT_SPEC_VERSION}, **note}
