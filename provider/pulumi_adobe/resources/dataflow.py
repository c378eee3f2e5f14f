"""A dataflow: brings what a source connection reads to a target connection, through a mapping, on a schedule.

Adobe: crm.md ("Create a dataflow for CRM sources"), update-dataflows.md, draft.md; `/action` in flow-service.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Final

import pulumi

from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resource_types.dataflow import SCHEMA, SOURCE_OWNER, TARGET_OWNER
from pulumi_adobe.resource_types.flow_spec_rules import TABLE_FLOW_SPEC, choose_flow_spec, find_flow_spec_problems
from pulumi_adobe.resource_types.mapping import list_columns, validate_mapping
from pulumi_adobe.resource_types.schedule import Schedule, validate_schedule
from pulumi_adobe.resources.base import FlowServiceResource
from pulumi_adobe.resources.mapping import MappingInput, MappingOutput, declare_mapping
from pulumi_adobe.resources.program_messages import build_arguments_error, show_warning
from pulumi_adobe.resources.source_connection import SourceConnection
from pulumi_adobe.resources.target_connection import TargetConnection

_TYPE_NAME: Final = "Dataflow"
_SCHEDULE_LABELS: Final = {
    name: "schedule" if label.startswith("schedule.") else label for name, label in SCHEMA.labels.items()
}
"""What a program gives in one argument, for problems of all of it."""


class DataflowProvider(DynamicProvider):
    """The provider that every state with a dataflow refers to by module and name."""

    resource_type: ClassVar[str] = _TYPE_NAME


class Dataflow(FlowServiceResource, module="adobe", name="Dataflow"):
    """Copies what a source connection reads to the dataset of a target connection, on a schedule or as it streams.

    An update changes name, description, mapping, schedule and ``enabled`` in place. Another source or target replaces
    the dataflow, and so does another start if the old one has passed. The new dataflow is created before the old one
    is deleted, except for a one-time dataflow, which is deleted first. For a changed mapping, a new mapping set is
    created. The old set has no effect, but it remains, because Adobe does not allow to delete it.

    Adobe does not allow to change ``schedule.start`` and ``schedule.backfill`` after the start has passed, or to change
    a one-time schedule to a recurring one or the reverse. The preview names the field, and the update replaces the
    dataflow. No document says whether ``error_diagnostics`` and ``partial_ingestion_percent`` may change, so the update
    tries it. If Adobe refuses, nothing is changed, and the error says how to replace the dataflow.

    If a refresh does not find a dataflow with ``labels``, the dataflow may have been deleted, or it may be hidden from
    credentials without the label. The refresh then fails, and the error names both possibilities.

    The first run of a new dataflow reads all rows of the table (Adobe's default). If the dataflow replaces another one,
    or was renamed in the program without an alias, the dataset then has these rows twice. With ``backfill=False`` in
    the schedule, the first run reads only what changes after the start.

    A dataflow from a source that streams has no ``schedule`` and no options. A dataflow from a webhook has
    ``inlet_url``, the address to which the source sends its data. After a create or an update, wait 5 minutes before
    you send data. No document says which of these dataflows may change in place, so the update tries it.

    Flow Service disables a dataflow that fails for 30 days. `pulumi refresh` shows this as a change of ``enabled``,
    with the date and the error of the last runs. An update enables such a dataflow only if the preview has shown it.
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
    mapping: pulumi.Output[MappingOutput]
    mapping_set_id: pulumi.Output[str]
    error_diagnostics: pulumi.Output[bool | None]
    partial_ingestion_percent: pulumi.Output[int | None]
    labels: pulumi.Output[Sequence[str] | None]
    enabled: pulumi.Output[bool]
    inlet_url: pulumi.Output[str | None]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        source: SourceConnection | pulumi.Input[str],
        target: TargetConnection | pulumi.Input[str],
        mapping: MappingInput | None = None,
        schedule: Schedule | None = None,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        flow_spec: str | None = None,
        error_diagnostics: bool | None = None,
        partial_ingestion_percent: int | None = None,
        labels: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        enabled: pulumi.Input[bool] = True,
        draft: bool | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a dataflow.

        Args:
            resource_name: The resource's name in Pulumi.
            source: The source connection's resource, or its id.
            target: The target connection's resource, or its id.
            mapping: The path in the XDM schema for each column, as in `{"order_id": "_id"}`, or a list of `Mapping`,
                which also has calculated fields, constants, and columns that go to several paths. Omit it for streams
                whose data are XDM already.
            schedule: When the dataflow runs: `Schedule.daily(…)`, `hourly`, `weekly`, `every` or `once`. Omit it for a
                source that streams.
            flow_spec: The name of Adobe's flow spec; by default that of the source, by the catalogue. If `source` is an
                id, the default is `CRMToAEP`, for tables.
            error_diagnostics: If `True`, Experience Platform keeps each bad row with its error for 30 days. Adobe's
                default is `False`.
            partial_ingestion_percent: The share of bad rows, in percent, up to which a run still writes the good ones.
                By default, one bad row fails the whole batch. Turns on `error_diagnostics`, as Adobe's user interface
                does, unless that is `False`.
            labels: The access labels, such as `core/C12`; runs inherit them. Set by a PATCH right after the create.
                Credentials whose role lacks one of them can neither read, change nor delete the dataflow.
            enabled: If `False`, the dataflow does not run. The first run after that reads what was missed.
            name: The name in Experience Platform; by default the resource's name in Pulumi.
            description: The purpose.
            draft: If `True`, a draft is created. It is published once the argument is removed (Adobe: draft.md).
            adopt_id: The id of an existing dataflow to adopt. Has no effect once this resource exists.
            opts: Pulumi's resource options.
        """
        declared_mapping = declare_mapping(mapping)
        source_spec = source.source_spec if isinstance(source, SourceConnection) else None
        flow_spec = flow_spec or choose_flow_spec(source_spec, has_mapping=declared_mapping is not None)
        schedule_values = _list_schedule_values(schedule)
        needs_delta_column = isinstance(source, SourceConnection) and not source.may_report_changes
        options = {
            "errorDiagnostics": error_diagnostics or None,
            "partialIngestionPercent": partial_ingestion_percent,
        }
        flow_spec_inputs = {"flowSpecName": flow_spec, "mapping": declared_mapping, **schedule_values, **options}
        problems = [
            *find_flow_spec_problems(_SCHEDULE_LABELS, flow_spec_inputs),
            *_find_schedule_problems(schedule, needs_delta_column=needs_delta_column and flow_spec == TABLE_FLOW_SPEC),
            *validate_mapping(declared_mapping),
        ]
        if problems:
            raise build_arguments_error(_TYPE_NAME, resource_name, problems)
        if declared_mapping is None and isinstance(source, SourceConnection) and source.has_raw_data:
            show_warning(
                f'Dataflow "{resource_name}": the base connection receives raw data (dataType), and the dataflow has '
                'no mapping. Only XDM data need none: give a mapping, or "dataType": "xdm".'
            )
        arguments = {
            "name": name,
            "description": description,
            "source_ids": [source.id if isinstance(source, SourceConnection) else source],
            "target_ids": [target.id if isinstance(target, TargetConnection) else target],
            "flow_spec": flow_spec,
            "start_time": schedule_values.get("startTime"),
            "frequency": schedule_values.get("frequency"),
            "interval": schedule_values.get("interval"),
            "backfill": schedule_values.get("backfill"),
            "delta_column": schedule_values.get("deltaColumn"),
            "mapping": declared_mapping,
            "error_diagnostics": error_diagnostics,
            "partial_ingestion_percent": partial_ingestion_percent,
            "labels": labels,
            "enabled": enabled,
            "draft": draft,
            "adopt_id": adopt_id,
        }
        owners = {
            name: connection.resource_owner
            for name, connection in ((SOURCE_OWNER, source), (TARGET_OWNER, target))
            if isinstance(connection, FlowServiceResource)
        }
        super().__init__(resource_name, arguments, opts, owners)
        if isinstance(source, SourceConnection) and not _ignores_declared_columns(opts):
            delta_column = schedule.delta_column if schedule is not None else None
            source.record_dataflow(resource_name, list_columns(declared_mapping), delta_column)


def _list_schedule_values(schedule: Schedule | None) -> dict[str, Any]:
    """Return the properties that a schedule declares; none without a schedule."""
    if schedule is None:
        return {}
    return {
        "frequency": schedule.frequency,
        "interval": schedule.interval,
        "startTime": schedule.start_text,
        "backfill": schedule.backfill,
        "deltaColumn": schedule.delta_column,
    }


def _find_schedule_problems(schedule: Schedule | None, *, needs_delta_column: bool) -> Iterator[str]:
    if schedule is None:
        return
    labels = dict(SCHEMA.labels)
    if schedule.frequency != "once" and schedule.interval is not None:
        # The short forms, which programs use, have an argument for each: `Schedule.every(minutes=…)`.
        labels["interval"] = f"schedule.{schedule.frequency}s"
    yield from validate_schedule(labels, _list_schedule_values(schedule))
    if needs_delta_column and schedule.frequency != "once" and not schedule.delta_column:
        yield f"{labels['deltaColumn']}: is missing"


def _ignores_declared_columns(opts: pulumi.ResourceOptions | None) -> bool:
    """Return whether the columns in the state may apply instead of those that the program declares."""
    return opts is not None and bool(opts.ignore_changes or opts.id)
