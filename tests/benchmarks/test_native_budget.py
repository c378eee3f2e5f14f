"""The budget of the native adapter: limits beside OpenTofu, floors, and peers that could not be measured."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from benchmarks import budget
from benchmarks.plan import COUNTED, MANY, SIXTY_FOUR, SLOW, TEN
from benchmarks.results import MeasuredRun
from benchmarks.rows import BudgetRow
from tests.benchmarks.world import REQUESTS, good, results

CREATE_ROW = f"native over OpenTofu, N = {COUNTED}, L = {SLOW} ms, {TEN}: wall of create"


def build_budget_rows(peer: str, operation: str, where: dict[str, Any], **changed: Any) -> dict[str, BudgetRow]:
    """Build the budget with these changes of the runs of one kind, by subject."""
    attributes = {"peer": peer, "operation": operation, "connections": COUNTED, **where}

    def change(run: MeasuredRun) -> MeasuredRun:
        is_same = all(getattr(run, name) == value for name, value in attributes.items())
        return replace(run, **changed) if is_same else run

    return {row.what: row for row in budget.build_budget_rows(results(*map(change, good())))}


@pytest.mark.parametrize(
    ("operation", "where", "changed", "what"),
    [
        ("create", {"setup": TEN}, {"wall": 15.1}, CREATE_ROW),
        ("destroy", {"setup": TEN}, {"wall": 15.1}, CREATE_ROW.replace("create", "destroy")),
        ("preview", {"setup": TEN}, {"wall": 6.1}, CREATE_ROW.replace("create", "preview over plan")),
        ("refresh", {"setup": TEN}, {"wall": 4.1}, CREATE_ROW.replace("create", "refresh from list")),
        (
            "refresh",
            {"setup": TEN, "connections": MANY},
            {"wall": 2.1},
            CREATE_ROW.replace("create", "refresh from list").replace(f"N = {COUNTED}", f"N = {MANY}"),
        ),
        ("create", {"setup": SIXTY_FOUR}, {"wall": 25.1}, CREATE_ROW.replace(TEN, SIXTY_FOUR)),
        ("create", {"latency": 0}, {"cpu": 1.09}, f"native, CPU over `null-native`, N = {COUNTED}: create"),
        ("no-op", {"latency": 0}, {"cpu": 1.04}, f"native, CPU over `null-native`, N = {COUNTED}: no-op"),
        ("destroy", {"latency": 0}, {"cpu": 1.09}, f"native, CPU over `null-native`, N = {COUNTED}: destroy"),
    ],
)
def test_a_little_over_is_not_met(operation: str, where: dict[str, Any], changed: dict[str, Any], what: str) -> None:
    row = build_budget_rows("native", operation, where, **changed)[what]

    assert row.verdict == "not met"
    assert row.is_failure


@pytest.mark.parametrize("more", [{"GET connections?orderby": 11}, {"POST token": 2}, {"GET connections/{id}": 1}])
def test_one_request_more_is_not_met(more: dict[str, int]) -> None:
    requests = {**REQUESTS["create"], "GET connections?orderby": 10, **more}

    rows = build_budget_rows("native", "create", {"setup": TEN}, requests=requests)

    assert not rows[f"native, requests: create of {COUNTED}, {TEN}"].met


def test_what_pulumi_and_the_awaited_answers_take_is_a_floor() -> None:
    """Ten creates at once wait for the answers to 2 x 100 / 10 requests of 0.2 s each."""
    row = build_budget_rows("opentofu", "create", {"setup": TEN}, wall=3.0)[CREATE_ROW]

    assert row.verdict == "not met: `null-native` takes 0.9 s, and the answers 4.0 s: together 1.63"
    assert not row.is_failure


def test_preview_waits_for_no_answer() -> None:
    rows = build_budget_rows("opentofu", "preview", {"setup": TEN}, wall=0.1)

    (row,) = (row for row in rows.values() if row.what.endswith("preview over plan"))
    assert row.verdict.startswith("not met: `null-native` takes ")
    assert "answers" not in row.verdict


@pytest.mark.parametrize(("peer", "null"), [("ours", "null"), ("native", "null-native")])
def test_pulumi_and_the_requests_of_a_script_are_a_floor_of_the_cpu(peer: str, null: str) -> None:
    what = f"CPU over `{null}`, N = {COUNTED}: destroy"
    with_floor = build_budget_rows("script", "destroy", {}, cpu=0.2)
    missed = build_budget_rows(peer, "destroy", {"latency": 0}, cpu=1.2)

    (floor,) = (row.floor for row in with_floor.values() if row.what.endswith(what))
    (is_failure,) = (row.is_failure for row in missed.values() if row.what.endswith(what))
    assert floor == f"`{null}` takes 1.0 s, and 100 requests of `script` 0.2 s: together 1.20"
    assert is_failure


def test_rows_of_a_missing_opentofu_say_why_and_are_no_failure() -> None:
    runs = [run for run in good() if run.peer != "opentofu"]

    rows = {
        row.what: row
        for row in budget.build_budget_rows(results(*runs, about={"no_opentofu": "no network", "cores": 2}))
    }

    assert rows[CREATE_ROW].verdict == "not measured: no network"
    assert not budget.is_budget_missed(list(rows.values()))
