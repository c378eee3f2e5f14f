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

from adobe_flow.exit_codes import DONE, FOUND
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, cell, moment, short, show, table
from adobe_flow.place import Place, open_place
from adobe_flow.runs.dataflow import Dataflow, Found, find_in_each_sandbox, list_dataflows
from adobe_flow.runs.rows import format_count, format_duration, print_errors, to_row
from adobe_flow.runs.textfile import FlowRuns, check_target, write_textfile
from adobe_flow.runs.times import parse_moment
from pulumi_adobe.flow_service.run_details import RunDetails, read_run
from pulumi_adobe.flow_service.runs import list_newest_runs

_WIDE: Final = 130
"""Columns of a terminal in which the ids fit."""

_MANY: Final = 1000
"""Runs of one dataflow that are read to go back to a moment, or to the last good run."""

_SOME: Final = 100

_AT_ONCE: Final = 4
"""As many requests as the provider has under way."""


@dataclass(frozen=True)
class _History:
    """The newest runs of one dataflow, and whether the service may have newer ones that were not read."""

    dataflow: Dataflow
    runs: Sequence[RunDetails]
    is_complete: bool


def find_histories(
    place: Place, wanted: str | None, *, every_sandbox: bool, limit: int
) -> tuple[Found, list[_History]]:
    """Return the runs of the wanted dataflow, or of all. May raise a `FlowServiceError` or `Problem`."""
    found = list_dataflows(place, every_sandbox=every_sandbox)
    dataflows = find_in_each_sandbox(found.dataflows, wanted) if wanted is not None else found.dataflows
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return found, list(pool.map(lambda dataflow: _read(dataflow, limit), dataflows))


def _read(dataflow: Dataflow, limit: int) -> _History:
    newest = list_newest_runs(dataflow.service, dataflow.id, limit)
    return _History(dataflow, [read_run(entity) for entity in newest.runs], newest.is_complete)


def build_result(
    found: Found, histories: Sequence[_History], now: datetime, since: datetime | None, limit: int
) -> Result:
    """Return what the JSON schema describes."""
    return {
        "since": moment(since.timestamp() * 1000) if since else None,
        "dataflows": [_to_json(history, now, since, limit) for history in histories],
        "refused": list(found.refused),
    }


def _to_json(history: _History, now: datetime, since: datetime | None, limit: int) -> dict[str, Any]:
    dataflow = history.dataflow
    earliest = since.timestamp() * 1000 if since else 0
    runs = [run for run in history.runs if since is None or (run.started_at or 0) >= earliest]
    return {
        "id": dataflow.id,
        "name": dataflow.name,
        "sandbox": dataflow.sandbox,
        "managedAs": dataflow.managed_as,
        "state": dataflow.state,
        "changed": {"at": moment(dataflow.entity.get("updatedAt")), "by": dataflow.entity.get("updatedBy")},
        "frequency": dataflow.frequency,
        "complete": history.is_complete,
        "runs": [to_row(run, now) for run in (runs if since else runs[:limit])],
    }


def render(console: Console, result: Result, *, every_sandbox: bool) -> None:
    """Print a table with a line for each run, then the errors of each last run, and what to do."""
    wide = console.width >= _WIDE
    place = ("sandbox",) if every_sandbox else ()
    shown = table(*place, "dataflow", "status", "started", "duration", "read", "written", "failed", *(("id",) * wide))
    for column in shown.columns:
        column.no_wrap = column.header != "dataflow"
    for dataflow in result["dataflows"]:
        for run in dataflow["runs"]:
            counts = (format_count(run[name]) for name in ("rowsRead", "rowsWritten", "rowsFailed"))
            shown.add_row(
                *(cell(dataflow[name]) for name in place),
                cell(dataflow["name"]),
                cell(run["status"]),
                short(run["startedAt"]),
                format_duration(run["seconds"]),
                *counts,
                *((cell(run["id"]),) * wide),
            )
    if shown.row_count:
        console.print(shown)
    for dataflow in result["dataflows"]:
        _render_notes(console, dataflow, result["since"])
    if not result["dataflows"]:
        console.print("there is no dataflow here")
    if shown.row_count and not wide:
        console.print("for lack of room without ids: a wider terminal, a pipe or --json has them")
    for each in result["refused"]:
        console.print(f"not shown: {cell(each['sandbox'])}: {cell(each['reason'])}")


