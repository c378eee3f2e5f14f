"""`adobe-flow runs`: the runs of one dataflow, of a sandbox, or of all sandboxes."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from adobe_flow.aep.place import Place, open_place
from adobe_flow.exit_codes import DONE, FOUND
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, format_cell, format_minute, format_moment, print_result
from adobe_flow.progress import run_step, show_steps
from adobe_flow.runs.dataflow import Dataflow, DataflowList, find_dataflow_in_each_sandbox, list_dataflows
from adobe_flow.runs.rows import build_run_row, format_count, format_duration, print_run_errors
from adobe_flow.runs.textfile import FlowRuns, check_textfile_name, write_textfile
from adobe_flow.runs.times import parse_moment
from adobe_flow.tables import create_table, print_table
from pulumi_adobe.flow_service.run_details import RunDetails, read_run
from pulumi_adobe.flow_service.runs import list_newest_runs

_LEAST_NEEDED_FIRST: Final = ("id", "duration", "written", "read")
"""The columns that a narrow terminal omits, in this order."""

_MAX_RUNS: Final = 1000
"""The runs of one dataflow that are read at most, to find those since a moment or the last good one."""

_FIRST_RUNS: Final = 100
"""The runs of one dataflow that are read first for the metrics; more follow if none of them is good."""

_MAX_PARALLEL: Final = 4
"""The number of parallel requests, as in the provider."""


@dataclass(frozen=True)
class _RunHistory:
    """The newest runs of one dataflow, and whether the service may have newer ones that were not read."""

    dataflow: Dataflow
    runs: Sequence[RunDetails]
    is_complete: bool


def read_run_histories(
    place: Place, name_or_id: str | None, *, every_sandbox: bool, limit: int
) -> tuple[DataflowList, list[_RunHistory]]:
    """Read the runs of the named dataflow, or of all dataflows. May raise a `FlowServiceError` or `Problem`."""
    with show_steps() as report_step:
        everything = list_dataflows(place, every_sandbox=every_sandbox, report_step=report_step)
        dataflows = (
            find_dataflow_in_each_sandbox(everything.dataflows, name_or_id)
            if name_or_id is not None
            else everything.dataflows
        )
        histories: list[_RunHistory] = []
        with ThreadPoolExecutor(_MAX_PARALLEL) as pool:
            for history in pool.map(lambda dataflow: _read_run_history(dataflow, limit), dataflows):
                histories.append(history)
                report_step(f"reading the runs: {len(histories)} of {len(dataflows)} dataflows")
        return everything, histories


def _read_run_history(dataflow: Dataflow, limit: int) -> _RunHistory:
    newest = list_newest_runs(dataflow.service, dataflow.id, limit)
    return _RunHistory(dataflow, [read_run(entity) for entity in newest.runs], newest.is_complete)


def build_runs_result(
    everything: DataflowList, histories: Sequence[_RunHistory], now: datetime, since: datetime | None, limit: int
) -> Result:
    """Return the run histories as the JSON of `adobe-flow runs --json`."""
    return {
        "since": format_moment(since.timestamp() * 1000) if since else None,
        "dataflows": [_run_history_to_json(history, now, since, limit) for history in histories],
        "refused": list(everything.refused),
    }


def _run_history_to_json(history: _RunHistory, now: datetime, since: datetime | None, limit: int) -> dict[str, Any]:
    dataflow = history.dataflow
    earliest = since.timestamp() * 1000 if since else 0
    runs = [run for run in history.runs if since is None or (run.started_at or 0) >= earliest]
    return {
        "id": dataflow.id,
        "name": dataflow.name,
        "sandbox": dataflow.sandbox,
        "managedAs": dataflow.managed_as,
        "state": dataflow.state,
        "changed": {"at": format_moment(dataflow.entity.get("updatedAt")), "by": dataflow.entity.get("updatedBy")},
        "frequency": dataflow.frequency,
        "complete": history.is_complete,
        "runs": [build_run_row(run, now) for run in (runs if since else runs[:limit])],
    }


def render_runs(console: Console, result: Result, *, every_sandbox: bool) -> None:
    """Print a table with a line for each run, then the errors and remedies of each last run."""
    sandbox_column = ("sandbox",) if every_sandbox else ()
    rows = create_table(*sandbox_column, "dataflow", "status", "started", "duration", "read", "written", "failed", "id")
    for column in rows.columns:
        column.no_wrap = column.header != "dataflow"
    for dataflow in result["dataflows"]:
        for run in dataflow["runs"]:
            counts = (format_count(run[name]) for name in ("rowsRead", "rowsWritten", "rowsFailed"))
            rows.add_row(
                *(format_cell(dataflow[name]) for name in sandbox_column),
                format_cell(dataflow["name"]),
                format_cell(run["status"]),
                format_minute(run["startedAt"]),
                format_duration(run["seconds"]),
                *counts,
                format_cell(run["id"]),
            )
    if rows.row_count:
        print_table(console, rows, _LEAST_NEEDED_FIRST)
    for dataflow in result["dataflows"]:
        _render_notes(console, dataflow, result["since"])
    if not result["dataflows"]:
        console.print("there is no dataflow here")
    for refusal in result["refused"]:
        console.print(f"not shown: {format_cell(refusal['sandbox'])}: {format_cell(refusal['reason'])}")


def _render_notes(console: Console, dataflow: Result, since: str | None) -> None:
    name = format_cell(dataflow["name"])
    if not dataflow["runs"]:
        console.print(f"{name}: no run since {format_minute(since)}" if since else f"{name}: no run yet")
    if dataflow["state"] == "disabled":
        changed = dataflow["changed"]
        console.print(
            f"{name}: disabled since {format_minute(changed['at'])} by {format_cell(changed['by'])}: it does not run"
        )
    if not dataflow["complete"]:
        console.print(f"{name}: Flow Service does not sort its runs: newer ones than these may exist")
    last = _find_last_ended(dataflow)
    if last is not None and last["errors"]:
        console.print(f"{name}: the run {format_cell(last['id'])} ended as {format_cell(last['status'])}:")
        print_run_errors(console, last)


def _find_last_ended(dataflow: Result) -> Result | None:
    return next((run for run in dataflow["runs"] if run["completedAt"] or run["status"] == "failed"), None)


def choose_exit_code(result: Result) -> int:
    """Return the exit code FOUND if the last run of a dataflow failed or had failed rows, else DONE."""
    for dataflow in result["dataflows"]:
        last = _find_last_ended(dataflow)
        if last is not None and (last["status"] != "success" or last["rowsFailed"]):
            return FOUND
    return DONE


def command(  # noqa: PLR0913 - the options of the command
    name_or_id: Annotated[
        str | None,
        typer.Argument(metavar="FLOW", help="The dataflow: its name, its id, or the resource's name in the stack."),
    ] = None,
    *,
    limit: Annotated[
        int, typer.Option(min=1, max=_MAX_RUNS, help="The number of runs to show for each dataflow.")
    ] = 10,
    since: Annotated[
        str | None, typer.Option(metavar="TIME", help="Only runs since then: 2026-11-01T03:00Z, or 36h, 7d (ago).")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all-sandboxes", "-a", help="Read every sandbox that the credentials may use.")
    ] = False,
    prometheus: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write metrics for the node exporter (*.prom).")
    ] = None,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Show the runs of a dataflow, or of all: status, duration, rows, errors and their remedies.

    Exit code 1 if the last run of a dataflow failed, or had failed rows.

    Examples:

      adobe-flow runs orders-daily --stack prod

      adobe-flow runs --all-sandboxes --since 24h --json

      adobe-flow runs --prometheus /var/lib/node_exporter/textfile/adobe_flow.prom
    """
    if prometheus is not None:
        check_textfile_name(prometheus)
    if since is not None:
        parse_moment("--since", since, datetime.now(timezone.utc))
    place = run_step("reading the settings", lambda: open_place(stack, cwd, sandbox))
    read_limit = _MAX_RUNS if since is not None else max(limit, _FIRST_RUNS) if prometheus is not None else limit
    everything, histories = read_run_histories(place, name_or_id, every_sandbox=every, limit=read_limit)
    now = place.service.service_time()
    if prometheus is not None:
        write_textfile(prometheus, map(_collect_runs_for_metrics, histories), now)
    earliest = parse_moment("--since", since, now) if since is not None else None
    result = build_runs_result(everything, histories, now, earliest, limit)
    print_result(result, as_json=json, render=partial(render_runs, every_sandbox=every))
    raise typer.Exit(choose_exit_code(result))


def _collect_runs_for_metrics(history: _RunHistory) -> FlowRuns:
    """Return the runs of a dataflow for the metrics; if none of them succeeded, read older runs too."""
    dataflow, runs = history.dataflow, history.runs
    if len(runs) in range(_FIRST_RUNS, _MAX_RUNS) and not any(run.is_good for run in runs):
        runs = _read_run_history(dataflow, _MAX_RUNS).runs
    return FlowRuns(dataflow.id, dataflow.name, dataflow.sandbox, dataflow.state == "enabled", runs)
