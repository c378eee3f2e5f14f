"""The view of dataflows and their runs on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flow_service_emulator.console.dataset_views import DatasetLink, build_link
from flow_service_emulator.console.formats import format_text
from flow_service_emulator.console.masking import mask_json
from flow_service_emulator.console.places import Place
from flow_service_emulator.dataflows import schedule, scheduler
from flow_service_emulator.dataflows.flows import find_transformation, list_linked_connections
from flow_service_emulator.json_values import get_member
from flow_service_emulator.lake.mappings import parse_entries

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity


@dataclass(frozen=True)
class RunView:
    """One run on a page: times in epoch milliseconds; ``errors`` are the messages of a failed run."""

    id: str
    at: int
    state: str
    read: Any
    written: Any
    window: tuple[Any, Any]
    errors: list[str]


@dataclass(frozen=True)
class FlowView:
    """One dataflow on a page: the ``tables`` that it reads, the ``datasets`` that it writes."""

    id: str
    name: str
    place: Place
    state: str
    etag: str
    tables: str
    datasets: list[DatasetLink]
    timetable: str
    next_at: int | None
    last: RunView | None


def build_flow_view(emulator: Emulator, flow: Entity) -> FlowView:
    """Return a dataflow in the form in which a page of the console shows it."""
    sources, targets = (
        list_linked_connections(emulator, flow, kind) for kind in ("sourceConnections", "targetConnections")
    )
    last = emulator.stores["runs"].find(get_member(flow.notes, "lastRun", "id"))
    return FlowView(
        id=flow.id,
        name=format_text(flow.declared.get("name")) or "(no name)",
        place=Place.from_entity(flow),
        state=flow.state,
        etag=flow.etag,
        tables=", ".join(map(get_table_name, sources)),
        datasets=[build_link(emulator, target) for target in targets],
        timetable=describe_schedule(flow.declared.get("scheduleParams")),
        next_at=find_next_time(flow),
        last=build_run_view(last) if last else None,
    )


def list_flow_views(emulator: Emulator, place: Place, sought: str) -> list[FlowView]:
    """Return the dataflows of a place whose name, id, tables or datasets have the text."""
    word = sought.casefold()
    views = [build_flow_view(emulator, flow) for flow in emulator.stores["flows"].all() if place.contains(flow)]
    return [view for view in views if word in _get_searched_text(view).casefold()]


def _get_searched_text(view: FlowView) -> str:
    return " ".join((view.name, view.id, view.tables, *(dataset.name for dataset in view.datasets)))


def get_table_name(source: Entity) -> str:
    """Return the table or the file that a source connection reads."""
    return format_text(
        get_member(source.declared, "params", "tableName") or get_member(source.declared, "params", "path")
    )


def list_mappings(emulator: Emulator, flow: Entity) -> list[dict[str, Any]]:
    """Return the source and the XDM path of each mapping, of the newest version of the mapping set."""
    id_ = (find_transformation(flow.declared, "Mapping") or {}).get("mappingId")
    entries = parse_entries(emulator.lake.find_mapping_set(id_, flow.org, flow.sandbox) or {})
    return list(mask_json([{"source": entry.source, "destination": entry.destination} for entry in entries]))


def list_run_views(emulator: Emulator, flow_id: str) -> list[RunView]:
    """Return the runs of a dataflow, the newest first."""
    runs = [run for run in emulator.stores["runs"].all() if run.declared.get("flowId") == flow_id]
    return [build_run_view(run) for run in reversed(runs)]


def build_run_view(run: Entity) -> RunView:
    """Return a run in the form in which a page of the console shows it."""
    metrics = run.declared["metrics"]
    records, errors = metrics["recordSummary"], metrics["statusSummary"].get("errors") or []
    window = get_member(run.declared["activities"][0], "durationSummary", "extensions") or {}
    return RunView(
        id=run.id,
        at=run.created_at,
        state=run.state,
        read=records["inputRecordCount"],
        written=records["outputRecordCount"],
        window=(window.get("windowStart"), window.get("windowEnd")),
        errors=[format_text(error.get("message")) for error in errors],
    )


def describe_schedule(plan: Any) -> str:
    """Return a schedule in words: `every day`, `every 15 minutes`, `once`; an empty text for an invalid one."""
    if not schedule.is_valid_schedule(plan):
        return ""
    if plan["frequency"] == "once":
        return "once"
    count = schedule.parse_number(plan.get("interval")) or 1
    return f"every {plan['frequency']}" if count == 1 else f"every {count} {plan['frequency']}s"


def find_next_time(flow: Entity) -> int | None:
    """Return the next planned time; None if there is none, or if the dataflow is disabled."""
    return None if flow.state == "disabled" else scheduler.find_next_time(flow)
