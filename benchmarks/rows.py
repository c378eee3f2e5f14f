"""A row of the budget: a subject, its limit and the measured value, and the ratios that rows are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.results import MeasuredRun, Results
from benchmarks.traffic import NEWEST, TOKEN

_LIST_SECONDS = 10
"""The age after which the list of existing entities is requested again before a create."""


@dataclass(frozen=True)
class BudgetRow:
    """One line of the budget.

    Attributes:
        what: The subject.
        budget: The limit.
        measured: The measured value.
        met: Whether the value is within the limit.
        floor: What Pulumi alone takes, if no provider could meet the limit.
        missing: Why nothing was measured.
    """

    what: str
    budget: str
    measured: str
    met: bool
    floor: str = ""
    missing: str = ""

    @property
    def verdict(self) -> str:
        """The verdict in words."""
        if self.met:
            return "met"
        if self.missing:
            return f"not measured: {self.missing}"
        return f"not met: {self.floor}" if self.floor else "not met"

    @property
    def is_failure(self) -> bool:
        """Whether the limit is exceeded by something that this project can change."""
        return not self.met and not self.floor and not self.missing


def build_create_row(what: str, runs: Sequence[MeasuredRun], connections: int, threads: int) -> BudgetRow:
    """Build the row of the requests of a create, which is met if no run sends more list requests than allowed."""
    different = [run for run in runs if not _sends_expected_requests(run, connections, threads)]
    budget = f"N POST, 1 token, list pages every {_LIST_SECONDS} s, at most ⌈N/{threads}⌉ pages of the newest"
    return BudgetRow(what, budget, format_requests((different or runs)[:1]), met=bool(runs) and not different)


def _sends_expected_requests(run: MeasuredRun, connections: int, threads: int) -> bool:
    kinds = ("POST connections", TOKEN, "GET connections", f"GET connections{NEWEST}")
    posts, tokens, lists, pages = (run.requests.get(kind, 0) for kind in kinds)
    is_complete = (posts, tokens, sum(run.requests.values())) == (connections, 1, connections + 1 + lists + pages)
    most_lists, most_pages = 1 + run.span // _LIST_SECONDS, math.ceil(connections / threads)
    return is_complete and 1 <= lists <= most_lists and 1 <= pages <= most_pages


def build_cpu_rows(results: Results, what: str, peer: str, null: str, connections: int) -> Iterator[BudgetRow]:
    """Build the rows of the CPU over that of a provider that does nothing; ``what`` is the first word of each."""
    requests = compute_request_cpu(results, connections)
    for operation, most in (("create", 1.10), ("no-op", 1.05), ("destroy", 1.10)):
        ours, theirs = (results.select(name, operation, connections) for name in (peer, null))
        ratio = compute_ratio(ours, theirs, lambda run: run.cpu)
        pulumi = compute_run_median(theirs, lambda run: run.cpu)
        floor = "" if operation == "no-op" else _describe_cpu_floor(null, pulumi, connections, requests, most)
        yield build_limit_row(f"{what} over `{null}`, N = {connections}: {operation}", ratio, most, floor)


def compute_request_cpu(results: Results, connections: int) -> float:
    """Return the CPU seconds of one request for each connection.

    A script that deletes the connections with the same library, and does nothing else, measures them.
    """
    return compute_run_median(results.select("script", "destroy", connections), lambda run: run.cpu)


def _describe_cpu_floor(null: str, pulumi: float, connections: int, requests: float, most: float) -> str:
    """Return what Pulumi and one request for each connection take, if that is more than the limit."""
    what = f"`{null}` takes {pulumi:.1f} s, and {connections} requests of `script` {requests:.1f} s: together"
    return describe_floor(what, (pulumi + requests) / pulumi, most)


def describe_floor(what: str, ratio: float, most: float) -> str:
    """Return what is measured and its ratio, if that alone is more than the limit; else an empty text."""
    return f"{what} {ratio:.2f}" if ratio > most else ""


def build_limit_row(what: str, ratio: float, most: float, floor: str = "", missing: str = "") -> BudgetRow:
    """Build the row that is met if a ratio, rounded as it is shown, is within the limit."""
    measured = "" if missing else f"{ratio:.2f}"
    return BudgetRow(what, f"≤ {most:.2f}", measured, not missing and round(ratio, 2) <= most, floor, missing)


def compute_ratio(
    ours: Sequence[MeasuredRun], theirs: Sequence[MeasuredRun], number: Callable[[MeasuredRun], float]
) -> float:
    """Return the median of the ratios of each round, because the runs of one round share the load of the machine."""
    pairs = zip(ours, theirs, strict=True) if ours and theirs else ()
    return compute_median([number(run) / number(other) for run, other in pairs])


def compute_run_median(runs: Sequence[MeasuredRun], number: Callable[[MeasuredRun], float]) -> float:
    """Return the median of a number of each run; NaN without runs."""
    return compute_median([number(run) for run in runs])


def compute_median(values: Sequence[float]) -> float:
    """Return the median; NaN, which is within no limit, of no values."""
    return median(values) if values else math.nan


def format_requests(runs: Sequence[MeasuredRun]) -> str:
    """Return the requests of the first run by kind."""
    if not runs:
        return "not run"
    return ", ".join(f"{count} {kind}" for kind, count in runs[0].requests.items()) or "0"
