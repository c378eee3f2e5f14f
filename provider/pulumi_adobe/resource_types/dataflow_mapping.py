"""The mapping set of a dataflow: what a write sends, and what a read finds if somebody else has set another one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.json_values import get_object, get_objects
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.resource_types.dataflow import SCHEMA, get_mapping_set
from pulumi_adobe.resource_types.mapping import ATTRIBUTE, list_entries
from pulumi_adobe.resource_types.mapping_paths import is_ambiguous
from pulumi_adobe.resource_types.mapping_sets import SchemaReference, build_mapping_set, parse_mappings, read_mapping
from pulumi_adobe.schema.values import Properties


def build_set_of_dataflow(operation: ResourceOperation, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of the mapping set for the schema of the target connection and the columns of the source."""
    target = operation.service.get("targetConnections", str(inputs["targetConnectionIds"][0]))
    schema = get_object(target, "data", "schema")
    reference = SchemaReference.parse(schema.get("id"), schema.get("version")) or SchemaReference("")
    entries = list_entries(inputs["mapping"])
    columns = None
    if any(entry.type == ATTRIBUTE and is_ambiguous(entry.source) for entry in entries):
        source = operation.context.metadata.get_connection("sourceConnections", str(inputs["sourceConnectionIds"][0]))
        columns = {str(column.get("name")) for column in get_objects(source, "params", "columns")}
    return build_mapping_set(reference, entries, columns)


def read_set_of_dataflow(
    operation: ResourceOperation, entity: Mapping[str, Any], prior_outputs: Mapping[str, Any]
) -> Properties:
    """Return the mapping set of the dataflow unless the state has it, and its mapping as a program would declare it.

    If it says the same as that of the state, only its id is new, which is no drift.
    """
    set_id, version = get_mapping_set(SCHEMA.from_entity(entity))
    known_id, known_version = prior_outputs.get("mappingSetId"), prior_outputs.get("mappingSetVersion")
    if set_id is None or (set_id == known_id and version in (None, known_version)):
        return {}
    try:
        mapping_set = operation.context.metadata.get_mapping_set(set_id, version)
    except FlowServiceError as error:
        # The id alone is drift, too: the next update restores the mapping set of the state.
        subject = f"{operation.describe()} has another mapping set, {set_id}"
        operation.context.show_message(f"warning: {subject}, which cannot be read: {error.message}")
        return {}
    mapping = read_mapping(parse_mappings(mapping_set), prior_outputs.get("mapping"))
    return {"mapping": mapping, "mappingSetId": set_id, "mappingSetVersion": version}
