"""The budget: what a run may cost, what it did cost, and whether that is met."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from benchmarks.plan import COUNTED, LIST, MANY, MOST, SKIP, SLOW
from benchmarks.results import Results, Run
from benchmarks.traffic import NEWEST, TOKEN

_PAGE = 100
_THREADS = 4
"""Those of Pulumi's plugin for dynamic providers."""
_LIST_SECONDS = 10
"""What exists is listed again before a create if its list is older."""
_TCP = 6
_IMPORT_MS = 40
_NOISE = 1.1
"""What two equal times of a tenth of a millisecond may differ by."""


@dataclass(frozen=True)
class Row:
    """One line: what, how much of it there may be, how much there was. ``floor`` is what Pulumi alone takes."""

    what: str
    budget: str
    measured: str
    met: bool
    floor: str = ""

    @property
    def verdict(self) -> str:
        """For a person."""
        if self.met:
            return "met"
        return f"not met: {self.floor}" if self.floor else "not met"


def rows(results: Results) -> list[Row]:
    """The whole budget of these results."""
    return [*_requests(results), *_over_null(results), *_over_naive(results), *_slow(results), *_program(results)]


def failed(budget: list[Row]) -> bool:
    """Whether a row is not met that Pulumi alone would meet."""
    return any(not row.met and not row.floor for row in budget)


def _requests(results: Results) -> Iterator[Row]:
    n, pages = COUNTED, MANY // _PAGE
    changed = {"PATCH connections/{id}": 1, "GET connections/{id}": 1, TOKEN: 1}
    by_id = {"GET connections/{id}": n, TOKEN: 1, "GET connections": 1}
    gone = {"DELETE connections/{id}": n, TOKEN: 1, "GET flows": 1}
    none = [*results.some("ours", "no-op", n), *results.some("ours", "preview", n)]
    listed = results.some("ours", "refresh", MANY, SLOW, LIST)
    yield _creates(results.some("ours", "create", n))
    for what, runs, wanted, budget in (
        ("no-op `up`, `preview`", none, {}, "0"),
        (f"refresh of {n} by id", results.some("ours", "refresh", n), by_id, "N GET, 1 token, list pages"),
        (f"refresh of {MANY} from list", listed, {"GET connections": pages, TOKEN: 1}, "list pages, 1 token"),
        (f"destroy of {n}", results.some("ours", "destroy", n), gone, "N DELETE, 1 token, pages of flows"),
    ):
        yield _exactly(f"requests: {what}", runs, wanted, budget)
    updates = results.some("ours", "update", n)
    within = bool(updates) and all(Counter(run.requests) <= Counter(changed) for run in updates)
    yield Row("requests: update of one", "1 PATCH, ≤ 1 GET, 1 token", _told(updates[:1]), met=within)
    tcp = max((run.tcp for run in results.runs if run.peer == "ours" and not run.workers), default=0)
    yield Row("TCP connections of a run", f"≤ {_TCP}", str(tcp), met=0 < tcp <= _TCP)


def _creates(runs: list[Run]) -> Row:
    """Whether no run listed more often than it may."""
    different = [run for run in runs if not _lists_enough(run)]
    budget = f"N POST, 1 token, list pages every {_LIST_SECONDS} s, at most ⌈N/{_THREADS}⌉ pages of the newest"
    met = bool(runs) and not different
    return Row(f"requests: create of {COUNTED}", budget, _told((different or runs)[:1]), met=met)


