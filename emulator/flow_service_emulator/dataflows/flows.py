"""Dataflows: from a source connection to a target connection, through a mapping, on a schedule.

Adobe: crm.md, update-dataflows.md, monitor.md; "Flow Service error codes" and "Sources error codes".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flow_service_emulator.checks import MISSING, WRONG, check_name_and_description, check_spec
from flow_service_emulator.connections.inlets import build_inlet_url
from flow_service_emulator.dataflows import schedule
from flow_service_emulator.dataflows.flow_specs import (
    STREAM_WITH_MAPPING,
    STREAMING_SDK,
    TABLES_TO_LAKE,
    get_flow_specs,
    is_update_supported,
)
from flow_service_emulator.dataflows.runs import show_last_run
from flow_service_emulator.dataflows.source_connections import find_base_connection, refuse_unknown_column
from flow_service_emulator.entities.states import DRAFT
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.json_values import get_member, list_members
from flow_service_emulator.kind import KindRules
from flow_service_emulator.labels import check_labels

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity

NAME = "flows"


def list_linked_connections(emulator: Emulator, flow: Entity, kind: str) -> list[Entity]:
    """Return the source or target connections of a flow that exist in its sandbox."""
    ids = list_members(flow.declared, f"{kind[:-1]}Ids")
    entities = [emulator.stores[kind].find(id_) for id_ in ids if isinstance(id_, str)]
    return [
        entity for entity in entities if entity is not None and (entity.org, entity.sandbox) == (flow.org, flow.sandbox)
    ]


def find_transformation(flow: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    """Return the parameters of the transformation with a name; None if there is none."""
    transformations = flow.get("transformations")
    for transformation in transformations if isinstance(transformations, list) else []:
        if isinstance(transformation, dict) and transformation.get("name") == name:
            params = transformation.get("params")
            return params if isinstance(params, dict) else {}
    return None


def is_scheduled(flow: Mapping[str, Any]) -> bool:
    """Return whether a flow has a schedule; streamed data needs none (streaming.md)."""
    id_ = get_member(flow, "flowSpec", "id")
    return not isinstance(id_, str) or "scheduleSpec" in get_flow_specs().get(id_, {"scheduleSpec": {}})


def _check_flow(emulator: Emulator, flow: Entity) -> None:
    declared = flow.declared
    check_name_and_description(declared)
    versions = {id_: spec["version"] for id_, spec in get_flow_specs().items()}
    spec = get_flow_specs()[check_spec(declared.get("flowSpec"), versions)]
    for kind in ("sourceConnections", "targetConnections"):
        _check_links(emulator, flow, kind)
    for source in list_linked_connections(emulator, flow, "sourceConnections"):
        if source.declared["connectionSpec"]["id"] not in spec["sourceConnectionSpecIds"]:
            raise FlowServiceError(WRONG, f"the flow spec [{spec['name']}] does not take that source's connection spec")
    _check_transformations(declared.get("transformations"))
    _check_options(declared.get("options"))
    check_labels(declared.get("labels"))
    if flow.state == DRAFT:
        schedule.check_member_types(declared.get("scheduleParams"))
    else:
        _check_complete_flow(emulator, flow)
    transformations = declared.get("transformations")
    if emulator.switches["transformations"] == "mapping_first" and isinstance(transformations, list):
        transformations.sort(key=lambda transformation: get_member(transformation, "name") != "Mapping")


def _check_links(emulator: Emulator, flow: Entity, kind: str) -> None:
    ids = flow.declared.get(f"{kind[:-1]}Ids")
    if not isinstance(ids, list) or not ids:
        raise FlowServiceError(MISSING, f"{kind[:-1]}Ids is required")
    if not all(isinstance(id_, str) for id_ in ids):
        raise FlowServiceError(WRONG, f"{kind[:-1]}Ids must be a list of ids")
    linked_ids = {id_.id for id_ in list_linked_connections(emulator, flow, kind)}
    missing_ids = [id_ for id_ in ids if id_ not in linked_ids]
    if missing_ids:
        raise FlowServiceError("1101-404", f"{kind} not found with id = {missing_ids}")


def _check_complete_flow(emulator: Emulator, flow: Entity) -> None:
    declared = flow.declared
    if is_scheduled(declared):
        schedule.check_schedule(declared.get("scheduleParams"))
    elif declared.get("scheduleParams"):
        raise FlowServiceError(WRONG, "scheduleParams is not allowed for a flow of streamed data")
    mapping = find_transformation(declared, "Mapping")
    if mapping is None and (is_scheduled(declared) or declared["flowSpec"]["id"] == STREAM_WITH_MAPPING):
        raise FlowServiceError("CONNECTOR-1370-400", "the transformation Mapping is missing")
    if mapping is not None and emulator.lake.find_mapping_set(mapping.get("mappingId"), flow.org, flow.sandbox) is None:
        raise FlowServiceError("1419-400", f"mapping set not found with id = [{mapping.get('mappingId')}]")
    if declared["flowSpec"]["id"] == TABLES_TO_LAKE:
        _check_delta_column(emulator, flow)


def _check_transformations(transformations: Any) -> None:
    """Refuse a transformation without name or parameters, and a delta column without a name."""
    if transformations is not None and not (
        isinstance(transformations, list)
        and all(isinstance(get_member(transformation, "name"), str) for transformation in transformations)
        and all(
            isinstance(get_member(transformation, "params"), (dict, type(None))) for transformation in transformations
        )
    ):
        raise FlowServiceError(WRONG, "transformations must be a list of objects with a name and params")
    mapping = find_transformation({"transformations": transformations}, "Mapping") or {}
    if "mappingVersion" in mapping and schedule.parse_number(mapping["mappingVersion"]) is None:
        raise FlowServiceError("1412-400", f"mapping version [{mapping['mappingVersion']}] is not valid")
    copy = find_transformation({"transformations": transformations}, "Copy")
    name = get_member(copy, "deltaColumn", "name")
    if get_member(copy, "deltaColumn") is not None and not (isinstance(name, str) and name.strip()):
        raise FlowServiceError("CONNECTOR-1312-400", "deltaColumn.name must be the name of a column")


def _check_options(options: Any) -> None:
    """Check the members of the flow specs' `optionSpec` (flow-service.yaml)."""
    if options is None:
        return
    if not isinstance(options, dict):
        raise FlowServiceError(WRONG, "options must be an object")
    diagnostics, percent = options.get("errorDiagnosticsEnabled"), options.get("partialIngestionPercent")
    if not isinstance(diagnostics, (bool, type(None))):
        raise FlowServiceError(WRONG, "options.errorDiagnosticsEnabled must be a boolean")
    is_number = isinstance(percent, (int, float)) and not isinstance(percent, bool)
    if percent is not None and not (is_number and percent > 0):
        raise FlowServiceError(WRONG, "options.partialIngestionPercent must be a number above 0")


