"""How a program declares a dataflow: schedule, mapping, options and state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from adobe_flow.aep.entities import Entity
from adobe_flow.export.declaration import FLOW, Declaration, NotExpressible
from adobe_flow.export.entity_inputs import read_inputs
from adobe_flow.export.expressions import CallExpression, NameExpression
from adobe_flow.export.mappings import build_mapping_expression
from adobe_flow.export.sandbox import get_linked_ids
from adobe_flow.export.unchanged import describe_losses, require_unchanged
from pulumi_adobe.json_values import get_member
from pulumi_adobe.resource_types.dataflow import SCHEMA, find_delta_column, get_mapping_set
from pulumi_adobe.resource_types.flow_spec_rules import (
    TABLE_FLOW_SPEC,
    choose_flow_spec,
    find_flow_spec_problems,
    streams,
)
from pulumi_adobe.resource_types.mapping import validate_mapping
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resource_types.schedule import validate_schedule
from pulumi_adobe.sources import ConnectionSpec
from pulumi_adobe.timestamps import parse_timestamp, validate_timestamp

_ONCE: Final = "once"
_SHORT_FORMS: Final = {"hour": "hourly", "day": "daily", "week": "weekly"}


@dataclass(frozen=True)
class DataflowContext:
    """The entities and names that a dataflow can refer to.

    Attributes:
        source: The variable of the source connection in the program, or its id.
        target: The variable of the target connection in the program, or its id.
        flow_spec: The name of the flow spec; None if Flow Service lists none with this id.
        mapping: The mapping as a program declares it, None if the dataflow has none.
        reports_changes: Whether the source connection has change data capture.
        now: The time of the service.
        declared_ids: The ids of source and target connection, as far as the program declares them.
        source_spec: The source in the catalogue, if the program declares the source connection.
    """

    source: NameExpression | str
    target: NameExpression | str
    flow_spec: str | None
    mapping: Any
    reports_changes: bool
    now: datetime
    declared_ids: tuple[str, ...]
    source_spec: ConnectionSpec | None = None


def get_connection_ids(entity: Entity) -> tuple[str, str]:
    """Return the ids of the source and the target connection. Raises `NotExpressible`."""
    sources, targets = get_linked_ids(entity, "sourceConnectionIds"), get_linked_ids(entity, "targetConnectionIds")
    if len(sources) != 1 or len(targets) != 1:
        raise NotExpressible(
            f"it has {len(sources)} source connections and {len(targets)} target connections; Dataflow takes one each"
        )
    return sources[0], targets[0]


def declare_dataflow(entity: Entity, resource: str, sandbox: str, surroundings: DataflowContext) -> Declaration:
    """Return the declaration of a dataflow. Raises `NotExpressible`."""
    resource_type = get_resource_type("Dataflow")
    schema = resource_type.schema.for_properties({"flowSpecName": surroundings.flow_spec})
    shown = read_inputs(schema, entity)
    mapping_set_id, mapping_set_version = get_mapping_set(shown)
    inputs = {
        **{name: value for name, value in shown.items() if name not in schema.select_computed_values(shown)},
        "flowSpecName": surroundings.flow_spec,
        "startTime": _find_start(shown, surroundings.now),
        "deltaColumn": None if streams(surroundings.flow_spec) else find_delta_column(shown),
        "mapping": surroundings.mapping,
        "enabled": entity.get("state") != "disabled",
    }
    inputs = {name: value for name, value in inputs.items() if value is not None}
    reason = next(_find_reasons(entity, inputs, reports_changes=surroundings.reports_changes), None)
    if reason:
        raise NotExpressible(reason)
    derived = {"mappingSetId": mapping_set_id, "mappingSetVersion": mapping_set_version}
    require_unchanged(
        resource_type, inputs, entity, {name: value for name, value in derived.items() if value is not None}
    )
    call = CallExpression("Dataflow", (resource,), _build_arguments(inputs, surroundings), one_per_line=True)
    # With the options of batch dataflows: Flow Service itself adds them to a webhook (Adobe: lava.md).
    notes = describe_losses(resource_type.schema, entity, ("options", "scheduleParams"))
    return Declaration(
        FLOW, resource, sandbox, entity, "Dataflow", call, inputs, notes=notes, uses=surroundings.declared_ids
    )


def _find_start(shown: Mapping[str, Any], now: datetime) -> str | None:
    """Return the start to declare; None for a one-time dataflow whose start has passed.

    Such a dataflow has run. A start that has passed would be refused in another sandbox, where it has not run yet.
    """
    start = shown.get("effectiveStart")
    if not isinstance(start, str) or shown.get("frequency") != _ONCE or validate_timestamp(start) is not None:
        return start
    return start if parse_timestamp(start) > now else None


def _find_reasons(entity: Entity, inputs: Mapping[str, Any], *, reports_changes: bool) -> Iterator[str]:
    flow_spec = inputs.get("flowSpecName")
    if flow_spec is None:
        yield f"Flow Service lists no flow spec {get_member(entity, 'flowSpec', 'id')}"
    if not entity.get("scheduleParams") and not streams(flow_spec):
        yield f"it has no schedule, which a dataflow of {flow_spec} needs (an unfinished draft has none)"
    yield from (f"the provider refuses it: {problem}" for problem in find_flow_spec_problems(SCHEMA.labels, inputs))
    yield from (f"the provider refuses it: {problem}" for problem in validate_mapping(inputs.get("mapping")))
    yield from (f"the provider refuses it: {problem}" for problem in validate_schedule(SCHEMA.labels, inputs))
    needs_delta_column = flow_spec == TABLE_FLOW_SPEC and inputs.get("frequency") != _ONCE
    if needs_delta_column and not inputs.get("deltaColumn") and not reports_changes:
        yield "it has no delta column, which a recurring dataflow from a table needs"


def _build_arguments(inputs: Mapping[str, Any], surroundings: DataflowContext) -> dict[str, Any]:
    flow_spec, percent = inputs["flowSpecName"], inputs.get("partialIngestionPercent")
    default_flow_spec = choose_flow_spec(surroundings.source_spec, has_mapping="mapping" in inputs)
    has_diagnostics = inputs.get("errorDiagnostics") is True
    # Partial ingestion switches the diagnostics on unless the program says otherwise.
    is_default = has_diagnostics == (percent is not None)
    arguments = {
        "name": inputs["name"],
        "description": inputs.get("description"),
        "source": surroundings.source,
        "target": surroundings.target,
        "flow_spec": flow_spec if flow_spec != default_flow_spec else None,
        "mapping": build_mapping_expression(inputs["mapping"]) if "mapping" in inputs else None,
        "schedule": _build_schedule(inputs) if "frequency" in inputs else None,
        "error_diagnostics": None if is_default else has_diagnostics,
        "partial_ingestion_percent": percent,
        "labels": inputs.get("labels"),
        "enabled": None if inputs["enabled"] else False,
        "draft": inputs.get("draft"),
    }
    return {name: value for name, value in arguments.items() if value is not None}


def _build_schedule(inputs: Mapping[str, Any]) -> CallExpression:
    frequency, interval = inputs["frequency"], inputs.get("interval")
    names = {"startTime": "start", "deltaColumn": "delta_column", "backfill": "backfill"}
    keywords = {argument: inputs[name] for name, argument in names.items() if name in inputs}
    if frequency == _ONCE:
        return CallExpression("Schedule.once", (), keywords)
    if interval == 1 and frequency in _SHORT_FORMS:
        return CallExpression(f"Schedule.{_SHORT_FORMS[frequency]}", (), keywords)
    return CallExpression("Schedule.every", (), {f"{frequency}s": interval, **keywords})
