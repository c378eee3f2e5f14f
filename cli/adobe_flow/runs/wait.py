"""Waiting for the end of a run, with its progress on standard error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.problem import Problem
from adobe_flow.runs.dataflow import Dataflow
from adobe_flow.runs.rows import build_run_row, format_count, format_duration
from adobe_flow.safe_output import write_to_stderr
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.flow_service.run_details import RunDetails, read_run
from pulumi_adobe.flow_service.runs import list_newest_runs

INTERVAL: Final = 10.0
"""The default of the seconds between two requests."""

TIMEOUT_MINUTES: Final = 60.0

_MINUTE: Final = 60


@dataclass(frozen=True)
class WaitLimits:
    """The pause between two requests and the longest wait, both in seconds."""

    interval: float = INTERVAL
    timeout: float = TIMEOUT_MINUTES * 60


def read_newest_runs(dataflow: Dataflow, limit: int) -> list[RunDetails]:
    """Return the newest runs of a dataflow, the newest first. May raise a `FlowServiceError`."""
    return [read_run(entity) for entity in list_newest_runs(dataflow.service, dataflow.id, limit).runs]


def find_running(dataflow: Dataflow) -> RunDetails | None:
    """Return the newest run of a dataflow that has not ended; None without one."""
    return next((run for run in read_newest_runs(dataflow, 10) if not run.has_ended), None)


def wait_for_end_of_run(dataflow: Dataflow, run_id: str, wait_limits: WaitLimits) -> dict[str, Any]:
    """Wait for the end of a run, and return it as the JSON has it.

    Raises:
        Problem: The longest wait is over.
    """
    report = _ProgressReport(dataflow)

    def find_ended_run() -> RunDetails | None:
        try:
            run = read_run(dataflow.service.get("runs", run_id))
        except NotFound:
            return None  # Flow Service may need a moment to show a run that it has just started.
        report.update(run)
        return run if run.has_ended else None

    ended = _poll_until_found(dataflow, find_ended_run, wait_limits, f"its run {run_id} has not ended")
    return build_run_row(ended, dataflow.service.service_time())


def wait_for_next_run(dataflow: Dataflow, after: str | None, wait_limits: WaitLimits) -> dict[str, Any]:
    """Wait for the next run of a dataflow and its end, and return it as the JSON has it.

    Args:
        dataflow: The dataflow.
        after: The id of the newest run so far; `None` if there is none.
        wait_limits: The pause and the longest wait.

    Raises:
        Problem: The longest wait is over.
    """

    def find_next_run() -> RunDetails | None:
        newest = read_newest_runs(dataflow, 1)
        return newest[0] if newest and newest[0].id != after else None

    write_to_stderr(f"{dataflow.name}: waiting for its next run")
    next_run = _poll_until_found(dataflow, find_next_run, wait_limits, "no run has begun")
    return wait_for_end_of_run(dataflow, next_run.id, wait_limits)


def _poll_until_found(
    dataflow: Dataflow, find: Callable[[], RunDetails | None], wait_limits: WaitLimits, failure: str
) -> RunDetails:
    clock = dataflow.service.clock
    deadline = clock.now() + wait_limits.timeout
    while (run := find()) is None:
        if clock.now() + wait_limits.interval > deadline:
            raise Problem(
                f"{dataflow.name}: after {format_duration(round(wait_limits.timeout))}, {failure}. "
                "The wait has changed nothing.",
                "Wait longer with --timeout, or list the runs later: adobe-flow runs",
            )
        clock.sleep(wait_limits.interval)
    return run


@dataclass
class _ProgressReport:
    """Prints the progress of a run at each change, and every minute."""

    dataflow: Dataflow
    last: tuple[str, int | None, int] | None = None

    def update(self, run: RunDetails) -> None:
        """Write a line if the run differs from the last line."""
        seconds = build_run_row(run, self.dataflow.service.service_time())["seconds"] or 0
        progress = (run.status, run.records_read, seconds // _MINUTE)
        if progress != self.last:
            rows = format_count(run.records_read)
            write_to_stderr(f"{self.dataflow.name}: {run.status}, {format_duration(seconds)}, {rows} rows read")
        self.last = progress
