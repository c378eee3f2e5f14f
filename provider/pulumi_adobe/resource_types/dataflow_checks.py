"""What Flow Service says of the columns and paths that a dataflow declares.

A source or target connection that does not exist yet is seen as its own check recorded it in the provider context.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.json_values import get_member, get_object
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.preview_checks import is_access_failure
from pulumi_adobe.resource_types.change_data_capture import find_missing_descriptors
from pulumi_adobe.resource_types.column_checks import UsedColumns, find_column_problems, find_columns
from pulumi_adobe.resource_types.dataflow import SCHEMA, SOURCE_OWNER, TARGET_OWNER
from pulumi_adobe.resource_types.mapping import list_columns
from pulumi_adobe.resource_types.mapping_checks import find_data_prep_problems, find_path_problems
from pulumi_adobe.resource_types.mapping_sets import SchemaReference
from pulumi_adobe.resource_types.parameters import PARAMETER_PREFIX, PARAMETERS
from pulumi_adobe.resource_types.source_contents import SourceContent, build_source_content

_MAPPING_INPUTS: Final = ("sourceConnectionIds", "targetConnectionIds", "mapping")
_CHECKED_INPUTS: Final = (*_MAPPING_INPUTS, "deltaColumn")


def find_dataflow_problems(
    context: ProviderContext, resource: str, prior_outputs: Mapping[str, Any], inputs: Mapping[str, Any]
) -> Iterator[str]:
    """Return the columns that the source connection does not read, and what schema and Data Prep say of the mapping.

    Asks nothing if none of the inputs that the answer is about has changed.
    """
    changed = {name for name in _CHECKED_INPUTS if prior_outputs.get(name) != inputs.get(name)}
    if not changed:
        return
    source = find_source_properties(context, resource, inputs)
    if inputs.get("mapping") is None and _reads_raw_data(source or {}):
        context.show_message_once(
            f"warning: {resource}: the source connection reads raw data (dataType), and the dataflow has no mapping. "
            'Only XDM data need none: give a mapping, or "dataType": "xdm"'
        )
    schema = _find_schema(context, resource, inputs) if changed.intersection(_MAPPING_INPUTS) else None
    column_source = build_source_content(source or {})
    problems: list[str] = []
    if source == {}:
        labels = context.get_labels(SCHEMA)
        source_id = _get_first_id(inputs.get("sourceConnectionIds"))
        problems.append(f"{labels['sourceConnectionIds']}: this sandbox has no source connection {source_id}")
    else:
        problems.extend(_find_column_problems(context, resource, column_source, inputs))
    if schema is not None:
        problems.extend(find_path_problems(context, resource, schema.id, inputs.get("mapping")))
    yield from problems
    if schema is not None:
        yield from find_missing_descriptors(context, resource, source or {}, schema.id)
    if schema is not None and not problems:
        columns = find_columns(context, resource, column_source)
        yield from find_data_prep_problems(context, resource, schema, inputs.get("mapping"), columns)


def _reads_raw_data(source: Mapping[str, Any]) -> bool:
    """Return whether a source connection says that its data are no XDM (eventhub.md, kinesis.md, google-pubsub.md)."""
    params = source.get(PARAMETERS)
    value = params.get("dataType") if isinstance(params, Mapping) else source.get(f"{PARAMETER_PREFIX}dataType")
    return bool(value == "raw")


def find_source_properties(
    context: ProviderContext, resource: str, inputs: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """Return the properties of the dataflow's source connection, in the form of the state or of the service.

    They are empty if the source connection does not exist, and None if they are not known.
    """
    id_ = _get_first_id(inputs.get("sourceConnectionIds"))
    if id_ is None:
        return context.declared_inputs.get(("SourceConnection", str(inputs.get(SOURCE_OWNER))))
    return _get_connection(context, resource, "sourceConnections", id_)


def _find_column_problems(
    context: ProviderContext, resource: str, source: SourceContent, inputs: Mapping[str, Any]
) -> Iterator[str]:
    delta_column = inputs.get("deltaColumn")
    columns = list_columns(inputs.get("mapping"))
    used = UsedColumns(columns, delta_column if isinstance(delta_column, str) else "")
    for label, problem in find_column_problems(context, resource, source, used):
        yield f"{label}: {problem}"


def _get_connection(context: ProviderContext, resource: str, collection: str, id_: str) -> Mapping[str, Any] | None:
    """Return a source or target connection, an empty one if it does not exist, or None if it cannot be read."""

    def request() -> Mapping[str, Any]:
        try:
            return context.metadata.get_connection(collection, id_)
        except NotFound as error:
            if is_access_failure(error):
                raise
            return {}

    topic = "the mapping with the columns of the source" if collection == "sourceConnections" else "the mapping"
    return context.preview_checks.ask(collection, topic, resource, request)


def _find_schema(context: ProviderContext, resource: str, inputs: Mapping[str, Any]) -> SchemaReference | None:
    id_ = _get_first_id(inputs.get("targetConnectionIds"))
    if id_ is not None:
        schema = get_object(_get_connection(context, resource, "targetConnections", id_), "data", "schema")
        return SchemaReference.parse(schema.get("id"), schema.get("version"))
    declared = context.declared_inputs.get(("TargetConnection", str(inputs.get(TARGET_OWNER))), {})
    schema_id, dataset_id = declared.get("schemaId"), declared.get("dataSetId")
    if isinstance(schema_id, str) or not isinstance(dataset_id, str):
        return SchemaReference.parse(schema_id, declared.get("schemaVersion"))

    def request() -> Mapping[str, Any]:
        try:
            return context.metadata.get_dataset(dataset_id)
        except NotFound as error:
            if is_access_failure(error):
                raise
            # The check of the target connection has said so.
            return {}

    dataset = context.preview_checks.ask("datasets", "the mapping", resource, request)
    return SchemaReference.parse(get_member(dataset, "schemaRef", "id"), declared.get("schemaVersion"))


def _get_first_id(ids: Any) -> str | None:
    return ids[0] if isinstance(ids, list) and ids and isinstance(ids[0], str) else None