def _has_change_data_capture(emulator: Emulator, flow: Entity) -> bool:
    sources = list_linked_connections(emulator, flow, "sourceConnections")
    return any(get_member(source.declared, "params", "cdcEnabled") is True for source in sources)


def _check_delta_column(emulator: Emulator, flow: Entity) -> None:
    declared = flow.declared
    delta = get_member(find_transformation(declared, "Copy"), "deltaColumn", "name")
    once = declared["scheduleParams"]["frequency"] == "once"
    # The service itself writes the delta column that the first run over a window has named.
    if once and delta not in {None, flow.notes.get("runDelta")}:
        raise FlowServiceError("CONNECTOR-1369-400", "deltaColumn is not allowed with frequency [once]")
    is_optional = emulator.switches["cdc_delta_column"] == "optional" and _has_change_data_capture(emulator, flow)
    if not once and not isinstance(delta, str) and not is_optional:
        raise FlowServiceError("CONNECTOR-1367-400", "deltaColumn is required for this connector")


def _check_enabling(emulator: Emulator, flow: Entity) -> None:
    _check_complete_flow(emulator, flow)
    if is_scheduled(flow.declared):
        schedule.check_start_is_ahead(flow.declared["scheduleParams"])
    for kind in ("sourceConnections", "targetConnections"):
        if any(entity.state == DRAFT for entity in list_linked_connections(emulator, flow, kind)):
            raise FlowServiceError("1421-400", f"one of the {kind} is a draft")
    delta = get_member(find_transformation(flow.declared, "Copy"), "deltaColumn", "name")
    for source in list_linked_connections(emulator, flow, "sourceConnections"):
        refuse_unknown_column(emulator, source, [delta] if isinstance(delta, str) else [])


