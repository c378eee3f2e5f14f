"""`adobe-flow watch`: wait for the end of a run of a dataflow."""

from __future__ import annotations

from typing import Annotated

import typer

from adobe_flow.aep.place import open_place
from adobe_flow.options import HERE, DataflowName, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, print_result
from adobe_flow.problem import Problem
from adobe_flow.progress import run_step, show_steps
from adobe_flow.runs.dataflow import Dataflow, find_dataflow, list_dataflows
from adobe_flow.runs.result import (
    DEFAULT_INTERVAL,
    DEFAULT_TIMEOUT,
    Interval,
    Timeout,
    build_result,
    build_wait_limits,
    choose_exit_code,
    render,
)
from adobe_flow.runs.rows import build_run_row
from adobe_flow.runs.wait import WaitLimits, find_running, read_newest_runs, wait_for_end_of_run, wait_for_next_run


def watch_run(dataflow: Dataflow, wait_limits: WaitLimits, *, next_run: bool) -> Result:
    """Wait for the end of the run in progress; without one, return the newest run, or wait for the next one.

    Raises:
        Problem: There is nothing to wait for, or the longest wait is over.
    """
    running = find_running(dataflow)
    if running is not None:
        return build_result(dataflow, running.id, wait_for_end_of_run(dataflow, running.id, wait_limits))
    newest = next(iter(read_newest_runs(dataflow, 1)), None)
    if next_run:
        if dataflow.state != "enabled":
            raise Problem(
                f"{dataflow.name} is {dataflow.state}, so it has no next run.",
                "Enable it first: `enabled=True` in the program, and pulumi up.",
            )
        run = wait_for_next_run(dataflow, newest.id if newest is not None else None, wait_limits)
        return build_result(dataflow, run["id"], run)
    if newest is None:
        raise Problem(f"{dataflow.name} has no run yet.", "To wait for its first one: --next")
    return build_result(dataflow, newest.id, build_run_row(newest, dataflow.service.service_time()))


def command(  # noqa: PLR0913 - the options of the command
    name_or_id: DataflowName,
    *,
    next_run: Annotated[
        bool, typer.Option("--next", help="Without a run in progress, wait for the next one and its end.")
    ] = False,
    interval: Interval = DEFAULT_INTERVAL,
    timeout: Timeout = DEFAULT_TIMEOUT,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Wait until the run of a dataflow ends, and show its outcome. The command changes nothing.

    Without a run in progress, it shows the last run at once. Exit code 0 after a success, 1 after a failure or with
    failed rows, 3 if the longest wait is over.

    Examples:

      adobe-flow watch orders-daily --stack prod

      adobe-flow watch orders-daily --next --timeout 1500
    """
    place = run_step("reading the settings", lambda: open_place(stack, cwd, sandbox))
    with show_steps() as report_step:
        dataflow = find_dataflow(list_dataflows(place, report_step=report_step).dataflows, name_or_id)
    result = watch_run(dataflow, build_wait_limits(interval, timeout), next_run=next_run)
    print_result(result, as_json=json, render=render)
    raise typer.Exit(choose_exit_code(result))
