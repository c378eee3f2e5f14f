"""A dataflow: brings what a source connection reads to a target connection, through a mapping, on a schedule.

Adobe: crm.md ("Create a dataflow for CRM sources"), update-dataflows.md, draft.md; `/action` in flow-service.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pulumi

from pulumi_adobe.declaration import UNKNOWN, ResourceSchema, Field, Properties
from pulumi_adobe.dynamic import DynamicProvider
from pulumi_adobe.members import get_member, get_objects
from pulumi_adobe.moments import from_epoch_seconds, format_timestamp, parse_timestamp, validate_timestamp, normalize_timestamp, to_epoch_seconds
from pulumi_adobe.near import suggest_name
from pulumi_adobe.resources.connection_fields import ADOPT_ID, NAME_AND_DESCRIPTION
from pulumi_adobe.resources.declared import FlowServiceResource
from pulumi_adobe.resources.drafts import DRAFT, DraftHooks, run_action
from pulumi_adobe.resources.mapping import validate_mapping, build_mappings, list_schema_paths
from pulumi_adobe.resources.schedule import Schedule, find_next_start, validate_schedule
from pulumi_adobe.resources.source_connection import SourceConnection
from pulumi_adobe.resources.target_connection import TargetConnection

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.job import ResourceOperation
    from pulumi_adobe.lifecycle.run import ProviderContext

_KIND: Final = "Dataflow"
TABLE_FLOW_SPEC: Final = "CRMToAEP"
"""Adobe's flow spec for databases, CRM and the like; that for files is CloudStorageToAEP."""
FILE_FLOW_SPEC: Final = "CloudStorageToAEP"
_START_MARGIN = timedelta(minutes=1)
"""Without a declared start it begins so long after it is made: a start in the past would be refused."""


