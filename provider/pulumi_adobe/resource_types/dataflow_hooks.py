"""The life-cycle hooks of a dataflow: its mapping set, its flow spec, its first start, and whether it is enabled.

Adobe: crm.md, update-dataflows.md; the codes are those of "Sources error codes".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pulumi_adobe.flow_service.errors import ResponseError
from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.context import ProviderContext, describe_resource
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.wait import is_transient
from pulumi_adobe.resource_types.change_data_capture import has_change_data_capture
from pulumi_adobe.resource_types.dataflow import SCHEMA, build_transformations, get_mapping_set
from pulumi_adobe.resource_types.dataflow_checks import find_dataflow_problems, find_source_properties
from pulumi_adobe.resource_types.dataflow_drift import describe_disabled
from pulumi_adobe.resource_types.dataflow_import import find_import_inputs
from pulumi_adobe.resource_types.dataflow_mapping import build_set_of_dataflow, read_set_of_dataflow
from pulumi_adobe.resource_types.dataflow_refusals import describe_fixed_fields, describe_missing, explain_refusal
from pulumi_adobe.resource_types.dataflow_start import choose_start, find_start_problems, has_started, plan_start
from pulumi_adobe.resource_types.draft_hooks import DraftHooks, run_action
from pulumi_adobe.resource_types.flow_spec_rules import (
    TABLE_FLOW_SPEC,
    find_flow_spec_problems,
    may_lack_mapping,
    streams,
)
from pulumi_adobe.resource_types.mapping import validate_mapping
from pulumi_adobe.resource_types.schedule import validate_schedule
from pulumi_adobe.schema.values import UNKNOWN, Properties
from pulumi_adobe.timestamps import from_epoch_seconds

_PAUSE: Final = (
    "wait 5 minutes before data is sent to it, or some of the data may be lost (Adobe: streaming.md, http.md)"
)


class DataflowHooks(DraftHooks):
    """The hooks of a dataflow."""

    def validate(
        self, context: ProviderContext, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the problems of the schedule, and of the mapping against the columns and the XDM schema."""
        labels = context.get_labels(SCHEMA)
        flow_spec_problems = list(find_flow_spec_problems(labels, new_inputs))
        if flow_spec_problems:
            yield from flow_spec_problems
            return
        yield from validate_schedule(labels, new_inputs)
        is_recurring = new_inputs.get("frequency") not in {"once", UNKNOWN, None}
        resource = describe_resource(SCHEMA, new_inputs)
        lacks_delta_column = is_recurring and not new_inputs.get("deltaColumn")
        if new_inputs.get("flowSpecName") == TABLE_FLOW_SPEC and lacks_delta_column:
            source = find_source_properties(context, resource, new_inputs) or {}
            # No document says whether a dataflow of change data capture needs one: it may have one.
            yield from () if has_change_data_capture(source) else (f"{labels['deltaColumn']}: is missing",)
        yield from find_start_problems(context, prior_outputs, new_inputs)
        mapping = new_inputs.get("mapping")
        yield from validate_mapping(mapping)
        problems = find_dataflow_problems(context, resource, prior_outputs, new_inputs)
        yield from context.preview_checks.judge(resource, problems)

    def plan(self, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Properties:
        """Return the inputs, with `UNKNOWN` for each computed value whose input has changed."""
        planned_inputs = dict(new_inputs)
        if not prior_outputs:
            return planned_inputs
        new_mapping, prior_mapping = new_inputs.get("mapping"), prior_outputs.get("mapping")
        if new_mapping is not None and prior_mapping is not None and prior_mapping != new_mapping:
            planned_inputs |= {"mappingSetId": UNKNOWN, "mappingSetVersion": UNKNOWN}
        if prior_outputs.get("flowSpecName") not in {None, new_inputs.get("flowSpecName")}:
            planned_inputs["flowSpec"] = UNKNOWN
        start = plan_start(prior_outputs, new_inputs)
        if start is not None:
            # Not the start itself unless it is the one in force: by the time of the update it may have passed.
            planned_inputs["effectiveStart"] = start if start == prior_outputs.get("effectiveStart") else UNKNOWN
        return {**planned_inputs, **_list_transformations(prior_outputs, planned_inputs)}

    def requires_replace(
        self, context: ProviderContext, prior_outputs: Mapping[str, Any], planned_inputs: Mapping[str, Any]
    ) -> tuple[str, ...]:
        """Return the schedule fields that Adobe does not allow to change any more (codes 1366, 1403).

        Once the start has passed, start and backfill stay. A one-time dataflow stays one.
        """
        is_running = has_started(context, prior_outputs)
        is_moved = planned_inputs.get("effectiveStart") != prior_outputs.get("effectiveStart")
        frequencies = (prior_outputs.get("frequency"), planned_inputs.get("frequency"))
        has_mapping, had_mapping = (each.get("mapping") is not None for each in (planned_inputs, prior_outputs))
        changes = {
            "mapping": may_lack_mapping(planned_inputs.get("flowSpecName")) and has_mapping is not had_mapping,
            "startTime": is_running and is_moved,
            "frequency": "once" in frequencies and frequencies[0] != frequencies[1],
            "backfill": is_running and prior_outputs.get("backfill") != planned_inputs.get("backfill"),
        }
        draft = super().requires_replace(context, prior_outputs, planned_inputs)
        replaces = tuple(name for name, is_changed in changes.items() if is_changed)
        for text in describe_fixed_fields(context.get_labels(SCHEMA), prior_outputs, planned_inputs, replaces):
            context.show_message_once(text)
        return (*draft, *replaces)

    def deletes_before_replace(
        self, _context: ProviderContext, _id: str, prior_outputs: Mapping[str, Any], planned_inputs: Mapping[str, Any]
    ) -> bool:
        """Return True for a one-time dataflow: its run must not read beside that of its successor or predecessor.

        It is deleted right before its successor is created, when the new source and target connections exist.
        """
        return "once" in (prior_outputs.get("frequency"), planned_inputs.get("frequency"))

    def resolve(self, operation: ResourceOperation, planned_inputs: Mapping[str, Any]) -> Properties:
        """Return the inputs with the flow spec, a start that lies ahead, and a new mapping set where it is needed."""
        inputs, metadata = dict(planned_inputs), operation.context.metadata
        if not isinstance(inputs.get("flowSpec"), dict):
            inputs["flowSpec"] = metadata.get_flow_spec(str(planned_inputs["flowSpecName"]))
        if not isinstance(inputs.get("effectiveStart"), str) and not streams(inputs.get("flowSpecName")):
            inputs["effectiveStart"] = choose_start(operation, planned_inputs)
        if inputs.get("mapping") is not None and not isinstance(inputs.get("mappingSetId"), str):
            mapping_set = metadata.create_mapping_set(build_set_of_dataflow(operation, planned_inputs))
            inputs |= {"mappingSetId": mapping_set.id, "mappingSetVersion": mapping_set.version}
        return {**inputs, **_list_transformations(operation.prior_outputs, inputs)}

    def after_write(self, operation: ResourceOperation, id_: str, outputs: Properties) -> Properties:
        """Publish the dataflow, and enable or disable it as declared.

        A dataflow that the state does not know as disabled stays so: no preview has shown that it is enabled again.
        The outputs then say that it is disabled, so that the next preview shows it.
        """
        outputs = super().after_write(operation, id_, outputs)
        operation.context.dataflows.clear()
        if streams(outputs.get("flowSpecName")):
            operation.context.show_message(f"{operation.describe(id_)}: {_PAUSE}")
        desired_state = "disabled" if outputs.get("enabled") is False else "enabled"
        if outputs.get("state") not in {"enabled", "disabled"} or outputs["state"] == desired_state:
            return outputs
        prior_outputs = operation.prior_outputs
        if desired_state == "enabled" and prior_outputs and prior_outputs.get("enabled") is not False:
            for text in describe_disabled(operation, id_):
                operation.context.show_message(text)
            return {**outputs, "enabled": False}
        return run_action(operation, id_, outputs, desired_state.removesuffix("d"))

    def describe_drift(self, operation: ResourceOperation, id_: str, entity: Mapping[str, Any]) -> Iterable[str]:
        """Return since when, and after which runs, a dataflow is disabled that the program declares as enabled."""
        if entity.get("state") != "disabled" or operation.inputs.get("enabled") is False:
            return ()
        return describe_disabled(operation, id_, entity)

    def describe_missing(self, operation: ResourceOperation, id_: str) -> Iterable[str]:
        """Return that a label which somebody else gave the dataflow may hide it."""
        yield describe_missing(operation.describe(id_))

    def may_be_hidden(self, properties: Mapping[str, Any]) -> bool:
        """Return whether the dataflow has an access label, without which a read answers 404."""
        return bool(properties.get("labels"))

    def explain_refusal(
        self,
        context: ProviderContext,
        error: ResponseError,
        prior_outputs: Mapping[str, Any],
        new_inputs: Mapping[str, Any],
    ) -> str:
        """Return what to do about a labelled dataflow that is not found, and about options that may not change."""
        return explain_refusal(context.get_labels(SCHEMA), error, prior_outputs, new_inputs)

    def read_extra(
        self, operation: ResourceOperation, entity: Mapping[str, Any], prior_outputs: Mapping[str, Any]
    ) -> Properties:
        """Return whether the dataflow is enabled, and start, mapping and flow spec if they are not those declared."""
        state = entity.get("state")
        enabled = prior_outputs.get("enabled", True) if is_transient(state) else state != "disabled"
        extra: Properties = {"enabled": enabled}
        start = from_epoch_seconds(get_member(entity, "scheduleParams", "startTime"))
        if "startTime" in prior_outputs and prior_outputs.get("effectiveStart") != start:
            extra["startTime"] = start
        extra |= _find_other_flow_spec(operation, entity, prior_outputs)
        return {**extra, **read_set_of_dataflow(operation, entity, prior_outputs)}

    def find_import_inputs(self, context: ProviderContext, entity: Mapping[str, Any]) -> Properties:
        """Return flow spec, start, delta column and mapping of the dataflow, and whether it is enabled."""
        return {**super().find_import_inputs(context, entity), **find_import_inputs(context, entity)}

    def derive_outputs(self, entity: Mapping[str, Any]) -> Properties:
        """Return the mapping set, which the transformations of the dataflow name."""
        set_id, version = get_mapping_set(SCHEMA.from_entity(entity))
        return {} if set_id is None else {"mappingSetId": set_id, "mappingSetVersion": version}


def _list_transformations(prior_outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> Properties:
    """Return the transformations as a property; nothing for a dataflow without any, as Adobe shows it (http.md)."""
    transformations = [*_get_service_transformations(prior_outputs), *build_transformations(inputs)]
    return {"transformations": transformations} if transformations else {}


def _get_service_transformations(prior_outputs: Mapping[str, Any]) -> list[Any]:
    """Return the delta column that a run over a window wrote into a one-time dataflow, which declares none.

    Adobe: on-demand-ingestion.md.
    """
    if prior_outputs.get("frequency") != "once" or prior_outputs.get("deltaColumn"):
        return []
    transformations = prior_outputs.get("transformations") or []
    return [each for each in transformations if isinstance(each, dict) and each.get("name") == "Copy"]


def _find_other_flow_spec(
    operation: ResourceOperation, entity: Mapping[str, Any], prior_outputs: Mapping[str, Any]
) -> Properties:
    """Return another flow spec than the declared one, by its id, for a state that does not know it yet.

    An entity does not show the name.
    """
    declared, id_ = prior_outputs.get("flowSpecName"), get_member(entity, "flowSpec", "id")
    if "flowSpec" in prior_outputs or not isinstance(declared, str) or not isinstance(id_, str):
        return {}
    is_declared = operation.context.metadata.get_flow_spec(declared)["id"] == id_
    return {} if is_declared else {"flowSpecName": id_}
