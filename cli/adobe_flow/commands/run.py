"""`adobe-flow run`: start a run of a one-time dataflow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Annotated

import typer

from adobe_flow.aep.place import open_place
from adobe_flow.options import HERE, DataflowName, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, print_result
from adobe_flow.problem import Problem
from adobe_flow.progress import run_step, show_steps
from adobe_flow.prompts import require_answerable, require_consent
from adobe_flow.runs.dataflow import ONCE, Dataflow, find_dataflow, list_dataflows
from adobe_flow.runs.result import (
    DEFAULT_INTERVAL,
    DEFAULT_TIMEOUT,
    Interval,
    Timeout,
    Wait,
    build_started_result,
    build_wait_limits,
    choose_exit_code,
    render,
)
from adobe_flow.runs.start_checks import explain_refusal, require_no_running_run
from adobe_flow.runs.times import parse_moment
from adobe_flow.runs.wait import WaitLimits
from pulumi_adobe.flow_service.run_errors import find_run_error
from pulumi_adobe.flow_service.runs import start_run
from pulumi_adobe.timestamps import format_timestamp


@dataclass(frozen=True)
class _TimeWindow:
    """The rows that a run reads: those whose delta column is in the time from ``begin`` until ``end``."""

    begin: datetime
    end: datetime

    def to_epoch(self, *, milliseconds: bool) -> tuple[int, int]:
        """Return begin and end in the unit that the service takes."""
        unit = 1000 if milliseconds else 1
        return int(self.begin.timestamp()) * unit, int(self.end.timestamp()) * unit

    def __str__(self) -> str:
        return f"the rows from {format_timestamp(self.begin)} to {format_timestamp(self.end)}"


def _parse_window(begin: str | None, end: str | None, now: datetime) -> _TimeWindow | None:
    if begin is None and end is None:
        return None
    if begin is None:
        raise typer.BadParameter("--to needs --from")
    window = _TimeWindow(parse_moment("--from", begin, now), parse_moment("--to", end, now) if end else now)
    if window.begin >= window.end:
        raise typer.BadParameter(
            f"the window is reversed or empty: it begins at {format_timestamp(window.begin)} and ends at "
            f"{format_timestamp(window.end)}"
        )
    return window


def _require_startable(dataflow: Dataflow) -> None:
    """Raise `Problem` if Flow Service would refuse a run, or if one is in progress."""
    if dataflow.frequency != ONCE:
        run_error = find_run_error("1386-400")
        schedule = f"runs every {dataflow.frequency}" if dataflow.frequency else "has no schedule"
        raise Problem(
            f"{dataflow.name} {schedule}: Flow Service starts a run only of a one-time dataflow. Nothing was started.",
            run_error.remedy if run_error else "",
        )
    if dataflow.state != "enabled":
        raise Problem(
            f"{dataflow.name} is {dataflow.state}. Nothing was started.",
            "Enable it first: `enabled=True` in the program, and pulumi up.",
        )
    require_no_running_run(dataflow)


def command(  # noqa: PLR0913 - the options of the command
    name_or_id: DataflowName,
    *,
    begin: Annotated[
        str | None,
        typer.Option("--from", metavar="TIME", help="The start of the window: 2026-11-01T03:00Z, or 7d (ago)."),
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="TIME", help="The end of the window. Default: now.")
    ] = None,
    delta_column: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="The column with the time of each row; the first window needs it."),
    ] = None,
    milliseconds: Annotated[
        bool, typer.Option("--milliseconds", help="Send the window in milliseconds, not in seconds.")
    ] = False,
    wait: Wait = False,
    interval: Interval = DEFAULT_INTERVAL,
    timeout: Timeout = DEFAULT_TIMEOUT,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Start without a confirmation.")] = False,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Start a run of a one-time dataflow: over all rows, or over those of a window.

    Rows that an earlier run has written are written again.

    Examples:

      adobe-flow run orders-once --stack prod --from 2026-10-01 --to 2026-11-01 --delta-column updated_at

      adobe-flow run orders-once --stack prod --watch --yes
    """
    _parse_window(begin, end, datetime.now(timezone.utc))
    if delta_column is not None and begin is None:
        raise typer.BadParameter("--delta-column needs --from")
    require_answerable(yes=yes, as_json=json)
    place = run_step("reading the settings", lambda: open_place(stack, cwd, sandbox))
    with show_steps() as report_step:
        dataflow = find_dataflow(list_dataflows(place, report_step=report_step).dataflows, name_or_id)
    _require_startable(dataflow)
    window = _parse_window(begin, end, place.service.service_time())
    rows = str(window) if window is not None else "all rows, also those that an earlier run has written"
    require_consent(f"Start a run of {dataflow.name} in {dataflow.sandbox}: {rows}?", yes=yes)
    epoch = window.to_epoch(milliseconds=milliseconds) if window is not None else None
    result = _start_run(dataflow, epoch, delta_column, build_wait_limits(interval, timeout) if wait else None)
    print_result(result, as_json=json, render=render)
    raise typer.Exit(choose_exit_code(result))


def _start_run(
    dataflow: Dataflow, window: tuple[int, int] | None, delta_column: str | None, wait_limits: WaitLimits | None
) -> Result:
    with explain_refusal(dataflow.name):
        run_id = start_run(dataflow.service, dataflow.id, window, delta_column)
    return build_started_result(dataflow, run_id, wait_limits)
