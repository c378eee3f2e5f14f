"""The life-cycle hooks of a dataflow: its mapping set, its flow spec, its first start, and whether it is enabled.

Adobe: crm.md, update-dataflows.md; the codes are those of "Sources error codes".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.context import ProviderContext, describe_resource
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.resource_types.dataflow import SCHEMA, TABLE_FLOW_SPEC, build_transformations
from pulumi_adobe.resource_types.dataflow_checks import find_dataflow_problems
from pulumi_adobe.resource_types.draft_hooks import DraftHooks, run_action
from pulumi_adobe.resource_types.mapping import build_mappings, validate_mapping
from pulumi_adobe.resource_types.schedule import find_next_start, validate_schedule
from pulumi_adobe.schema.values import UNKNOWN, Properties
from pulumi_adobe.timestamps import format_timestamp, from_epoch_seconds, parse_timestamp, validate_timestamp

_START_MARGIN: Final = timedelta(minutes=1)
"""Without a declared start a dataflow begins so long after its creation: Adobe refuses a start in the past."""

_SCHEDULE_FIELDS: Final = ("frequency", "interval", "backfill", "deltaColumn")


class DataflowHooks(DraftHooks):
    """The hooks of a dataflow."""

    def validate(
        self, context: ProviderContext, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the problems of the schedule, and of the mapping against the columns and the XDM schema."""
        values = (None if new_inputs.get(name) is UNKNOWN else new_inputs.get(name) for name in _SCHEDULE_FIELDS)
        yield from validate_schedule(*values)
        is_recurring = new_inputs.get("frequency") not in {"once", UNKNOWN, None}
        if new_inputs.get("flowSpecName") == TABLE_FLOW_SPEC and is_recurring and not new_inputs.get("deltaColumn"):
            yield "schedule.delta_column is missing"
        start = new_inputs.get("startTime")
        is_replacement = context.claims.is_replacement(str(new_inputs.get("owner")))
        is_known_start = prior_outputs.get("startTime") == start or is_replacement
        if isinstance(start, str) and not is_known_start and parse_timestamp(start) < _now() - _START_MARGIN:
            yield f"schedule.start has passed: {start}"
        mapping = new_inputs.get("mapping")
        yield from validate_mapping(mapping)
        resource = describe_resource(SCHEMA, new_inputs)
        problems = find_dataflow_problems(context, resource, prior_outputs, new_inputs)
        yield from context.preview_checks.judge(resource, problems)

    def plan(self, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Properties:
        """Return the inputs, with `UNKNOWN` for each computed value whose input has changed."""
        planned_inputs = dict(new_inputs)
        if not prior_outputs:
            return planned_inputs
        if prior_outputs.get("mapping") != new_inputs.get("mapping") and prior_outputs.get("mapping") is not None:
            planned_inputs |= {"mappingSetId": UNKNOWN, "mappingSetVersion": UNKNOWN}
        if prior_outputs.get("flowSpecName") not in {None, new_inputs.get("flowSpecName")}:
            planned_inputs["flowSpec"] = UNKNOWN
        start, prior_start = new_inputs.get("startTime"), prior_outputs.get("startTime")
        if start is not None and start != prior_start and prior_start is not None:
            planned_inputs["effectiveStart"] = start
        return {**planned_inputs, "transformations": build_transformations(planned_inputs)}

    def requires_replace(self, prior_outputs: Mapping[str, Any], planned_inputs: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the schedule fields that Adobe does not allow to change any more (codes 1366, 1403).

        Once the start has passed, start and backfill stay. A one-time dataflow stays one.
        """
        effective_start = prior_outputs.get("effectiveStart")
        has_started = (
            isinstance(effective_start, str)
            and validate_timestamp(effective_start) is None
            and parse_timestamp(effective_start) <= _now()
        )
        frequencies = (prior_outputs.get("frequency"), planned_inputs.get("frequency"))
        changes = {
            "startTime": has_started and planned_inputs.get("effectiveStart") != effective_start,
            "frequency": "once" in frequencies and frequencies[0] != frequencies[1],
            "backfill": has_started and prior_outputs.get("backfill") != planned_inputs.get("backfill"),
        }
        draft = super().requires_replace(prior_outputs, planned_inputs)
        return (*draft, *(name for name, is_changed in changes.items() if is_changed))

    def resolve(self, operation: ResourceOperation, planned_inputs: Mapping[str, Any]) -> Properties:
        """Return the inputs with the flow spec, a start that lies ahead, and a new mapping set where it is needed."""
        inputs, metadata = dict(planned_inputs), operation.context.metadata
        if not isinstance(inputs.get("flowSpec"), dict):
            inputs["flowSpec"] = metadata.get_flow_spec(str(planned_inputs["flowSpecName"]))
        if inputs.get("effectiveStart") is None:
            inputs["effectiveStart"] = _choose_first_start(operation, planned_inputs)
        if not isinstance(inputs.get("mappingSetId"), str):
            target = operation.service.get("targetConnections", str(planned_inputs["targetConnectionIds"][0]))
            mappings = build_mappings(planned_inputs["mapping"])
            mapping_set = metadata.create_mapping_set(_get_schema_id(target), mappings)
            inputs |= {"mappingSetId": mapping_set.id, "mappingSetVersion": mapping_set.version}
        return {**inputs, "transformations": build_transformations(inputs)}

    def after_write(self, operation: ResourceOperation, id_: str, outputs: Properties) -> Properties:
        """Publish the dataflow, and enable or disable it as declared."""
        outputs = super().after_write(operation, id_, outputs)
        operation.context.dataflows.clear()
        desired_state = "disabled" if outputs.get("enabled") is False else "enabled"
        if outputs.get("state") not in {"enabled", "disabled"} or outputs["state"] == desired_state:
            return outputs
        return run_action(operation, id_, outputs, desired_state.removesuffix("d"))

    def read_extra(self, entity: Mapping[str, Any], prior_outputs: Mapping[str, Any]) -> Properties:
        """Return whether the dataflow is enabled, and the start if somebody has moved it."""
        extra: Properties = {"enabled": entity.get("state") != "disabled"}
        start = from_epoch_seconds(get_member(entity, "scheduleParams", "startTime"))
        if "startTime" in prior_outputs and prior_outputs.get("effectiveStart") != start:
            extra["startTime"] = start
        return extra


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _choose_first_start(operation: ResourceOperation, inputs: Mapping[str, Any]) -> str:
    """Return the declared start or, if it has passed (as after a replacement), the next time of the schedule."""
    now, declared_start = operation.service.service_time(), inputs.get("startTime")
    earliest_start = format_timestamp(now + _START_MARGIN)
    if declared_start is None:
        return earliest_start
    if parse_timestamp(str(declared_start)) > now:
        return str(declared_start)
    frequency = str(inputs["frequency"])
    start = earliest_start
    if frequency != "once":
        start = find_next_start(str(declared_start), frequency, int(inputs["interval"]), now)
    operation.context.show_message(f"{operation.describe()}: its start has passed, so it begins at {start}")
    return start


def _get_schema_id(target: Mapping[str, Any]) -> str:
    return str(get_member(target, "data", "schema", "id") or "")
