"""The budget of issue 8: what meets a row, what does not, and what Pulumi alone makes impossible."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from benchmarks import budget
from benchmarks.budget import Row
from benchmarks.plan import COUNTED, LIST, MANY, MOST, SLOW
from benchmarks.results import Run
from tests.benchmarks.world import REQUESTS, good, results


def row(rows: list[Row], what: str) -> Row:
    found = [each for each in rows if each.what.startswith(what)]
    assert len(found) == 1, [each.what for each in rows]
    return found[0]


def spoilt(peer: str, operation: str, where: dict[str, Any], **changed: Any) -> list[Row]:
    """The budget where the runs of this kind are so."""
    usual = {"connections": COUNTED, "latency": 0, **where}

    def other(run: Run) -> Run:
        same = (run.peer, run.operation) == (peer, operation) and all(
            getattr(run, name) == value for name, value in usual.items()
        )
        return replace(run, **changed) if same else run

    return budget.rows(results(*map(other, good())))


def test_good_results_meet_every_row() -> None:
    rows = budget.rows(results(*good()))

    assert [each.what for each in rows if not each.met] == []
    assert len(rows) == 20
    assert not budget.failed(rows)


@pytest.mark.parametrize(
    ("operation", "requests", "what"),
    [
        ("create", {**REQUESTS["create"], "POST token": 2}, "requests: create"),
        ("create", {**REQUESTS["create"], "GET connections": 2}, "requests: create"),
        ("create", {**REQUESTS["create"], "GET connections?orderby": 26}, "requests: create"),
        ("create", {**REQUESTS["create"], "GET connections/{id}": 1}, "requests: create"),
        ("no-op", {"POST token": 1}, "requests: no-op"),
        ("preview", {"GET connections": 1}, "requests: no-op"),
        ("update", {"PATCH connections/{id}": 1, "GET connections/{id}": 2, "POST token": 1}, "requests: update"),
        ("refresh", {**REQUESTS["refresh"], "GET connections/{id}": 101}, "requests: refresh of 100"),
        ("destroy", {"DELETE connections/{id}": 99, "POST token": 1, "GET flows": 1}, "requests: destroy"),
    ],
)
def test_one_request_more_or_less_is_not_met(operation: str, requests: dict[str, int], what: str) -> None:
    rows = spoilt("ours", operation, {}, requests=requests)

    assert not row(rows, what).met
    assert budget.failed(rows)


@pytest.mark.parametrize(
    ("operation", "where", "changed", "what"),
    [
        ("create", {}, {"tcp": 7}, "TCP"),
        ("create", {}, {"cpu": 1.14}, "CPU over `null`, N = 100: create"),
        ("no-op", {}, {"cpu": 1.04}, "CPU over `null`, N = 100: no-op"),
        ("destroy", {}, {"wall": 1.3}, "wall over naive, N = 100: destroy"),
        ("create", {}, {"memory": 46}, "peak memory"),
        ("create", {}, {"state": 16}, "state file"),
        ("create", {"latency": SLOW}, {"span": 12.1}, "create, N = 100, L = 200"),
        ("refresh", {"connections": MANY, "latency": SLOW, "setup": LIST}, {"wall": 6.4}, "refresh from list"),
        ("create", {"connections": MOST}, {"connections": MOST - 1}, "N = 1000"),
    ],
)
def test_a_little_over_is_not_met(operation: str, where: dict[str, Any], changed: dict[str, Any], what: str) -> None:
    assert not row(spoilt("ours", operation, where, **changed), what).met


def test_what_pulumi_alone_takes_is_no_failure_but_is_not_met_either() -> None:
    slow_engine = {"null": 1.5, "ours": 1.6}
    runs = [replace(run, wall=slow_engine.get(run.peer, run.wall)) if _created(run) else run for run in good()]

    found = row(budget.rows(results(*runs)), "wall over naive, N = 100: create")

    assert found.verdict == "not met: `null`, which does nothing, takes 0.60"
    assert not budget.failed([found])


def test_what_pulumi_alone_does_not_take_is_a_failure() -> None:
    found = row(spoilt("ours", "create", {}, wall=1.6), "wall over naive, N = 100: create")

    assert found.verdict == "not met"
    assert budget.failed([found])


def test_a_program_that_imports_requests_is_not_met() -> None:
    rows = budget.rows(results(*good(), imports={"milliseconds": 20.0, "requests": True}))
    assert not row(rows, "imports").met


def test_pickling_that_slows_down_is_not_met() -> None:
    rows = budget.rows(results(*good(), serialising={"first": 0.1, "last": 0.2}))
    assert not row(rows, "serialising").met


def test_what_was_not_run_is_not_met() -> None:
    rows = budget.rows(results(imports={}, serialising={}))
    assert [each.what for each in rows if each.met] == []


def _created(run: Run) -> bool:
    return (run.operation, run.connections, run.latency) == ("create", COUNTED, 0)
