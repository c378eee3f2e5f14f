"""What the pages show of dataflows and their runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flow_service_emulator.checks import member
from flow_service_emulator.console.formats import text
from flow_service_emulator.console.masking import masked
from flow_service_emulator.console.places import Place
from flow_service_emulator.dataflows import schedule
from flow_service_emulator.dataflows.flows import linked, transformation
from flow_service_emulator.dataflows.scheduler import next_planned
from flow_service_emulator.lake.mappings import entries_of

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity


@dataclass(frozen=True)
class RunView:
    """Times in epoch milliseconds; ``errors`` are the messages of a failed one."""

    id: str
    at: int
    state: str
    read: Any
    written: Any
    window: tuple[Any, Any]
    errors: list[str]


@dataclass(frozen=True)
class FlowView:
    """``tables`` and ``datasets`` are what it reads and writes; ``next_at`` in epoch milliseconds."""

    id: str
    name: str
    place: Place
    state: str
    etag: str
    tables: str
    datasets: str
    timetable: str
    next_at: int | None
    last: RunView | None


def view(emulator: Emulator, flow: Entity) -> FlowView:
    """One dataflow."""
    sources, targets = (linked(emulator, flow, kind) for kind in ("sourceConnections", "targetConnections"))
    last = emulator.stores["runs"].find(member(flow.kept, "lastRun", "id"))
    return FlowView(
        id=flow.id,
        name=text(flow.declared.get("name")) or "(no name)",
        place=Place.of(flow),
        state=flow.state,
        etag=flow.etag,
        tables=", ".join(map(table, sources)),
        datasets=", ".join(dataset(emulator, each) for each in targets),
        timetable=timetable(flow.declared.get("scheduleParams")),
        next_at=next_at(flow),
        last=run_view(last) if last else None,
    )


def table(source: Entity) -> str:
    """The table or the file that a source connection reads."""
    return text(member(source.declared, "params", "tableName") or member(source.declared, "params", "path"))


def dataset(emulator: Emulator, target: Entity) -> str:
    """The name of the dataset that a target connection writes to, or its id."""
    id_ = text(member(target.declared, "params", "dataSetId"))
    found = emulator.lake.dataset(id_, target.org, target.sandbox) or {}
    return text(found.get("name")) or id_


def mappings(emulator: Emulator, flow: Entity) -> list[dict[str, Any]]:
    """What goes to which XDM path, of the newest version of its mapping set."""
    id_ = (transformation(flow.declared, "Mapping") or {}).get("mappingId")
    entries = entries_of(emulator.lake.mapping_set(id_, flow.org, flow.sandbox) or {})
    return list(masked([{"source": entry.source, "destination": entry.destination} for entry in entries]))


def runs(emulator: Emulator, flow_id: str) -> list[RunView]:
    """The newest first."""
    of_flow = [each for each in emulator.stores["runs"].all() if each.declared.get("flowId") == flow_id]
    return [run_view(each) for each in reversed(of_flow)]


def run_view(run: Entity) -> RunView:
    """One run."""
    metrics = run.declared["metrics"]
    records, errors = metrics["recordSummary"], metrics["statusSummary"].get("errors") or []
    window = member(run.declared["activities"][0], "durationSummary", "extensions") or {}
    return RunView(
        id=run.id,
        at=run.created_at,
        state=run.state,
        read=records["inputRecordCount"],
        written=records["outputRecordCount"],
        window=(window.get("windowStart"), window.get("windowEnd")),
        errors=[text(each.get("message")) for each in errors],
    )


def timetable(plan: Any) -> str:
    """`every day`, `every 15 minutes`, `once`; nothing for what is no schedule."""
    if not schedule.is_valid(plan):
        return ""
    if plan["frequency"] == "once":
        return "once"
    count = schedule.number(plan.get("interval")) or 1
    return f"every {plan['frequency']}" if count == 1 else f"every {count} {plan['frequency']}s"


def next_at(flow: Entity) -> int | None:
    """The next planned time; None where there is none, or where nothing runs."""
    return None if flow.state == "disabled" else next_planned(flow)
