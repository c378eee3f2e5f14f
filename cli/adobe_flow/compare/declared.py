"""The facts that a stack declares: the inputs in its state, and what the provider found out for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeGuard

from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.compare.base_connections import read_declared_connection
from adobe_flow.compare.comparison import ComparedSide
from adobe_flow.compare.facts import (
    BASE_CONNECTION,
    COLUMNS,
    DATAFLOW,
    MAPPING,
    SOURCE_CONNECTION,
    TARGET_CONNECTION,
    EntityFacts,
)
from adobe_flow.compare.mappings import read_declared_mapping
from adobe_flow.compare.members import read_shallow_value
from adobe_flow.compare.notes import describe_doubts
from adobe_flow.compare.pipelines import read_dataflow, read_source_connection, read_target_connection
from adobe_flow.compare.references import EntityNames
from adobe_flow.pulumi_cli.resources import get_class_name, get_resource_name
from pulumi_adobe.json_values import get_object, get_objects
from pulumi_adobe.plugin.state_values import SIGNATURE
from pulumi_adobe.resource_types import dataflow, source_connection, target_connection
from pulumi_adobe.resource_types.dataflow import build_transformations
from pulumi_adobe.resource_types.parameters import PARAMETERS
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.timestamps import parse_timestamp, validate_timestamp

_SCHEMAS: Final[Mapping[str, tuple[str, ResourceSchema]]] = {
    schema.type_name: (kind, schema)
    for kind, schema in (
        (SOURCE_CONNECTION, source_connection.SCHEMA),
        (TARGET_CONNECTION, target_connection.SCHEMA),
        (DATAFLOW, dataflow.SCHEMA),
    )
}
"""The kind and the resource schema of a class. Base connections have many types: their inputs tell."""

_DETAILS: Final[Mapping[tuple[str, ...], str]] = {
    ("baseConnectionId",): "baseConnection",
    ("params", "columns"): COLUMNS,
    ("params", "dataSetId"): "dataset",
    ("data", "schema", "id"): "schema",
    ("data", "schema", "version"): "schemaVersion",
    ("sourceConnectionIds",): "sourceConnections",
    ("targetConnectionIds",): "targetConnections",
    ("flowSpec",): "flowSpec",
    ("labels",): "labels",
}
"""The name of a detail by its place in the body."""

_GROUPS: Final = {"data": "data", "params": "parameters", "scheduleParams": "schedule", "options": "options"}


@dataclass(frozen=True)
class _Declaration:
    """A source connection, target connection or dataflow in a stack's state.

    Attributes:
        kind: One of `KINDS`.
        schema: Its resource schema.
        id: The id in Flow Service.
        resource: What the program calls it.
        sandbox: The name of its sandbox.
        properties: What it declares and what the provider found out, without what is encrypted.
        secrets: The names of the encrypted properties.
        created_at: The time of the creation in epoch seconds.
    """

    kind: str
    schema: ResourceSchema
    id: str
    resource: str
    sandbox: str | None
    properties: Mapping[str, Any]
    secrets: frozenset[str]
    created_at: float | None


def read_declarations(
    label: str, stack: str, resources: Sequence[Mapping[str, Any]], names_by_sandbox: Mapping[str, EntityNames]
) -> ComparedSide:
    """Return the connections and dataflows that a stack declares, from its state and without any request.

    Args:
        label: What the person called the side.
        stack: The name of the stack.
        resources: The resources of its state.
        names_by_sandbox: The names of the sandboxes that were read: a state has only the ids of datasets and schemas.
    """
    connections = [facts for resource in resources if (facts := read_declared_connection(resource))]
    declarations = [declaration for resource in resources if (declaration := _read_declaration(resource))]
    names = {BASE_CONNECTION: {facts.id: facts.name for facts in connections}}
    for declaration in declarations:
        names.setdefault(declaration.kind, {})[declaration.id] = _read_text(declaration.properties.get("name"))
    pipelines = [
        _read_facts(
            declaration,
            EntityNames(names, is_stack=True, fallback=names_by_sandbox.get(declaration.sandbox or "")),
            declarations,
        )
        for declaration in declarations
    ]
    entities = [*connections, *pipelines]
    sandboxes = {facts.sandbox for facts in entities}
    sandbox = sandboxes.pop() if len(sandboxes) == 1 else None
    return ComparedSide(label, entities, sandbox, stack, tuple(describe_doubts(entities, {})))


def _read_declaration(resource: Mapping[str, Any]) -> _Declaration | None:
    kind, schema = _SCHEMAS.get(get_class_name(resource) or "", ("", None))
    if schema is None or resource.get("external") or resource.get("delete"):
        return None
    inputs, outputs = (_flatten_parameters(schema, get_object(resource, member)) for member in ("inputs", "outputs"))
    # What the source, or the flow spec, does not have is nothing that the program lacks.
    schema = schema.for_properties(inputs)
    declared = {**schema.select_computed_values(outputs), **inputs}
    properties = {name: read_shallow_value(value) for name, value in declared.items()}
    secrets = frozenset(name for name, value in properties.items() if _contains_encrypted_value(value))
    sandbox, created_at = outputs.get("sandboxName"), outputs.get("createdAt")
    return _Declaration(
        kind=kind,
        schema=schema,
        id=str(resource.get("id")),
        resource=get_resource_name(str(resource.get("urn"))),
        sandbox=sandbox if isinstance(sandbox, str) else None,
        properties={name: value for name, value in properties.items() if name not in secrets},
        secrets=secrets,
        created_at=parse_timestamp(created_at).timestamp() if _is_timestamp(created_at) else None,
    )


def _flatten_parameters(schema: ResourceSchema, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties with one property per parameter, unless the parameters are encrypted as a whole."""
    are_encrypted = SIGNATURE in get_object(properties, PARAMETERS)
    return dict(properties) if are_encrypted else schema.flatten(dict(properties))


