"""The budget of CPU time: each adapter over a provider of the same kind that does nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from benchmarks.plan import COUNTED
from benchmarks.results import Results
from benchmarks.rows import BudgetRow, build_limit_row, compute_median, compute_ratio

_LIMITS: Final = {"create": 1.10, "no-op": 1.05, "destroy": 1.10}
_SENDING: Final = ("create", "destroy")
"""The operations that send a request for each connection at least."""


def build_cpu_rows(results: Results, peer: str, null: str, what: str, missing: str = "") -> Iterator[BudgetRow]:
    """Yield the rows of an adapter.

    Args:
        results: The results.
        peer: The adapter.
        null: The provider of its kind that does nothing.
        what: The subject of the rows, which the name of the operation completes.
        missing: Why nothing was measured.
    """
    for operation, most in _LIMITS.items():
        ours, theirs = (results.select(name, operation, COUNTED) for name in (peer, null))
        ratio = math.nan if missing else compute_ratio(ours, theirs, lambda run: run.cpu)
        floor = _describe_floor(results, operation, null, most) if not missing and operation in _SENDING else ""
        yield build_limit_row(f"{what}, N = {COUNTED}: {operation}", ratio, most, floor, missing)


def _describe_floor(results: Results, operation: str, null: str, most: float) -> str:
    """Return what Pulumi and one request for each connection take, if that is more than the limit.

    A script that sends the requests of a destroy with the same library, and does nothing else, measures the requests.
    """
    runs = [results.select(*kind, COUNTED) for kind in ((null, operation), ("script", "destroy"))]
    pulumi, requests = (compute_median([run.cpu for run in each]) for each in runs)
    ratio = (pulumi + requests) / pulumi
    if not ratio > most:
        return ""
    return f"`{null}` takes {pulumi:.1f} s, and {COUNTED} requests of `script` {requests:.1f} s: together {ratio:.2f}"
