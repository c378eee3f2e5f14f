"""What a program would declare for an existing dataflow: its flow spec, start, delta column and mapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.json_values import get_member, get_objects
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.entity import entity_to_inputs
from pulumi_adobe.resource_types.dataflow import SCHEMA, find_delta_column, get_mapping_set
from pulumi_adobe.resource_types.flow_spec_rules import streams
from pulumi_adobe.resource_types.mapping_sets import parse_mappings, read_mapping
from pulumi_adobe.schema.values import Properties
from pulumi_adobe.timestamps import parse_timestamp, validate_timestamp

_ONCE: Final = "once"


def find_import_inputs(context: ProviderContext, entity: Mapping[str, Any]) -> Properties:
    """Return the inputs that stand in the entity of a dataflow at no fixed place. Reads flow spec and mapping set."""
    flow_spec = context.metadata.get_flow_spec_name(str(get_member(entity, "flowSpec", "id")))
    shown = entity_to_inputs(SCHEMA.for_properties({"flowSpecName": flow_spec}), entity)
    inputs = {
        "flowSpecName": flow_spec,
        "startTime": _find_start(context, shown),
        "deltaColumn": None if streams(flow_spec) else find_delta_column(shown),
        "mapping": _read_mapping(context, entity),
        "enabled": entity.get("state") != "disabled",
    }
    return {name: value for name, value in inputs.items() if value is not None}


def _find_start(context: ProviderContext, shown: Mapping[str, Any]) -> str | None:
    """Return the start to declare; None for a one-time dataflow whose start has passed: it has run."""
    start = shown.get("effectiveStart")
    if not isinstance(start, str):
        return None
    if shown.get("frequency") != _ONCE or validate_timestamp(start) is not None:
        return start
    return start if parse_timestamp(start) > context.service_time() else None


def _read_mapping(context: ProviderContext, entity: Mapping[str, Any]) -> Any:
    set_id, version = get_mapping_set(SCHEMA.from_entity(entity))
    if set_id is None:
        return None
    source_ids = entity.get("sourceConnectionIds")
    try:
        entries = parse_mappings(context.metadata.get_mapping_set(set_id, version))
        source = (
            context.metadata.get_connection("sourceConnections", str(source_ids[0]))
            if isinstance(source_ids, list) and source_ids
            else {}
        )
    except FlowServiceError as error:
        raise AdobeError(f"Its mapping set {set_id} cannot be read: {error.message}", error.hint) from error
    return read_mapping(
        entries, columns={str(column.get("name")) for column in get_objects(source, "params", "columns")}
    )
