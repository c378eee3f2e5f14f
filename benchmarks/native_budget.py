"""The budget of the native adapter: beside OpenTofu, and beside a native provider that does nothing.

OpenTofu's generic REST provider sends one POST for a connection. It neither looks for an existing one nor confirms what
it has created, so what a verified create waits for in addition counts as a floor, as Pulumi's own time does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from benchmarks.cpu_budget import build_cpu_rows
from benchmarks.plan import COUNTED, MANY, SIXTY_FOUR, SLOW, TEN
from benchmarks.results import MeasuredRun, Results
from benchmarks.rows import BudgetRow, build_limit_row, compute_median, compute_ratio, format_requests
from benchmarks.traffic import NEWEST, TOKEN

_IN_PARALLEL: Final = {TEN: 10, SIXTY_FOUR: 64}
_WAITS: Final = {"create": 2, "destroy": 1}
"""The answers that each operation on a connection waits for: a create for those of its POST and of its page."""
_PAGE: Final = 100
"""The connections on a page of the list, which a refresh waits for one after the other."""
_LIST_SECONDS: Final = 10
_IMPORT_MS: Final = 30
_NOT_BUILT: Final = "the native adapter is not built"
_OLDER: Final = "these results are older than the native adapter"


def build_budget_rows(results: Results) -> list[BudgetRow]:
    """Return all rows of the native adapter for these results."""
    return [
        _build_request_row(results),
        _build_opentofu_row(results, "create", TEN, 1.5),
        _build_opentofu_row(results, "destroy", TEN, 1.5),
        _build_opentofu_row(results, "create", SIXTY_FOUR, 2.5),
        _build_opentofu_row(results, "refresh", TEN, 0.4),
        _build_opentofu_row(results, "refresh", TEN, 0.2, MANY),
        _build_opentofu_row(results, "preview", TEN, 0.6),
        *_build_null_rows(results),
        _build_import_row(results),
    ]


def _build_request_row(results: Results) -> BudgetRow:
    runs = results.select("native", "create", COUNTED, SLOW, TEN)
    threads = _IN_PARALLEL[TEN]
    budget = f"N POST, 1 token, list pages every {_LIST_SECONDS} s, at most ⌈N/{threads}⌉ pages of the newest"
    different = [run for run in runs if not _sends_enough(run, threads)]
    what = f"native, requests: create of {COUNTED}, {TEN}"
    met = bool(runs) and not different
    missing = _explain_missing(results, runs, needs_opentofu=False)
    return BudgetRow(what, budget, format_requests((different or runs)[:1]) if runs else "", met, missing=missing)


def _sends_enough(run: MeasuredRun, threads: int) -> bool:
    """Return whether a create sent what it must, and no more than it may."""
    kinds = ("POST connections", TOKEN, "GET connections", f"GET connections{NEWEST}")
    posts, tokens, lists, pages = (run.requests.get(kind, 0) for kind in kinds)
    is_complete = (posts, tokens) == (COUNTED, 1) and sum(run.requests.values()) == posts + tokens + lists + pages
    return is_complete and lists <= 1 + run.span // _LIST_SECONDS and 1 <= pages <= math.ceil(COUNTED / threads)


def _build_opentofu_row(
    results: Results, operation: str, setup: str, most: float, connections: int = COUNTED
) -> BudgetRow:
    ours, theirs = (results.select(peer, operation, connections, SLOW, setup) for peer in ("native", "opentofu"))
    what = f"native over OpenTofu, N = {connections}, L = {SLOW} ms, {setup}: wall of {_describe(operation)}"
    missing = _explain_missing(results, ours, theirs)
    if missing:
        return build_limit_row(what, math.nan, most, missing=missing)
    floor = _describe_floor(results, operation, setup, theirs, most)
    return build_limit_row(what, compute_ratio(ours, theirs, lambda run: run.wall), most, floor)


def _describe(operation: str) -> str:
    return {"refresh": "refresh from list", "preview": "preview over plan"}.get(operation, operation)


def _describe_floor(results: Results, operation: str, setup: str, theirs: Sequence[MeasuredRun], most: float) -> str:
    """Return what Pulumi and the answers that a verified operation waits for take, if that is more than the limit."""
    connections = theirs[0].connections
    pulumi = compute_median([run.wall for run in results.select("null-native", operation, connections, SLOW, setup)])
    answers = math.ceil(connections / _IN_PARALLEL[setup]) * _WAITS.get(operation, 0)
    if operation == "refresh":
        answers += 1 + math.ceil(connections / _PAGE)  # that of the token, and a page after the other
    waits = answers * SLOW / 1000
    ratio = (pulumi + waits) / compute_median([run.wall for run in theirs])
    if not ratio > most:
        return ""
    return f"`null-native` takes {pulumi:.1f} s, and the answers {waits:.1f} s: together {ratio:.2f}"


def _build_null_rows(results: Results) -> Iterator[BudgetRow]:
    runs = (results.select(peer, "create", COUNTED) for peer in ("native", "null-native"))
    missing = _explain_missing(results, *runs, needs_opentofu=False)
    return build_cpu_rows(results, "native", "null-native", "native, CPU over `null-native`", missing)


def _build_import_row(results: Results) -> BudgetRow:
    what, budget = "native, imports of a program with the generated SDK beyond `pulumi`", f"≤ {_IMPORT_MS} ms CPU"
    milliseconds = results.imports.get("native")
    if milliseconds is None:
        return BudgetRow(what, budget, "", met=False, missing=_explain_missing(results, [], needs_opentofu=False))
    return BudgetRow(what, budget, f"{milliseconds:.0f} ms", met=bool(milliseconds <= _IMPORT_MS))


def _explain_missing(results: Results, *runs: Sequence[MeasuredRun], needs_opentofu: bool = True) -> str:
    """Return why one of the peers has no runs; empty if all have some."""
    if all(runs):
        return ""
    if "native" not in results.about:
        return _OLDER
    if not results.about["native"]:
        return _NOT_BUILT
    return str(results.about.get("no_opentofu") or "not run") if needs_opentofu else "not run"
