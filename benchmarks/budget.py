"""The budget: the limits for the cost of runs, the measured costs, and whether the limits are met."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from benchmarks import native_budget
from benchmarks.plan import COUNTED, LIST, MANY, MOST, PAGE, SKIP, SLOW
from benchmarks.results import MeasuredRun, Results
from benchmarks.rows import (
    BudgetRow,
    build_cpu_rows,
    build_create_row,
    build_limit_row,
    compute_median,
    compute_ratio,
    compute_request_cpu,
    compute_run_median,
    describe_floor,
    format_requests,
)
from benchmarks.traffic import TOKEN

_THREADS = 4
"""The threads of Pulumi's plugin for dynamic providers."""
_TCP = 6
_IMPORT_MS = 40
_NOISE = 1.1
"""The ratio by which two equal times of a tenth of a millisecond may differ."""


def build_budget_rows(results: Results) -> list[BudgetRow]:
    """Return all rows of the budget for these results."""
    return [
        *_build_request_rows(results),
        *build_cpu_rows(results, "CPU", "ours", "null", COUNTED),
        *_build_naive_rows(results),
        *_build_latency_rows(results),
        *_build_program_rows(results),
        *native_budget.build_budget_rows(results),
    ]


def is_budget_missed(rows: list[BudgetRow]) -> bool:
    """Return whether a row is not met that was measured, and that Pulumi alone would meet."""
    return any(row.is_failure for row in rows)


def _build_request_rows(results: Results) -> Iterator[BudgetRow]:
    n, pages = COUNTED, MANY // PAGE
    changed = {"PATCH connections/{id}": 1, "GET connections/{id}": 1, TOKEN: 1}
    by_id = {"GET connections/{id}": n, TOKEN: 1, "GET connections": 1}
    gone = {"DELETE connections/{id}": n, TOKEN: 1, "GET flows": 1}
    none = [*results.select("ours", "no-op", n), *results.select("ours", "preview", n)]
    listed = results.select("ours", "refresh", MANY, SLOW, LIST)
    yield build_create_row(f"requests: create of {n}", results.select("ours", "create", n), n, _THREADS)
    for what, runs, expected, budget in (
        ("no-op `up`, `preview`", none, {}, "0"),
        (f"refresh of {n} by id", results.select("ours", "refresh", n), by_id, "N GET, 1 token, list pages"),
        (f"refresh of {MANY} from list", listed, {"GET connections": pages, TOKEN: 1}, "list pages, 1 token"),
        (f"destroy of {n}", results.select("ours", "destroy", n), gone, "N DELETE, 1 token, pages of flows"),
    ):
        yield _build_exact_row(f"requests: {what}", runs, expected, budget)
    updates = results.select("ours", "update", n)
    within = bool(updates) and all(Counter(run.requests) <= Counter(changed) for run in updates)
    yield BudgetRow("requests: update of one", "1 PATCH, ≤ 1 GET, 1 token", format_requests(updates[:1]), met=within)
    tcp = max((run.tcp for run in results.runs if run.peer == "ours" and not run.workers), default=0)
    yield BudgetRow("TCP connections of a run", f"≤ {_TCP}", str(tcp), met=0 < tcp <= _TCP)


def _build_exact_row(what: str, runs: list[MeasuredRun], expected: Mapping[str, int], budget: str) -> BudgetRow:
    """Build a row that is met if every run sent exactly these requests; it shows the first other run."""
    different = [run for run in runs if run.requests != expected]
    return BudgetRow(what, budget, format_requests((different or runs)[:1]), met=bool(runs) and not different)


def _build_naive_rows(results: Results) -> Iterator[BudgetRow]:
    for operation, most in (("create", 0.50), ("destroy", 0.50), ("no-op", 0.75)):
        ratio = _compute_ratio(results, operation, "naive", lambda run: run.wall)
        floor = _describe_wall_floor(results, operation, most)
        yield build_limit_row(f"wall over naive, N = {COUNTED}: {operation}", ratio, most, floor)
    memory = _compute_ratio(results, "create", "naive", lambda run: run.memory)
    yield build_limit_row(f"peak memory over naive, create of {COUNTED}", memory, 0.45)
    yield build_limit_row(
        f"state file over naive, N = {COUNTED}", _compute_ratio(results, "create", "naive", lambda run: run.state), 0.15
    )


def _describe_wall_floor(results: Results, operation: str, most: float) -> str:
    """Return what Pulumi takes, and the requests on all cores at once, if that is more than the limit over naive."""
    null, naive = (results.select(peer, operation, COUNTED) for peer in ("null", "naive"))
    requests = 0.0 if operation == "no-op" else compute_request_cpu(results, COUNTED) / int(results.about["cores"])
    pulumi = compute_run_median(null, lambda run: run.wall)
    what = f"`null` takes {pulumi:.1f} s, and {COUNTED} requests at least {requests:.1f} s: together"
    return describe_floor(what, (pulumi + requests) / compute_run_median(naive, lambda run: run.wall), most)


def _build_latency_rows(results: Results) -> Iterator[BudgetRow]:
    created = results.select("ours", "create", COUNTED, SLOW)
    spans = [run.span / (_count_sequential_waits(run) * SLOW / 1000) for run in created]
    what = f"create, N = {COUNTED}, L = {SLOW} ms: span over (2N/{_THREADS} + token + lists)·L"
    yield build_limit_row(what, compute_median(spans), 1.15)
    refreshed = results.select("ours", "refresh", MANY, SLOW, LIST)
    walls = [run.wall / (MANY * SLOW / 1000 / 4) for run in refreshed]
    yield build_limit_row(f"refresh from list, N = {MANY}, L = {SLOW} ms: wall over N·L/4", compute_median(walls), 0.25)


def _count_sequential_waits(run: MeasuredRun) -> float:
    """Count the sequential responses that one thread waits for during a create."""
    return 2 * COUNTED / _THREADS + run.requests.get(TOKEN, 0) + run.requests.get("GET connections", 0)


def _build_program_rows(results: Results) -> Iterator[BudgetRow]:
    complete_runs = [
        run for run in results.runs if (run.peer, run.operation, run.connections) == ("ours", "create", MOST)
    ]
    how = f" ({SKIP})" if complete_runs and all(run.setup == SKIP for run in complete_runs) else ""
    yield BudgetRow(
        f"N = {MOST} completes", "yes", f"yes{how}" if complete_runs else "not run", met=bool(complete_runs)
    )
    growth = results.serialising.get("last", math.nan) / results.serialising.get("first", math.nan)
    yield build_limit_row(f"serialising the {MOST}th provider over the 1st", growth, _NOISE)
    milliseconds = results.imports.get("milliseconds", math.nan)
    without = results.imports.get("requests") is False
    measured = f"{milliseconds:.0f} ms, {'without' if without else 'with'} `requests`"
    met = bool(milliseconds <= _IMPORT_MS and without)
    yield BudgetRow(
        "imports of the program beyond `pulumi.dynamic`", f"≤ {_IMPORT_MS} ms CPU, no `requests`", measured, met
    )


def _compute_ratio(results: Results, operation: str, over: str, number: Callable[[MeasuredRun], float]) -> float:
    return compute_ratio(results.select("ours", operation, COUNTED), results.select(over, operation, COUNTED), number)
