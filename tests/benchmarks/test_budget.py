"""The budget: which results meet a row, which do not, and which limits Pulumi alone exceeds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from benchmarks import budget
from benchmarks.plan import COUNTED, LIST, MANY, MOST, SLOW
from benchmarks.results import MeasuredRun
from benchmarks.rows import BudgetRow
from tests.benchmarks.world import REQUESTS, good, results, run


def find_row(rows: list[BudgetRow], what: str) -> BudgetRow:
    matching_rows = [row for row in rows if row.what.startswith(what)]
    assert len(matching_rows) == 1, [row.what for row in rows]
    return matching_rows[0]


def build_spoilt_rows(peer: str, operation: str, where: dict[str, Any], **changed: Any) -> list[BudgetRow]:
    """Build the budget with these changes of the runs of one kind."""
    attributes = {"connections": COUNTED, "latency": 0, **where}

    def change(run: MeasuredRun) -> MeasuredRun:
        same = (run.peer, run.operation) == (peer, operation) and all(
            getattr(run, name) == value for name, value in attributes.items()
        )
        return replace(run, **changed) if same else run

    return budget.build_budget_rows(results(*map(change, good())))


def test_good_results_meet_every_row() -> None:
    rows = budget.build_budget_rows(results(*good()))

    assert [row.what for row in rows if not row.met] == []
    assert len(rows) == 31
    assert not budget.is_budget_missed(rows)


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
    rows = build_spoilt_rows("ours", operation, {}, requests=requests)

    assert not find_row(rows, what).met
    assert budget.is_budget_missed(rows)


@pytest.mark.parametrize(
    ("operation", "where", "changed", "what"),
    [
        ("create", {}, {"tcp": 7}, "TCP"),
        ("create", {}, {"cpu": 1.09}, "CPU over `null`, N = 100: create"),
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
    assert not find_row(build_spoilt_rows("ours", operation, where, **changed), what).met


def test_only_pulumis_own_time_over_budget_is_missed_but_no_failure() -> None:
    slow_engine = {"null": 1.5, "ours": 1.6}
    runs = [
        replace(run, wall=slow_engine.get(run.peer, run.wall)) if _is_counted_create(run) else run for run in good()
    ]

    row = find_row(budget.build_budget_rows(results(*runs)), "wall over naive, N = 100: create")

    assert row.verdict == "not met: `null` takes 1.5 s, and 100 requests at least 0.0 s: together 0.61"
    assert not budget.is_budget_missed([row])


def test_time_over_budget_that_pulumi_does_not_account_for_is_a_failure() -> None:
    row = find_row(build_spoilt_rows("ours", "create", {}, wall=1.6), "wall over naive, N = 100: create")

    assert row.verdict == "not met"
    assert budget.is_budget_missed([row])


def test_a_program_that_imports_requests_is_not_met() -> None:
    rows = budget.build_budget_rows(results(*good(), imports={"milliseconds": 20.0, "requests": True}))
    assert not find_row(rows, "imports").met


def test_pickling_that_slows_down_is_not_met() -> None:
    rows = budget.build_budget_rows(results(*good(), serialising={"first": 0.1, "last": 0.2}))
    assert not find_row(rows, "serialising").met


def test_row_that_was_not_measured_is_not_met() -> None:
    rows = budget.build_budget_rows(results(imports={}, serialising={}))
    assert [row.what for row in rows if row.met] == []


def _is_counted_create(run: MeasuredRun) -> bool:
    return (run.operation, run.connections, run.latency) == ("create", COUNTED, 0)


def test_new_runs_replace_those_of_their_kind_alone() -> None:
    old = [run("native", "create", wall=1.0), run("native", "create", latency=SLOW), run("ours", "create")]
    new = [run("native", "create", wall=2.0), run("native", "create", wall=3.0)]

    assert results(*old).replace_runs(new) == (*old[1:], *new)


def test_results_without_opentofu_have_nothing_of_its_runs_left() -> None:
    stored = results(*good()).without_opentofu()

    assert stored.runs == tuple(run for run in good() if run.peer != "opentofu")
    assert "opentofu" not in stored.about
