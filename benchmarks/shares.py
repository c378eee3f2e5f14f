"""Where the CPU of a run goes, by what peers that lack a part take less."""

from __future__ import annotations

from statistics import median

from benchmarks.plan import COUNTED, SKIP
from benchmarks.results import Results, Run


def shares(results: Results, operation: str) -> dict[str, float]:
    """CPU seconds of one operation at `COUNTED`: Pulumi's parts by `null`, and what this provider adds to it."""
    smallest = min(run.connections for run in results.runs if run.peer == "null" and run.operation == operation)
    fixed = _cpu(results.some("null", operation, smallest))
    skipped = _cpu(results.some("null", operation, COUNTED, setup=SKIP))
    alone = _cpu(results.some("null", operation, COUNTED))
    ours = _cpu(results.some("ours", operation, COUNTED))
    return {
        f"Pulumi, {smallest} resources": fixed,
        "Pulumi, each further one": skipped - fixed,
        "its state file at each step": alone - skipped,
        "this provider and its requests": ours - alone,
    }


def _cpu(runs: list[Run]) -> float:
    return median(run.cpu for run in runs) if runs else float("nan")