def _lists_enough(run: Run) -> bool:
    lists, pages = run.requests.get("GET connections", 0), run.requests.get(f"GET connections{NEWEST}", 0)
    others = sum(run.requests.values()) - lists - pages
    written = (run.requests.get("POST connections"), run.requests.get(TOKEN), others) == (COUNTED, 1, COUNTED + 1)
    most = (1 + run.span // _LIST_SECONDS, math.ceil(COUNTED / _THREADS))
    return written and 1 <= lists <= most[0] and 1 <= pages <= most[1]


def _exactly(what: str, runs: list[Run], wanted: Mapping[str, int], budget: str) -> Row:
    """Whether every one of the runs sent just these; the first that did not is shown."""
    different = [run for run in runs if run.requests != wanted]
    return Row(what, budget, _told((different or runs)[:1]), met=bool(runs) and not different)


def _over_null(results: Results) -> Iterator[Row]:
    for operation, most in (("create", 1.15), ("no-op", 1.05), ("destroy", 1.15)):
        ratio = _ratio(results, operation, "null", lambda run: run.cpu)
        yield _at_most(f"CPU over `null`, N = {COUNTED}: {operation}", ratio, most)


def _over_naive(results: Results) -> Iterator[Row]:
    for operation, most in (("create", 0.50), ("destroy", 0.50), ("no-op", 0.75)):
        ratio = _ratio(results, operation, "naive", lambda run: run.wall)
        alone = _ratio(results, operation, "naive", lambda run: run.wall, of="null")
        floor = f"`null`, which does nothing, takes {alone:.2f}" if alone > most else ""
        yield _at_most(f"wall over naive, N = {COUNTED}: {operation}", ratio, most, floor)
    memory = _ratio(results, "create", "naive", lambda run: run.memory)
    yield _at_most(f"peak memory over naive, create of {COUNTED}", memory, 0.45)
    yield _at_most(
        f"state file over naive, N = {COUNTED}", _ratio(results, "create", "naive", lambda run: run.state), 0.15
    )


def _slow(results: Results) -> Iterator[Row]:
    created = results.some("ours", "create", COUNTED, SLOW)
    spans = [run.span / (_waits(run) * SLOW / 1000) for run in created]
    what = f"create, N = {COUNTED}, L = {SLOW} ms: span over (2N/{_THREADS} + token + lists)·L"
    yield _at_most(what, _median(spans), 1.15)
    refreshed = results.some("ours", "refresh", MANY, SLOW, LIST)
    walls = [run.wall / (MANY * SLOW / 1000 / 4) for run in refreshed]
    yield _at_most(f"refresh from list, N = {MANY}, L = {SLOW} ms: wall over N·L/4", _median(walls), 0.25)


def _waits(run: Run) -> float:
    """How many answers a thread waits for: POST and page of its creates; token and lists, for which all threads do."""
    return 2 * COUNTED / _THREADS + run.requests.get(TOKEN, 0) + run.requests.get("GET connections", 0)


def _program(results: Results) -> Iterator[Row]:
    done = [run for run in results.runs if (run.peer, run.operation, run.connections) == ("ours", "create", MOST)]
    how = f" ({SKIP})" if done and all(run.setup == SKIP for run in done) else ""
    yield Row(f"N = {MOST} completes", "yes", f"yes{how}" if done else "not run", met=bool(done))
    growth = results.serialising.get("last", math.nan) / results.serialising.get("first", math.nan)
    yield _at_most(f"serialising the {MOST}th provider over the 1st", growth, _NOISE)
    milliseconds = results.imports.get("milliseconds", math.nan)
    without = results.imports.get("requests") is False
    said = f"{milliseconds:.0f} ms, {'without' if without else 'with'} `requests`"
    met = bool(milliseconds <= _IMPORT_MS and without)
    yield Row("imports of the program beyond `pulumi.dynamic`", f"≤ {_IMPORT_MS} ms CPU, no `requests`", said, met)


def _at_most(what: str, ratio: float, most: float, floor: str = "") -> Row:
    return Row(what, f"≤ {most:.2f}", f"{ratio:.2f}", met=bool(round(ratio, 2) <= most), floor=floor)


def _ratio(results: Results, operation: str, over: str, number: Callable[[Run], float], of: str = "ours") -> float:
    """The median of the rounds' own ratios: two runs of one round had the same neighbours on the machine."""
    pairs = zip(results.some(of, operation, COUNTED), results.some(over, operation, COUNTED), strict=True)
    return _median([number(ours) / number(theirs) for ours, theirs in pairs])


def _median(values: list[float]) -> float:
    return median(values) if values else math.nan


def _told(runs: list[Run]) -> str:
    if not runs:
        return "not run"
    return ", ".join(f"{count} {kind}" for kind, count in runs[0].requests.items()) or "0"