class DataflowHooks(DraftHooks):
    """The mapping set, the flow spec, the first start, and whether it is switched on."""

    def validate(self, context: ProviderContext, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Iterable[str]:
        """The schedule, and the mapping against the columns and the schema."""
        schedule_values = {name: None if new_inputs.get(name) is UNKNOWN else new_inputs.get(name) for name in _SCHEDULE_FIELDS}
        yield from validate_schedule(*schedule_values.values())
        if new_inputs.get("flowSpecName") == TABLE_FLOW_SPEC and new_inputs.get("frequency") not in {"once", UNKNOWN, None}:
            yield from () if new_inputs.get("deltaColumn") else ("schedule.delta_column is missing",)
        start = new_inputs.get("startTime")
        is_known_start = prior_outputs.get("startTime") == start or context.claims.is_replacement(str(new_inputs.get("owner")))
        if isinstance(start, str) and not is_known_start and parse_timestamp(start) < _now() - _START_MARGIN:
            yield f"schedule.start has passed: {start}"
        yield from validate_mapping(new_inputs.get("mapping"))
        if isinstance(new_inputs.get("mapping"), Mapping) and new_inputs["mapping"] != prior_outputs.get("mapping"):
            yield from _find_mapping_problems(context, new_inputs)

    def plan(self, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Properties:
        """The mapping set, the start and the flow spec of before, as long as what they stand for has not changed."""
        planned_inputs = dict(new_inputs)
        if not prior_outputs:
            return planned_inputs
        if prior_outputs.get("mapping") != new_inputs.get("mapping") and prior_outputs.get("mapping") is not None:
            planned_inputs |= {"mappingSetId": UNKNOWN, "mappingSetVersion": UNKNOWN}
        if prior_outputs.get("flowSpecName") not in {None, new_inputs.get("flowSpecName")}:
            planned_inputs["flowSpec"] = UNKNOWN
        start = new_inputs.get("startTime")
        if start is not None and start != prior_outputs.get("startTime") and prior_outputs.get("startTime") is not None:
            planned_inputs["effectiveStart"] = start
        return {**planned_inputs, "transformations": _build_transformations(planned_inputs)}

    def requires_replace(self, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> tuple[str, ...]:
        """Adobe: once the start has passed it stays, and what runs once stays so (codes 1366, 1403)."""
        effective_start = prior_outputs.get("effectiveStart")
        has_started = isinstance(effective_start, str) and validate_timestamp(effective_start) is None and parse_timestamp(effective_start) <= _now()
        is_start_changed = has_started and new_inputs.get("effectiveStart") != effective_start
        is_once_changed = "once" in {prior_outputs.get("frequency"), new_inputs.get("frequency")} and prior_outputs.get("frequency") != new_inputs.get(
            "frequency"
        )
        is_backfill_changed = has_started and prior_outputs.get("backfill") != new_inputs.get("backfill")
        fields_to_check = (("startTime", is_start_changed), ("frequency", is_once_changed), ("backfill", is_backfill_changed))
        return (*super().requires_replace(prior_outputs, new_inputs), *(name for name, needed in fields_to_check if needed))

    def resolve(self, operation: ResourceOperation, new_inputs: Mapping[str, Any]) -> Properties:
        """With the flow spec looked up by its name, a start that lies ahead, and a mapping set of its own."""
        resolved_inputs = dict(new_inputs)
        if not isinstance(resolved_inputs.get("flowSpec"), dict):
            resolved_inputs["flowSpec"] = operation.context.metadata.get_flow_spec(str(new_inputs["flowSpecName"]))
        if resolved_inputs.get("effectiveStart") is None:
            resolved_inputs["effectiveStart"] = _choose_first_start(operation, new_inputs)
        if not isinstance(resolved_inputs.get("mappingSetId"), str):
            target = operation.service.get("targetConnections", str(new_inputs["targetConnectionIds"][0]))
            mapping_set = operation.context.metadata.create_mapping_set(_get_schema_id(target), build_mappings(new_inputs["mapping"]))
            resolved_inputs |= {"mappingSetId": mapping_set.id, "mappingSetVersion": mapping_set.version}
        return {**resolved_inputs, "transformations": _build_transformations(resolved_inputs)}

    def after_write(self, operation: ResourceOperation, id_: str, outputs: Properties) -> Properties:
        """Published, and switched on or off."""
        outputs = super().after_write(operation, id_, outputs)
        operation.context.dataflows.clear()
        desired_state = "disabled" if outputs.get("enabled") is False else "enabled"
        if outputs.get("state") not in {"enabled", "disabled"} or outputs["state"] == desired_state:
            return outputs
        return run_action(operation, id_, outputs, desired_state.removesuffix("d"))

    def read_extra(self, entity: Mapping[str, Any], prior_outputs: Mapping[str, Any]) -> Properties:
        """Whether it is on; a start that somebody moved."""
        extra: Properties = {"enabled": entity.get("state") != "disabled"}
        start = from_epoch_seconds(get_member(entity, "scheduleParams", "startTime"))
        if "startTime" in prior_outputs and prior_outputs.get("effectiveStart") != start:
            extra["startTime"] = start
        return extra


_SCHEDULE_FIELDS: Final = ("frequency", "interval", "backfill", "deltaColumn")


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _choose_first_start(operation: ResourceOperation, new_inputs: Mapping[str, Any]) -> str:
    """The declared start; where that has passed, as when its source was replaced, the next one of the schedule."""
    now, declared_start = operation.service.service_time(), new_inputs.get("startTime")
    earliest_start = format_timestamp(now + _START_MARGIN)
    if declared_start is None or parse_timestamp(str(declared_start)) > now:
        return str(declared_start or earliest_start)
    is_recurring = new_inputs["frequency"] != "once"
    chosen_start = find_next_start(str(declared_start), str(new_inputs["frequency"]), int(new_inputs["interval"]), now) if is_recurring else earliest_start
    operation.context.show_message(f"{operation.describe()}: its start has passed, so it begins at {chosen_start}")
    return chosen_start


def _build_transformations(properties: Mapping[str, Any]) -> list[dict[str, Any]]:
    delta, mapping_set = properties.get("deltaColumn"), properties.get("mappingSetId")
    copy = [{"name": "Copy", "params": {"deltaColumn": {"name": delta}}}] if delta else []
    params = {"mappingId": mapping_set, "mappingVersion": properties.get("mappingSetVersion")}
    return [*copy, {"name": "Mapping", "params": params}]


def _normalize_transformations(transformations: list[Any]) -> list[Any]:
    """In one order, and with a number for the version, which Flow Service may show as a text."""
    return sorted(
        (_normalize_transformation(transformation) for transformation in transformations if isinstance(transformation, dict)), key=lambda each: str(each["name"])
    )


def _normalize_transformation(transformation: Mapping[str, Any]) -> dict[str, Any]:
    params = transformation.get("params")
    params = dict(params) if isinstance(params, Mapping) else {}
    version = params.get("mappingVersion")
    if isinstance(version, str) and version.isdecimal():
        params["mappingVersion"] = int(version)
    return {"name": transformation.get("name"), "params": params}


def _find_mapping_problems(context: ProviderContext, new_inputs: Mapping[str, Any]) -> Iterator[str]:
    """Columns that the source does not read, and paths that the schema does not have; unknown ones are passed over."""
    sources, targets = new_inputs.get("sourceConnectionIds"), new_inputs.get("targetConnectionIds")
    if not isinstance(sources, list) or not isinstance(targets, list) or UNKNOWN in (*sources, *targets):
        return
    try:
        source = context.service.get("sourceConnections", str(sources[0]))
        schema = context.metadata.get_schema(_get_schema_id(context.service.get("targetConnections", str(targets[0]))))
    except context.service_error as error:
        context.show_message(f"warning: the mapping could not be compared with table and schema: {error}")
        return
    columns = {str(column.get("name")) for column in get_objects(source, "params", "columns")}
    paths = list_schema_paths(schema)
    for column, path in new_inputs["mapping"].items():
        if columns and column not in columns:
            yield f"mapping.{column}: the source connection reads no such column{suggest_name(column, columns)}"
        if paths and isinstance(path, str) and path not in paths:
            yield f"mapping.{column}: the schema has no path {path}{suggest_name(path, paths)}"


def _get_schema_id(target: Mapping[str, Any]) -> str:
    return str(get_member(target, "data", "schema", "id") or "")


def _keep_id_and_version(value: dict[str, Any]) -> dict[str, Any]:
    return {key: value[key] for key in ("id", "version") if key in value}


def _parse_number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _parse_bool(value: Any) -> Any:
    return {"true": True, "false": False}.get(str(value).lower(), value)


class DataflowProvider(DynamicProvider):
    """The provider that stands, as a reference to this class, in the state of every dataflow."""

    declaration: ClassVar[ResourceSchema] = ResourceSchema(
        _KIND,
        "flows",
        (
            *NAME_AND_DESCRIPTION,
            Field(
                "sourceConnectionIds", ("sourceConnectionIds",), "source_ids", required=True, replace_on_changes=True, type=list
            ),
            Field(
                "targetConnectionIds", ("targetConnectionIds",), "target_ids", required=True, replace_on_changes=True, type=list
            ),
            Field("flowSpecName", (), "flow_spec", required=True, replace_on_changes=True),
            Field(
                "flowSpec", ("flowSpec",), "flow_spec_version", type=dict, computed=True, replace_on_changes=True, normalize=_keep_id_and_version
            ),
            Field("startTime", (), "start_time", validate=validate_timestamp, normalize=normalize_timestamp),
            Field(
                "effectiveStart",
                ("scheduleParams", "startTime"),
                "effective_start",
                computed=True,
                encode=to_epoch_seconds,
                decode=from_epoch_seconds,
            ),
            Field("frequency", ("scheduleParams", "frequency"), "frequency", required=True),
            Field("interval", ("scheduleParams", "interval"), "interval", type=int, decode=_parse_number),
            Field("backfill", ("scheduleParams", "backfill"), "backfill", type=bool, decode=_parse_bool),
            Field("deltaColumn", (), "delta_column"),
            Field("mapping", (), "mapping", required=True, type=dict),
            Field("mappingSetId", (), "mapping_set_id", computed=True),
            Field("mappingSetVersion", (), "mapping_set_version", type=int, computed=True),
            Field(
                "transformations", ("transformations",), "transformations", type=list, computed=True, normalize=_normalize_transformations
            ),
            Field("enabled", (), "enabled", type=bool),
            DRAFT,
            ADOPT_ID,
        ),
        atomic_pointers=("/transformations/0", "/transformations/1"),
        duplicate_scope=(),
        has_connection_test=False,
        hooks=DataflowHooks(),
    )


class Dataflow(FlowServiceResource, module="adobe", name="Dataflow"):
    """Brings the rows of a source connection to the dataset of a target connection.

    Name, description, mapping, schedule and ``enabled`` are updated in place. Another source or target replaces it, and
    so does another start once the old one has passed. A new mapping is a new mapping set: Adobe lets nobody delete the
    old one, which then does nothing.
    """

    provider_class = DataflowProvider

    name: pulumi.Output[str]
    description: pulumi.Output[str | None]
    source_ids: pulumi.Output[Sequence[str]]
    target_ids: pulumi.Output[Sequence[str]]
    flow_spec: pulumi.Output[str]
    start_time: pulumi.Output[str | None]
    effective_start: pulumi.Output[str]
    frequency: pulumi.Output[str]
    interval: pulumi.Output[int | None]
    backfill: pulumi.Output[bool | None]
    delta_column: pulumi.Output[str | None]
    mapping: pulumi.Output[Mapping[str, str]]
    mapping_set_id: pulumi.Output[str]
    enabled: pulumi.Output[bool]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        source: SourceConnection | pulumi.Input[str],
        target: TargetConnection | pulumi.Input[str],
        mapping: pulumi.Input[Mapping[str, pulumi.Input[str]]],
        schedule: Schedule,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        flow_spec: str = TABLE_FLOW_SPEC,
        enabled: pulumi.Input[bool] = True,
        draft: bool | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare it.

        Args:
            resource_name: What Pulumi calls it.
            source: The source connection's resource, or its id.
            target: The target connection's resource, or its id.
            mapping: Each column's path in the schema, as in `{"order_id": "_id"}`.
            schedule: When it runs: `Schedule.daily(…)`, `hourly`, `weekly`, `every`, `once`.
            flow_spec: Adobe's name of the way: `CRMToAEP` for tables, `CloudStorageToAEP` for files.
            enabled: `False` switches it off; what it misses meanwhile comes with the first run after that.
            name: Its name in Experience Platform; the resource's where it is left out.
            description: What it is for.
            draft: `True` makes a draft, which is published as soon as that is taken away (Adobe: draft.md).
            adopt_id: The id of one to take over, where this one is not made yet; without effect afterwards.
            opts: Pulumi's options.
        """
        frequency, interval, backfill = schedule.frequency, schedule.interval, schedule.backfill
        problems = [
            *validate_schedule(frequency, interval, backfill, schedule.delta_column),
            *validate_mapping(mapping),
        ]
        if flow_spec == TABLE_FLOW_SPEC and frequency != "once" and not schedule.delta_column:
            problems.append("schedule.delta_column is missing")
        if problems:
            raise pulumi.RunError(f'{_KIND} "{resource_name}": {"; ".join(problems)}.')
        arguments = {
            "name": resource_name if name is None else name,
            "description": description,
            "source_ids": [source.id if isinstance(source, SourceConnection) else source],
            "target_ids": [target.id if isinstance(target, TargetConnection) else target],
            "flow_spec": flow_spec,
            "start_time": schedule.start_text,
            "frequency": frequency,
            "interval": interval,
            "backfill": backfill,
            "delta_column": schedule.delta_column,
            "mapping": mapping,
            "enabled": enabled,
            "draft": draft or None,
            "adopt_id": adopt_id,
        }
        super().__init__(resource_name, arguments, opts)
