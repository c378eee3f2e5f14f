"""How a program declares source connections: a table, files, records, a stream, or a source without base connections.

Which arguments a source takes is in the catalogue; the provider's own rules say what it would refuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.aep.entities import Entity, find_catalogue_spec, get_spec_id
from adobe_flow.export.declaration import SOURCE, Declaration, NotExpressible
from adobe_flow.export.entity_inputs import read_inputs
from adobe_flow.export.expressions import CallExpression, NameExpression
from adobe_flow.export.unchanged import describe_losses, require_unchanged
from pulumi_adobe.json_values import get_member, get_objects
from pulumi_adobe.resource_types.change_data_capture import CDC_FIELD, find_unsupported_source
from pulumi_adobe.resource_types.fields import DEFAULT_SPEC_VERSION
from pulumi_adobe.resource_types.parameters import PARAMETER_PREFIX, PARAMETERS, is_parameter
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resource_types.source_connection import (
    FILE_FIELDS,
    PARAMETER_FIELDS,
    SCHEMA,
    find_default_format,
    needs_format,
    select_parameters,
)
from pulumi_adobe.resource_types.source_connection_checks import find_base_connection_problem
from pulumi_adobe.resource_types.source_forms import (
    describe_unknown_parameters,
    find_form_problems,
    find_parameter_problems,
)
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.sources import ConnectionSpec, find_spec_by_id

_FORMAT: Final = "format"
_ARGUMENTS: Final = {
    **{field.name: field.argument for field in PARAMETER_FIELDS},
    _FORMAT: _FORMAT,
    **{field.name: field.argument for field in FILE_FIELDS},
}
"""The argument of each property, in the order in which a program has them."""


@dataclass(frozen=True)
class DeclaredBaseConnection:
    """The base connection of a source connection, if the same program declares it: its variable, and its spec."""

    variable: str
    connection_spec: Mapping[str, Any]


def declare_source_connection(
    entity: Entity, resource: str, sandbox: str, base: DeclaredBaseConnection | None
) -> Declaration:
    """Return the declaration of a source connection. Raises `NotExpressible`."""
    resource_type = get_resource_type("SourceConnection")
    connection_spec = dict(base.connection_spec) if base is not None else _find_connection_spec(entity)
    spec = find_spec_by_id(str(connection_spec["id"]))
    schema = _choose_schema(resource_type.schema, entity, connection_spec, spec)
    inputs = {**read_inputs(schema, entity), "connectionSpec": connection_spec}
    base_id = inputs.get("baseConnectionId")
    if "columns" in inputs and get_objects(inputs, "columns") != inputs["columns"]:
        raise NotExpressible("its columns are not all objects")
    default_format = find_default_format(spec, reads_table="path" not in inputs and not any(map(is_parameter, inputs)))
    if default_format is not None:
        inputs.setdefault(_FORMAT, default_format)
    problem = next(_find_problems(inputs, spec), None)
    if problem:
        raise NotExpressible(problem)
    require_unchanged(resource_type, inputs, entity)
    reference = (
        {"base_connection": NameExpression(base.variable)} if base is not None else _build_reference(base_id, inputs)
    )
    arguments = {**reference, **_build_arguments(inputs, default_format)}
    call = CallExpression("SourceConnection", (resource,), arguments, one_per_line=True)
    notes = [
        *describe_losses(schema, entity, ("data", "params")),
        *(f"the provider warns: {text}" for text in describe_unknown_parameters(inputs)),
    ]
    uses = (str(base_id),) if base is not None else ()
    state_inputs = schema.unflatten(inputs)
    return Declaration(
        SOURCE, resource, sandbox, entity, "SourceConnection", call, state_inputs, notes=notes, uses=uses
    )


def _find_connection_spec(entity: Entity) -> dict[str, Any]:
    """Return the connection spec that a program declares without the base connection. Raises `NotExpressible`."""
    spec = find_catalogue_spec(entity)
    if spec is not None:
        return {"id": spec.id, "version": spec.version}
    if not get_spec_id(entity):
        raise NotExpressible("it names no connection spec")
    version = get_member(entity, "connectionSpec", "version")
    return {"id": get_spec_id(entity), "version": str(version or DEFAULT_SPEC_VERSION)}


def _choose_schema(
    schema: ResourceSchema, entity: Entity, connection_spec: Mapping[str, Any], spec: ConnectionSpec | None
) -> ResourceSchema:
    """Return the schema of a source connection with the parameters that this one has."""
    return schema.for_properties({**select_parameters(entity, spec), "connectionSpec": connection_spec})


def _find_problems(inputs: Mapping[str, Any], spec: ConnectionSpec | None) -> Iterator[str]:
    """Return what the provider, or the class of the program, would refuse."""
    problem = find_base_connection_problem(SCHEMA.labels["baseConnectionId"], inputs)
    if problem:
        yield f"the provider refuses it: {problem}"
    if _FORMAT not in inputs and needs_format(spec):
        yield "it has no format, which SourceConnection needs"
    labels = SCHEMA.labels
    for text in (
        *find_form_problems(labels, inputs),
        *find_parameter_problems(labels, inputs),
        *find_unsupported_source(labels[CDC_FIELD], inputs),
    ):
        yield f"the provider refuses it: {text}"


def _build_reference(base_id: Any, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that name the source, and the base connection by its id if there is one."""
    connection_spec = inputs["connectionSpec"]
    spec = find_spec_by_id(str(connection_spec["id"]))
    base = {} if base_id is None else {"base_connection": base_id}
    if spec is not None:
        return {**base, "source": spec.source}
    version = connection_spec["version"]
    more = {} if version == DEFAULT_SPEC_VERSION else {"connection_spec_version": version}
    return {**base, "connection_spec_id": connection_spec["id"], **more}


def _build_arguments(inputs: Mapping[str, Any], default_format: str | None) -> dict[str, Any]:
    params = {name.removeprefix(PARAMETER_PREFIX): value for name, value in inputs.items() if is_parameter(name)}
    is_default = inputs.get(_FORMAT) == default_format
    arguments = {
        **{name: inputs.get(name) for name in ("name", "description")},
        **{argument: inputs.get(name) for name, argument in _ARGUMENTS.items() if name != _FORMAT or not is_default},
        PARAMETERS: params or None,
        "draft": inputs.get("draft"),
    }
    return {name: value for name, value in arguments.items() if value is not None}
