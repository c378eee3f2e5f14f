"""The scheduler: makes the runs that are due when a client reads flows or runs, or the clock is advanced.

Adobe: monitor.md for what a run shows; the windows are those of `runSpec` (crm.md); the release notes of June 2026 for
the dataflows that the service disables. How Adobe's scheduler picks the moment is not documented: here a run begins at
its due time, and takes no time unless the scenario of the workspace says otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flow_service_emulator.clock import now
from flow_service_emulator.dataflows import row_copy, schedule
from flow_service_emulator.dataflows.change_feed import count_changes, write_changes
from flow_service_emulator.dataflows.flows import find_transformation
from flow_service_emulator.dataflows.run_results import RunWindow
from flow_service_emulator.dataflows.run_rules import apply_run_rule
from flow_service_emulator.dataflows.runs import begin_run, complete_run, create_run
from flow_service_emulator.dataflows.spark_key import check_spark_key
from flow_service_emulator.entities.entity import SERVICE, create_etag
from flow_service_emulator.entities.states import DRAFT
from flow_service_emulator.json_values import get_member
from flow_service_emulator.workspace.failures import find_run_rule

if TYPE_CHECKING:
    from flow_service_emulator.dataflows.run_results import RunResult
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity

MAX_RUNS_PER_UPDATE = 1000
"""The maximum number of runs of one flow in one update; the next update makes the others. Decided."""

DISABLED_AFTER: Final = 30 * 86_400_000
"""The milliseconds of failed runs without a good one after which the service disables a dataflow."""


def update_runs(emulator: Emulator) -> None:
    """Make the runs that are due, and complete those whose time is over."""
    for flow in emulator.stores["flows"].all():
        times = list_due_times(flow, now())
        for at in times:
            _complete_runs(emulator, flow, at)
            if flow.state != "enabled":
                break
            _start_planned_run(emulator, flow, at)
        if times and flow.state != "enabled" and flow.declared["scheduleParams"]["frequency"] != "once":
            # The planned times pass without runs; the next window begins where the last run ended.
            flow.notes["until"] = times[-1]
            emulator.stores["flows"].save(flow)
        _complete_runs(emulator, flow, now())


def list_due_times(flow: Entity, at: int) -> list[int]:
    """Return the planned times (epoch milliseconds) that are due and have had no run yet, the earliest first."""
    first = find_next_time(flow)
    if first is None or first > at:
        return []
    step = schedule.get_interval(flow.declared["scheduleParams"])
    return list(range(first, at + 1, step * 1000)[:MAX_RUNS_PER_UPDATE]) if step else [first]


def find_next_time(flow: Entity) -> int | None:
    """Return the first planned time (epoch milliseconds) that has had no run yet; None if no more are planned."""
    plan: dict[str, Any] = flow.declared.get("scheduleParams") or {}
    if flow.state == DRAFT or not schedule.is_valid_schedule(plan):
        return None
    last, step = flow.notes.get("until"), schedule.get_interval(plan)
    if last is None:
        return (schedule.get_start(plan) or 0) * 1000
    return int(last) + step * 1000 if step else None


def start_run(emulator: Emulator, flow: Entity, window: RunWindow, at: int, *, planned: bool = False) -> Entity:
    """Start a run over the rows of a window."""
    result, until = _compute_run_result(emulator, flow, window, at)
    run = create_run(flow, result, at, until)
    run.notes |= {"planned": planned, "delta": window.delta}
    _begin_run(emulator, flow, run, at)
    return run


def restart_run(emulator: Emulator, flow: Entity, failed: Entity, at: int) -> None:
    """Run a failed run again, as the same run and over the same window."""
    window = failed.declared["activities"][0]["durationSummary"]["extensions"]
    delta = failed.notes.get("delta")
    result, until = _compute_run_result(
        emulator, flow, RunWindow(window["windowStart"], window["windowEnd"], delta), at
    )
    begin_run(failed, result, at, until)
    failed.record_change(SERVICE, SERVICE)
    _begin_run(emulator, flow, failed, at)


def _compute_run_result(emulator: Emulator, flow: Entity, window: RunWindow, at: int) -> tuple[RunResult, int]:
    """Compute the result of a run, and the time at which the run completes."""
    rule = find_run_rule(emulator.scenario.runs, str(flow.declared.get("name")))
    result = row_copy.copy_rows(emulator, flow, window)
    check_spark_key(emulator, flow, result)
    apply_run_rule(rule, result)
    count_changes(emulator, flow, result)
    return result, at + round(rule.seconds * 1000)


def _begin_run(emulator: Emulator, flow: Entity, run: Entity, at: int) -> None:
    if run.notes["until"] <= at:
        _complete_run(emulator, flow, run)
    else:
        emulator.stores["runs"].save(run)
        flow.notes["running"] = [*flow.notes.get("running", []), run.id]
        flow.notes["lastRun"] = {"id": run.id, "state": run.state, "startedAtUTC": at}
    emulator.stores["flows"].save(flow)


def _complete_runs(emulator: Emulator, flow: Entity, at: int) -> None:
    """Complete the runs of a flow that have ended by this time."""
    under_way = [emulator.stores["runs"].find(id_) for id_ in flow.notes.get("running", [])]
    ended = [run for run in under_way if run is not None and run.notes["until"] <= at]
    if not ended:
        return
    for run in ended:
        flow.notes["running"].remove(run.id)
        _complete_run(emulator, flow, run)
    emulator.stores["flows"].save(flow)


def _complete_run(emulator: Emulator, flow: Entity, run: Entity) -> None:
    complete_run(run)
    write_changes(emulator, run)
    emulator.stores["runs"].save(run)
    times = run.declared["metrics"]["durationSummary"]
    flow.notes["lastRun"] = {"id": run.id, "state": run.state, **times}
    if run.state == "failed":
        _disable_after_lasting_failure(flow, times["completedAtUTC"])
        return
    flow.notes.pop("failingSince", None)
    flow.notes["feed"] = {**flow.notes.get("feed", {}), **run.notes.get("feed", {})}
    if run.notes["planned"]:
        end = run.declared["activities"][0]["durationSummary"]["extensions"]["windowEnd"]
        flow.notes["windowEnd"] = max(end, flow.notes.get("windowEnd", 0))


def _disable_after_lasting_failure(flow: Entity, at: int) -> None:
    """Disable a flow whose runs have all failed for 30 days. Decided: a successful run restarts the count."""
    since = flow.notes.setdefault("failingSince", at)
    if at - since < DISABLED_AFTER or flow.state != "enabled":
        return
    flow.state = "disabled"
    flow.updated_by, flow.updated_client, flow.updated_at, flow.etag = SERVICE, SERVICE, at, create_etag()
    del flow.notes["failingSince"]


def _start_planned_run(emulator: Emulator, flow: Entity, at: int) -> None:
    """Start a planned run over a window from the end of the last good run, with what a failed run has missed."""
    plan = flow.declared["scheduleParams"]
    earliest = 0 if schedule.parse_flag(plan.get("backfill")) else (schedule.get_start(plan) or 0) * 1000
    delta = get_member(find_transformation(flow.declared, "Copy"), "deltaColumn", "name")
    flow.notes["until"] = at
    start_run(emulator, flow, RunWindow(flow.notes.get("windowEnd", earliest), at, delta), at, planned=True)
