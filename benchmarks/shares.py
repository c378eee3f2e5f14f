"""The parts of the CPU of a run, by comparison with peers that lack a part."""

from __future__ import annotations

from benchmarks.plan import COUNTED, SKIP
from benchmarks.results import MeasuredRun, Results
from benchmarks.rows import compute_run_median


def split_cpu(results: Results, operation: str) -> dict[str, float]:
    """Divide the CPU seconds of an operation among Pulumi, this provider, and the writing of the state file.

    Pulumi's parts are those of `null`. The state file is this provider's own; that of `null` is larger, so `null` may
    take more in all.
    """
    smallest = min(run.connections for run in results.runs if run.peer == "null" and run.operation == operation)
    fixed = _compute_median_cpu(results.select("null", operation, smallest))
    skipped = _compute_median_cpu(results.select("null", operation, COUNTED, setup=SKIP))
    ours_skipped = _compute_median_cpu(results.select("ours", operation, COUNTED, setup=SKIP))
    ours = _compute_median_cpu(results.select("ours", operation, COUNTED))
    return {
        f"Pulumi, {smallest} resources": fixed,
        "Pulumi, each further one": skipped - fixed,
        "this provider and its requests": ours_skipped - skipped,
        "the state file at each step": ours - ours_skipped,
    }


def _compute_median_cpu(runs: list[MeasuredRun]) -> float:
    return compute_run_median(runs, lambda run: run.cpu)
