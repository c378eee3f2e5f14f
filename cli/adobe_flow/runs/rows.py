"""One run as a row: for JSON and for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from rich.console import Console

from adobe_flow.output import format_cell, format_moment
from pulumi_adobe.flow_service.run_details import RunDetails

Row = Mapping[str, Any]

_MINUTE: Final = 60
_HOUR: Final = 3600


def build_run_row(run: RunDetails, now: datetime) -> dict[str, Any]:
    """Return a run as JSON; ``now``, the service's time, ends the duration of a run in progress."""
    return {
        "id": run.id,
        "status": run.status,
        "startedAt": format_moment(run.started_at),
        "completedAt": format_moment(run.completed_at),
        "seconds": _get_duration_seconds(run, now),
        "rowsRead": run.records_read,
        "rowsWritten": run.records_written,
        "rowsFailed": run.records_failed,
        "bytesRead": run.bytes_read,
        "errors": [
            {"code": error.code or None, "message": error.message, "remedy": error.remedy or None}
            for error in run.errors
        ],
        "remedies": list(run.remedies),
    }


def _get_duration_seconds(run: RunDetails, now: datetime) -> int | None:
    if run.started_at is None:
        return None
    end = run.completed_at if run.completed_at is not None else None if run.has_ended else now.timestamp() * 1000
    return max(0, round((end - run.started_at) / 1000)) if end is not None else None


def format_duration(seconds: int | None) -> str:
    """Return a duration as `45 s`, `3 min 20 s` or `2 h 5 min`."""
    if seconds is None:
        return "-"
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min {seconds % _MINUTE} s"
    return f"{seconds // _HOUR} h {seconds % _HOUR // _MINUTE} min"


def format_count(count: int | None) -> str:
    """Return a number of rows as text; a dash if the service does not show it."""
    return "-" if count is None else str(count)


def describe_run(run: Row) -> str:
    """Return the status, the duration and the rows of a run in one line."""
    rows = ", ".join(
        f"{format_count(run[member])} rows {verb}"
        for member, verb in (("rowsRead", "read"), ("rowsWritten", "written"), ("rowsFailed", "failed"))
    )
    return f"{run['status']} after {format_duration(run['seconds'])}: {rows}"


def print_run_errors(console: Console, run: Row) -> None:
    """Print each error of a run, then the remedies."""
    for error in run["errors"]:
        console.print(f"  {format_cell(': '.join(part for part in (error['code'], error['message']) if part))}")
    for remedy in run["remedies"]:
        console.print(f"  remedy: {format_cell(remedy)}")