def _render_notes(console: Console, dataflow: Result, since: str | None) -> None:
    name = cell(dataflow["name"])
    if not dataflow["runs"]:
        console.print(f"{name}: no run since {short(since)}" if since else f"{name}: no run yet")
    if dataflow["state"] == "disabled":
        changed = dataflow["changed"]
        console.print(f"{name}: disabled since {short(changed['at'])} by {cell(changed['by'])}: it does not run")
    if not dataflow["complete"]:
        console.print(f"{name}: Flow Service does not sort its runs: newer ones than these may exist")
    last = _find_last_ended(dataflow)
    if last is not None and last["errors"]:
        console.print(f"{name}: the run {cell(last['id'])} ended as {cell(last['status'])}:")
        print_errors(console, last)


def _find_last_ended(dataflow: Result) -> Result | None:
    return next((run for run in dataflow["runs"] if run["completedAt"] or run["status"] == "failed"), None)


def exit_code(result: Result) -> int:
    """Return FOUND if the last run of a dataflow failed or had failed rows, else DONE."""
    for dataflow in result["dataflows"]:
        last = _find_last_ended(dataflow)
        if last is not None and (last["status"] != "success" or last["rowsFailed"]):
            return FOUND
    return DONE


def command(  # noqa: PLR0913 - the options of the command
    wanted: Annotated[
        str | None,
        typer.Argument(metavar="FLOW", help="The dataflow: its name, its id, or the resource's name in the stack."),
    ] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, max=_MANY, help="How many runs of each dataflow to show.")] = 10,
    since: Annotated[
        str | None, typer.Option(metavar="TIME", help="Only runs since then: 2026-12-01T03:00Z, or 36h, 7d (ago).")
    ] = None,
    every: Annotated[bool, typer.Option("--all-sandboxes", "-a", help="Look into every sandbox that you may.")] = False,
    prometheus: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write metrics for the node exporter (*.prom), too.")
    ] = None,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Show the runs of a dataflow, or of all: status, duration, rows, errors and their remedies.

    Exit code 1 where the last run of a dataflow failed, or had failed rows.

    Examples:

      adobe-flow runs orders-daily --stack prod

      adobe-flow runs --all-sandboxes --since 24h --json

      adobe-flow runs --prometheus /var/lib/node_exporter/textfile/adobe_flow.prom
    """
    if prometheus is not None:
        check_target(prometheus)
    if since is not None:
        parse_moment("--since", since, datetime.now(timezone.utc))
    place = open_place(stack, cwd, sandbox)
    needed = _MANY if since is not None else max(limit, _SOME) if prometheus is not None else limit
    found, histories = find_histories(place, wanted, every_sandbox=every, limit=needed)
    now = place.service.service_time()
    if prometheus is not None:
        write_textfile(prometheus, map(_to_metrics, histories), now)
    earliest = parse_moment("--since", since, now) if since is not None else None
    result = build_result(found, histories, now, earliest, limit)
    show(result, as_json=json, render=partial(render, every_sandbox=every))
    raise typer.Exit(exit_code(result))


def _to_metrics(history: _History) -> FlowRuns:
    """Return the dataflow with its runs, and with more of them if none of those that were read is a good one."""
    dataflow, runs = history.dataflow, history.runs
    if len(runs) in range(_SOME, _MANY) and not any(run.is_good for run in runs):
        runs = _read(dataflow, _MANY).runs
    return FlowRuns(dataflow.id, dataflow.name, dataflow.sandbox, dataflow.state == "enabled", runs)