def _read_facts(declaration: _Declaration, names: EntityNames, declarations: Sequence[_Declaration]) -> EntityFacts:
    """Return the comparable content of a resource; a detail that the program could declare and omits is None."""
    body = _build_body(declaration)
    if declaration.kind == SOURCE_CONNECTION:
        facts = read_source_connection(body, names)
    elif declaration.kind == TARGET_CONNECTION:
        facts = read_target_connection(body, names)
    else:
        facts = _read_dataflow(declaration, body, names, declarations)
    details = {field: name for field in declaration.schema.fields if (name := _get_detail_name(field)) is not None}
    names_of_details = {field.name: name for field, name in details.items()}
    secrets = {names_of_details.get(name, name) for name in declaration.secrets}
    # A value that the provider finds out is not known if the state lacks it.
    unset = {name: None for field, name in details.items() if not field.computed}
    return replace(
        facts,
        secrets=facts.secrets | secrets,
        details={name: value for name, value in {**unset, **facts.details}.items() if name not in secrets},
        resource=declaration.resource,
        sandbox=declaration.sandbox,
        created_at=declaration.created_at,
    )


def _read_dataflow(
    declaration: _Declaration, body: dict[str, Any], names: EntityNames, declarations: Sequence[_Declaration]
) -> EntityFacts:
    properties = declaration.properties
    sources = {declaration.id: declaration for declaration in declarations if declaration.kind == SOURCE_CONNECTION}
    source_names = {
        id_: read_source_connection(_build_body(declaration), names).source for id_, declaration in sources.items()
    }
    body["transformations"] = build_transformations({"deltaColumn": properties.get("deltaColumn")})
    source_ids = properties.get("sourceConnectionIds")
    source = sources.get(str(source_ids[0])) if isinstance(source_ids, list) and source_ids else None
    columns = {str(column.get("name")) for column in get_objects(source.properties, "columns")} if source else None
    declared = properties.get("mapping")
    mapping = None if declared is None else read_declared_mapping(declared, columns)
    return read_dataflow(body, names, source_names, mapping)


def _build_body(declaration: _Declaration) -> dict[str, Any]:
    """Return the body that the provider would send, without a start that is not a valid time."""
    properties = {**declaration.properties}
    if not _is_timestamp(properties.get("effectiveStart")):
        properties.pop("effectiveStart", None)
    name, state = _read_text(properties.get("name")), _read_state(properties)
    return {**declaration.schema.to_body(properties), "id": declaration.id, "name": name, "state": state}


def _read_state(properties: Mapping[str, Any]) -> str | None:
    """Return the state that the program declares, None if it declares none."""
    is_enabled = properties.get("enabled")
    if properties.get("draft") is True:
        return "draft"
    return ("enabled" if is_enabled else "disabled") if isinstance(is_enabled, bool) else None


def _is_timestamp(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and validate_timestamp(value) is None


def _get_detail_name(field: Field) -> str | None:
    """Return the name under which a property is compared; None if it is not compared as a detail."""
    if field.name in {"deltaColumn", MAPPING}:
        return field.name
    if len(field.path) == 2 and field.path not in _DETAILS and field.path[0] in _GROUPS:  # noqa: PLR2004 - group and member
        return f"{_GROUPS[field.path[0]]}.{field.path[1]}"
    return _DETAILS.get(field.path)


def _contains_encrypted_value(value: Any) -> bool:
    if isinstance(value, Mapping):
        return SIGNATURE in value or any(_contains_encrypted_value(member) for member in value.values())
    return isinstance(value, list) and any(_contains_encrypted_value(item) for item in value)


def _read_text(value: Any) -> str:
    return value if isinstance(value, str) else UNREADABLE
