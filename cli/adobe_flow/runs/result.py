"""The result of `watch`, `run` and `retry`, and the options that they share."""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeAlias

import typer
from rich.console import Console

from adobe_flow.exit_codes import DONE, FOUND
from adobe_flow.output import Result, format_cell
from adobe_flow.runs.dataflow import Dataflow
from adobe_flow.runs.rows import Row, describe_run, print_run_errors
from adobe_flow.runs.wait import INTERVAL, TIMEOUT_MINUTES, WaitLimits, wait_for_end_of_run

_GOOD: Final = "success"

Interval: TypeAlias = Annotated[
    float, typer.Option(min=0.1, max=3600, metavar="SECONDS", help="The pause between two requests.")
]

Timeout: TypeAlias = Annotated[
    float, typer.Option(min=0, max=100_000, metavar="MINUTES", help="The longest wait; after it, exit code 3.")
]

Wait: TypeAlias = Annotated[bool, typer.Option("--watch", "-w", help="Wait until the run ends.")]

DEFAULT_INTERVAL: Final = INTERVAL
DEFAULT_TIMEOUT: Final = TIMEOUT_MINUTES


def build_wait_limits(interval: float, timeout: float) -> WaitLimits:
    """Return the interval and timeout options as wait limits in seconds."""
    return WaitLimits(interval, timeout * 60)


def build_result(dataflow: Dataflow, run_id: str, run: Row | None) -> Result:
    """Return the JSON result of a run command; ``run`` is `None` if the command did not wait for its end."""
    about: dict[str, Any] = {"id": dataflow.id, "name": dataflow.name, "sandbox": dataflow.sandbox}
    return {"dataflow": about, "runId": run_id, "run": run}


def build_started_result(dataflow: Dataflow, run_id: str, wait_limits: WaitLimits | None) -> Result:
    """Return the result of a run that has just begun; with ``wait_limits`` wait for its end."""
    return build_result(dataflow, run_id, wait_for_end_of_run(dataflow, run_id, wait_limits) if wait_limits else None)


def render(console: Console, result: Result) -> None:
    """Print the outcome of the run, its errors and their remedies; or the command that waits for its end."""
    name, run = format_cell(result["dataflow"]["name"]), result["run"]
    if run is None:
        console.print(f"{name}: the run {format_cell(result['runId'])} has begun")
        console.print(f"to wait for its end: adobe-flow watch {format_cell(result['dataflow']['id'])}")
        return
    console.print(f"{name}: {format_cell(describe_run(run))} (run {format_cell(run['id'])})")
    print_run_errors(console, run)


def choose_exit_code(result: Result) -> int:
    """Return the exit code DONE if the run succeeded without failed rows or was not waited for, else FOUND."""
    run = result["run"]
    return DONE if run is None or (run["status"] == _GOOD and not run["rowsFailed"]) else FOUND
