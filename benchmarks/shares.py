"""Where the CPU of a run goes, by what peers that lack a part take less."""

from __future__ import annotations

from statistics import median

from benchmarks.plan import COUNTED, SKIP
from benchmarks.results import Results, Run


def shares(results: Results, operation: str) -> dict[str, float]:
    """CPU seconds of one operation at `COUNTED`: Pulumi's parts by `null`, what this provider adds, and its state file.

    The state file is this provider's own: `null` has a larger one, so that what it takes in all may be more than ours.
    """
    smallest = min(run.connections for run in results.runs if run.peer == "null" and run.operation == operation)
    fixed = _cpu(results.some("null", operation, smallest))
    skipped = _cpu(results.some("null", operation, COUNTED, setup=SKIP))
    ours_skipped = _cpu(results.some("ours", operation, COUNTED, setup=SKIP))
    ours = _cpu(results.some("ours", operation, COUNTED))
    return {
        f"Pulumi, {smallest} resources": fixed,
        "Pulumi, each further one": skipped - fixed,
        "this provider and its requests": ours_skipped - skipped,
        "the state file at each step": ours - ours_skipped,
    }


def _cpu(runs: list[Run]) -> float:
    return median(run.cpu for run in runs) if runs else float("nan")
