"""Makes the runs whose time has come: on every look at flows or runs, and when the clock is turned.

Adobe: monitor.md for what a run shows; the windows are those of `runSpec` (crm.md). How Adobe's scheduler picks the
moment is not documented: here a run begins at its due time and takes no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flow_service_emulator.clock import now
from flow_service_emulator.dataflows import moving, schedule
from flow_service_emulator.dataflows.runs import new_run

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.store import Document

MOST_AT_ONCE = 1000
"""Of one flow, at one look: who turns the clock by years gets the rest at the next look. Decided."""


def settle(emulator: Emulator) -> None:
    """Make what is due."""
    for flow in emulator.stores["flows"].all():
        for window in due(flow, now()):
            run(emulator, flow, *window)


def due(flow: Document, at: int) -> list[tuple[int, int]]:
    """The windows (epoch milliseconds) of the runs that are due and were not made; what was missed is not made up."""
    plan = flow.declared.get("scheduleParams")
    if not isinstance(plan, dict) or flow.state == "draft":
        return []
    first = (schedule.start(plan) or 0) * 1000
    step = (schedule.seconds_between(plan) or 0) * 1000
    last: int | None = flow.kept.get("until")
    begin = first if last is None else last + step
    if not step:
        ends = [first] if last is None and first <= at else []
    else:
        ends = list(range(begin, at + 1, step))[:MOST_AT_ONCE]
    if flow.state != "enabled":
        # While it is disabled its times pass by; the next window begins where the last run ended.
        return []
    earliest = 0 if schedule.truth(plan.get("backfill")) else first
    windows, since = [], flow.kept.get("windowEnd", earliest)
    for end in ends:
        windows.append((since, end))
        since = end
    return windows


def run(emulator: Emulator, flow: Document, begin: int, end: int) -> Document:
    """One run over the rows of this window."""
    made = new_run(flow, moving.move(emulator, flow, begin, end), begin, end)
    emulator.stores["runs"].save(made)
    rows: list[dict[str, Any]] = made.kept.pop("rows")
    if rows:
        emulator.lake.add_rows(made.kept["dataset"], flow.org, flow.sandbox, made.id, rows)
    succeeded = made.state == "success"
    flow.kept["until"] = end
    if succeeded:
        flow.kept["windowEnd"] = end
    flow.kept["lastRun"] = {"id": made.id, "state": made.state, "startedAtUTC": end, "completedAtUTC": end}
    emulator.stores["flows"].save(flow)
    return made