def _check_change(emulator: Emulator, flow: Entity, changed: Mapping[str, Any]) -> None:
    """Check a changed flow; a draft may change in any way, for its schedule has not begun."""
    if flow.state == DRAFT:
        return
    flow_spec = str(get_member(flow.declared, "flowSpec", "id"))
    if emulator.switches["stream_update"] == "refused" and not is_update_supported(flow_spec):
        raise FlowServiceError("CONNECTOR-1300-400", "PATCH is not supported for dataflows of this flow spec")
    if is_scheduled(changed):
        schedule.check_schedule(changed.get("scheduleParams"))
        schedule.check_schedule_change(flow.declared.get("scheduleParams") or {}, changed["scheduleParams"])
    is_changed = (flow.declared.get("options") or {}) != (changed.get("options") or {})
    if is_changed and emulator.switches["flow_options_update"] == "refused":
        raise FlowServiceError("1455-400", "JSON Patch is invalid: path [/options] cannot be updated")


def _show_flow(emulator: Emulator, flow: Entity) -> dict[str, Any]:
    sources = []
    for source in list_linked_connections(emulator, flow, "sourceConnections"):
        base = find_base_connection(emulator, source)
        inherited = (
            {"baseConnection": {"id": base.id, "connectionSpec": base.declared["connectionSpec"]}} if base else {}
        )
        sources.append({"id": source.id, "connectionSpec": source.declared["connectionSpec"], **inherited})
    targets = list_linked_connections(emulator, flow, "targetConnections")
    by_filter = emulator.switches["runs_path"] == "property"
    return {
        **flow.build_stamps(),
        **flow.declared,
        **_show_options(flow),
        "inheritedAttributes": {
            "properties": {"isSourceFlow": True},
            "sourceConnections": sources,
            "targetConnections": [
                {"id": target.id, "connectionSpec": target.declared["connectionSpec"]} for target in targets
            ],
        },
        "state": flow.state,
        "version": flow.etag,
        "etag": flow.etag,
        "runs": f"/runs?property=flowId=={flow.id}" if by_filter else f"/flows/{flow.id}/runs",
        "lastOperation": _show_last_operation(flow),
        **(
            {"lastRunDetails": show_last_run(flow.notes["lastRun"], emulator.switches)}
            if "lastRun" in flow.notes
            else {}
        ),
    }


def _show_options(flow: Entity) -> dict[str, Any]:
    """Return the options with what the service adds: the address that a webhook sends to (lava.md)."""
    declared = flow.declared.get("options") or {}
    if (
        get_member(flow.declared, "flowSpec", "id") != STREAMING_SDK
        or flow.state == DRAFT
        or not isinstance(declared, dict)
    ):
        return {}
    return {"options": {"errorDiagnosticsEnabled": True, **declared, "inletUrl": build_inlet_url(flow.id)}}


def _show_last_operation(flow: Entity) -> dict[str, Any]:
    return {
        "started": flow.created_at,
        "updated": flow.updated_at,
        "percentCompleted": 100.0,
        "status": {"value": "completed", "errors": []},
        "operation": "create" if flow.created_at == flow.updated_at else "update",
    }


FLOWS = KindRules(
    name=NAME,
    written=(
        "name",
        "description",
        "flowSpec",
        "sourceConnectionIds",
        "targetConnectionIds",
        "transformations",
        "scheduleParams",
        "options",
        "providerId",
    ),
    paths=re.compile(
        r"/(name|description|scheduleParams(/\w+)?|transformations(/(\d+|-))?(/.+)?|options(/\w+)?|labels(/(\d+|-))?)"
    ),
    check=_check_flow,
    check_enable=_check_enabling,
    show=_show_flow,
    check_change=_check_change,
    actions={"enable": "enabled", "disable": "disabled"},
    added=("inheritedAttributes", "labels", "runs", "lastOperation", "lastRunDetails"),
    is_searchable=True,
    has_labels=True,
)
