"""Makes the runs whose time has come: on every look at flows or runs, and when the clock is turned.

Adobe: monitor.md for what a run shows; the windows are those of `runSpec` (crm.md). How Adobe's scheduler picks the
moment is not documented: here a run begins at its due time and takes no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flow_service_emulator.clock import now
from flow_service_emulator.connections.states import DRAFT
from flow_service_emulator.dataflows import moving, schedule
from flow_service_emulator.dataflows.flows import transformation
from flow_service_emulator.dataflows.moving import Window
from flow_service_emulator.dataflows.rules import member
from flow_service_emulator.dataflows.runs import new_run

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.store import Document

MOST_AT_ONCE = 1000
"""Of one flow, at one look: who turns the clock by years gets the rest at the next look. Decided."""


def settle(emulator: Emulator) -> None:
    """Make what is due."""
    for flow in emulator.stores["flows"].all():
        times = due(flow, now())
        if flow.state == "enabled":
            for at in times:
                _run_as_planned(emulator, flow, at)
        elif times and flow.declared["scheduleParams"]["frequency"] != "once":
            # Its times pass by; the next window begins where the last run ended.
            flow.kept["until"] = times[-1]
            emulator.stores["flows"].save(flow)


def due(flow: Document, at: int) -> list[int]:
    """The planned times (epoch milliseconds) that have come and were not dealt with yet, the earliest first."""
    first = next_planned(flow)
    if first is None or first > at:
        return []
    step = schedule.seconds_between(flow.declared["scheduleParams"])
    return list(range(first, at + 1, step * 1000)[:MOST_AT_ONCE]) if step else [first]


def next_planned(flow: Document) -> int | None:
    """The first planned time (epoch milliseconds) that was not dealt with yet; None where no more are planned."""
    plan: dict[str, Any] = flow.declared.get("scheduleParams") or {}
    if flow.state == DRAFT or not schedule.is_valid(plan):
        return None
    last, step = flow.kept.get("until"), schedule.seconds_between(plan)
    if last is None:
        return (schedule.start(plan) or 0) * 1000
    return int(last) + step * 1000 if step else None


def run(emulator: Emulator, flow: Document, window: Window, at: int) -> Document:
    """One run over the rows of this window."""
    moved = moving.move(emulator, flow, window)
    made = new_run(flow, moved, at)
    emulator.stores["runs"].save(made)
    emulator.lake.add_rows(moved.dataset, flow.org, flow.sandbox, made.id, moved.written)
    flow.kept["lastRun"] = {"id": made.id, "state": made.state, "startedAtUTC": at, "completedAtUTC": at}
    emulator.stores["flows"].save(flow)
    return made


def _run_as_planned(emulator: Emulator, flow: Document, at: int) -> None:
    """What a failed run has missed, the next one takes too: the window begins where the last good run ended."""
    plan = flow.declared["scheduleParams"]
    earliest = 0 if schedule.truth(plan.get("backfill")) else (schedule.start(plan) or 0) * 1000
    delta = member(transformation(flow.declared, "Copy"), "deltaColumn", "name")
    flow.kept["until"] = at
    made = run(emulator, flow, Window(flow.kept.get("windowEnd", earliest), at, delta), at)
    if made.state == "success":
        flow.kept["windowEnd"] = at
        emulator.stores["flows"].save(flow)
