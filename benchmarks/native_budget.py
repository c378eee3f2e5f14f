"""The budget of the native adapter: beside OpenTofu, and beside a native provider that does nothing.

OpenTofu's generic REST provider sends one POST for a connection. It neither looks for an existing one nor confirms what
it has created, so what a verified create waits for in addition counts as a floor, as Pulumi's own time does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from benchmarks.plan import COUNTED, IN_PARALLEL, MANY, PAGE, SIXTY_FOUR, SLOW, TEN
from benchmarks.results import MeasuredRun, Results
from benchmarks.rows import (
    BudgetRow,
    build_cpu_rows,
    build_create_row,
    build_limit_row,
    compute_ratio,
    compute_run_median,
    describe_floor,
)

_WAITS: Final = {"create": 2, "destroy": 1}
"""The answers that each operation on a connection waits for: a create for those of its POST and of its page."""
_IMPORT_MS: Final = 30


def build_budget_rows(results: Results) -> list[BudgetRow]:
    """Return all rows of the native adapter for these results."""
    return [
        build_create_row(
            f"native, requests: create of {COUNTED}, {TEN}",
            results.select("native", "create", COUNTED, SLOW, TEN),
            COUNTED,
            IN_PARALLEL[TEN],
        ),
        _build_opentofu_row(results, "create", TEN, 1.5),
        _build_opentofu_row(results, "destroy", TEN, 1.5),
        _build_opentofu_row(results, "create", SIXTY_FOUR, 2.5),
        _build_opentofu_row(results, "refresh", TEN, 0.4),
        _build_opentofu_row(results, "refresh", TEN, 0.2, MANY),
        _build_opentofu_row(results, "preview", TEN, 0.6),
        *build_cpu_rows(results, "native, CPU", "native", "null-native", COUNTED),
        _build_import_row(results),
    ]


def _build_opentofu_row(
    results: Results, operation: str, setup: str, most: float, connections: int = COUNTED
) -> BudgetRow:
    ours, theirs = (results.select(peer, operation, connections, SLOW, setup) for peer in ("native", "opentofu"))
    what = f"native over OpenTofu, N = {connections}, L = {SLOW} ms, {setup}: wall of {_describe(operation)}"
    if not theirs:
        return build_limit_row(what, math.nan, most, missing=str(results.about.get("no_opentofu", "not run")))
    floor = _describe_floor(results, operation, setup, theirs, most)
    return build_limit_row(what, compute_ratio(ours, theirs, lambda run: run.wall), most, floor)


def _describe(operation: str) -> str:
    return {"refresh": "refresh from list", "preview": "preview over plan"}.get(operation, operation)


def _describe_floor(results: Results, operation: str, setup: str, theirs: Sequence[MeasuredRun], most: float) -> str:
    """Return what Pulumi and the answers that a verified operation waits for take, if that is more than the limit."""
    connections = theirs[0].connections
    null_runs = results.select("null-native", operation, connections, SLOW, setup)
    pulumi = compute_run_median(null_runs, lambda run: run.wall)
    answers = math.ceil(connections / IN_PARALLEL[setup]) * _WAITS.get(operation, 0)
    if operation == "refresh":
        answers += 1 + math.ceil(connections / PAGE)  # that of the token, and a page after the other
    waits = answers * SLOW / 1000
    what = f", and the answers {waits:.1f} s: together" if waits else ":"
    ratio = (pulumi + waits) / compute_run_median(theirs, lambda run: run.wall)
    return describe_floor(f"`null-native` takes {pulumi:.1f} s{what}", ratio, most)


def _build_import_row(results: Results) -> BudgetRow:
    what = "native, imports of a program with the generated SDK beyond `pulumi`"
    milliseconds = results.imports.get("native", math.nan)
    return BudgetRow(what, f"≤ {_IMPORT_MS} ms CPU", f"{milliseconds:.0f} ms", met=bool(milliseconds <= _IMPORT_MS))
