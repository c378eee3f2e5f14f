"""What the flow spec of a dataflow allows and needs: a schedule, a mapping, options. Nothing here sends a request.

Adobe: crm.md, cloud-storage.md, streaming.md, http.md, lava.md. The flow specs are data, in the catalogue of sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi_adobe.sources import ConnectionSpec
from pulumi_adobe.sources.families import FlowSpec, find_flow_spec

TABLE_FLOW_SPEC: Final = "CRMToAEP"
"""Adobe's flow spec for databases, CRM and the like; that for files is CloudStorageToAEP."""

INLET_URL: Final = "inletUrl"

_SCHEDULE_FIELDS: Final = ("frequency", "interval", "startTime", "backfill", "deltaColumn")
_OPTION_FIELDS: Final = ("errorDiagnostics", "partialIngestionPercent")
_BATCH_FIELDS: Final = frozenset({*_SCHEDULE_FIELDS, *_OPTION_FIELDS, "effectiveStart"})


def choose_flow_spec(source: ConnectionSpec | None, *, has_mapping: bool) -> str:
    """Return the name of the flow spec for dataflows from a source.

    Args:
        source: The source; None if the catalogue lacks it, which is then taken for a source of tables.
        has_mapping: Whether the dataflow has a mapping, which decides for a source with two flow specs.
    """
    if source is None:
        return TABLE_FLOW_SPEC
    fitting = [spec for spec in source.flow_specs if spec.fits_mapping(has_mapping=has_mapping)]
    return (fitting or source.flow_specs)[0].name


def streams(flow_spec_name: object) -> bool:
    """Return whether dataflows of this flow spec have no schedule, because the source sends its data."""
    flow_spec = find_flow_spec(flow_spec_name)
    return flow_spec is not None and not flow_spec.has_schedule


def may_lack_mapping(flow_spec_name: object) -> bool:
    """Return whether dataflows of this flow spec may have a mapping or none."""
    flow_spec = find_flow_spec(flow_spec_name)
    return flow_spec is not None and flow_spec.mapping == "optional"


def find_flow_spec_problems(labels: Mapping[str, str], inputs: Mapping[str, Any]) -> Iterator[str]:
    """Return what the flow spec of a dataflow does not allow, and what is missing of what it needs.

    Args:
        labels: What the program calls the fields of a dataflow.
        inputs: The properties of the dataflow. `UNKNOWN` counts as given.
    """
    name = inputs.get("flowSpecName")
    flow_spec, has_mapping = find_flow_spec(name), inputs.get("mapping") is not None
    if flow_spec is None or flow_spec.has_schedule:
        if inputs.get("frequency") is None:
            yield f'{labels["frequency"]}: is missing. A dataflow of "{name}" runs on a schedule, such as once or day'
    else:
        yield from _find_stream_problems(flow_spec, labels, inputs)
    if not has_mapping and (flow_spec is None or flow_spec.mapping == "required"):
        yield f'{labels["mapping"]}: is missing. A dataflow of "{name}" needs one'
    if has_mapping and flow_spec is not None and flow_spec.mapping == "none":
        yield f'{labels["mapping"]}: a dataflow of "{name}" has none, because its data are XDM already. Remove it'


def _find_stream_problems(flow_spec: FlowSpec, labels: Mapping[str, str], inputs: Mapping[str, Any]) -> Iterator[str]:
    schedule = dict.fromkeys(labels[name] for name in _SCHEDULE_FIELDS if inputs.get(name) is not None)
    if schedule:
        names = " and ".join(schedule)
        yield f'{names}: a dataflow of "{flow_spec.name}" has no schedule, because its data stream. Remove {names}'
    for name in _OPTION_FIELDS:
        if inputs.get(name) is not None:
            yield f'{labels[name]}: a dataflow of "{flow_spec.name}" has no such option. Remove it'


def list_absent_fields(flow_spec_name: object) -> frozenset[str]:
    """Return the names of the fields that dataflows of a flow spec cannot have."""
    flow_spec = find_flow_spec(flow_spec_name)
    absent = _BATCH_FIELDS if streams(flow_spec_name) else frozenset[str]()
    return absent if flow_spec is not None and flow_spec.has_inlet else absent | {INLET_URL}
