"""The runs as metrics, in a file for the textfile collector of Prometheus' node exporter.

Prometheus: "Exposition formats" (the text format); node_exporter, "Textfile Collector": only files that end with
`.prom` are read, and a file must appear whole.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import typer

from adobe_flow.problem import Problem
from pulumi_adobe.flow_service.run_details import RunDetails

SUFFIX: Final = ".prom"
_MODE: Final = 0o644
"""The node exporter runs as another user."""

_HELP: Final = {
    "adobe_flow_enabled": "Whether the dataflow is enabled.",
    "adobe_flow_last_success_timestamp_seconds": "End of the last good run of the dataflow.",
    "adobe_flow_last_success_age_seconds": "Age of that run when this file was written.",
    "adobe_flow_consecutive_failures": "The failed runs of the dataflow since its last good one.",
    "adobe_flow_last_run_timestamp_seconds": "Start of the last run of the dataflow that has ended.",
    "adobe_flow_last_run_duration_seconds": "Duration of that run.",
    "adobe_flow_last_run_rows_read": "The rows that it read.",
    "adobe_flow_last_run_rows_written": "The rows that it wrote.",
    "adobe_flow_last_run_rows_failed": "The rows that failed.",
}
"""The metrics, all of them gauges."""


@dataclass(frozen=True)
class FlowRuns:
    """One dataflow with its runs, the newest first, as many as are needed to find the last good one."""

    id: str
    name: str
    sandbox: str
    is_enabled: bool
    runs: Sequence[RunDetails]


def check_textfile_name(file: Path) -> None:
    """Raise `typer.BadParameter` unless the node exporter could read a file of this name in its folder."""
    if file.suffix != SUFFIX:
        raise typer.BadParameter(f"--prometheus: the node exporter only reads files that end with {SUFFIX}: {file}")
    if not file.parent.is_dir():
        raise typer.BadParameter(f"--prometheus: there is no folder {file.parent}")
    if file.is_dir():
        raise typer.BadParameter(f"--prometheus: {file} is a folder")


def write_textfile(file: Path, flows: Iterable[FlowRuns], now: datetime) -> None:
    """Write the metrics file completely, or leave the old file unchanged. Raises `Problem` if it cannot be written."""
    content = "".join(f"{line}\n" for line in build_metric_lines(flows, now))
    name = ""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=file.parent, prefix=f".{file.name}.", delete=False
        ) as new:
            name = new.name
            new.write(content)
            new.flush()
            os.fchmod(new.fileno(), _MODE)
        Path(name).replace(file)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise Problem(
            f"{file} could not be written: {error.strerror}. It is as it was.", "Name a file in a folder that you own."
        ) from None


def build_metric_lines(flows: Iterable[FlowRuns], now: datetime) -> Iterator[str]:
    """Return the lines of the text format: each metric with its help, its type, and a sample for each dataflow."""
    samples = [(_format_labels(flow), _compute_metrics(flow, now)) for flow in flows]
    for metric, text in _HELP.items():
        yield f"# HELP {metric} {text}"
        yield f"# TYPE {metric} gauge"
        for labels, values in samples:
            value = values.get(metric)
            if value is not None:
                yield f"{metric}{labels} {value}"


def _compute_metrics(flow: FlowRuns, now: datetime) -> Mapping[str, float | None]:
    ended = [run for run in flow.runs if run.has_ended]
    good = next((index for index, run in enumerate(ended) if run.is_good), None)
    succeeded_at = _get_end_seconds(ended[good]) if good is not None else None
    values: dict[str, float | None] = {
        "adobe_flow_enabled": int(flow.is_enabled),
        "adobe_flow_last_success_timestamp_seconds": succeeded_at,
        "adobe_flow_last_success_age_seconds": None if succeeded_at is None else round(now.timestamp() - succeeded_at),
        "adobe_flow_consecutive_failures": len(ended) if good is None else good,
    }
    if not ended:
        return values
    last = ended[0]
    completed_at = _get_end_seconds(last)
    started_at = last.started_at / 1000 if last.started_at is not None else None
    duration = None if completed_at is None or started_at is None else max(0.0, completed_at - started_at)
    return values | {
        "adobe_flow_last_run_timestamp_seconds": started_at,
        "adobe_flow_last_run_duration_seconds": duration,
        "adobe_flow_last_run_rows_read": last.records_read,
        "adobe_flow_last_run_rows_written": last.records_written,
        "adobe_flow_last_run_rows_failed": last.records_failed,
    }


def _get_end_seconds(run: RunDetails) -> float | None:
    """Return the time at which a run ended, in seconds; its start time if the service shows no end."""
    milliseconds = run.completed_at if run.completed_at is not None else run.started_at
    return None if milliseconds is None else milliseconds / 1000


def _format_labels(flow: FlowRuns) -> str:
    labels = {"sandbox": flow.sandbox, "dataflow": flow.name, "id": flow.id}
    return "{" + ",".join(f'{name}="{_escape_label(value)}"' for name, value in labels.items()) + "}"


def _escape_label(value: str) -> str:
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
