"""Properties of the comparison, for any two sides."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from adobe_flow.compare.comparison import build_comparison_result, compare
from adobe_flow.compare.facts import DATAFLOW, EntityFacts
from tests.cli.compare.connections import CHANGES, FACTS, Change, alone, plain, side

SIDES = st.lists(FACTS, max_size=6)


def result(a: list[EntityFacts], b: list[EntityFacts], *ignored: str) -> dict[str, Any]:
    return build_comparison_result(compare(side(a), side(b, "stage"), ignored), "now", ignored)


@given(SIDES, st.randoms(use_true_random=False))
def test_side_compared_with_itself_in_any_order_has_no_difference(connections: list[EntityFacts], chance: Any) -> None:
    other = list(connections)
    chance.shuffle(other)

    found = result(connections, other)

    assert found["differences"] == []
    assert found["equal"] == len(connections)


@given(SIDES, SIDES)
def test_swapped_sides_give_the_swapped_differences(a: list[EntityFacts], b: list[EntityFacts]) -> None:
    kinds = {"missing-in-a": "missing-in-b", "missing-in-b": "missing-in-a", "differs": "differs"}
    turned = [
        (kinds[kind], there, here, [{"field": each["field"], "a": each["b"], "b": each["a"]} for each in fields])
        for kind, here, there, fields in plain(result(a, b))
    ]

    assert plain(result(b, a)) == turned


@given(SIDES, SIDES)
def test_every_connection_is_listed_exactly_once(a: list[EntityFacts], b: list[EntityFacts]) -> None:
    found = result(a, b)

    pairs = found["equal"] + sum(each["kind"] == "differs" for each in found["differences"])
    assert pairs + sum(each["kind"] == "missing-in-b" for each in found["differences"]) == len(a)
    assert pairs + sum(each["kind"] == "missing-in-a" for each in found["differences"]) == len(b)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change[0])
@given(SIDES, st.data())
def test_a_single_change_is_found_and_nothing_else(change: Change, connections: list[EntityFacts], data: Any) -> None:
    assume(alone(connections))
    field, changed = change
    one = data.draw(st.sampled_from(alone(connections)))
    other = changed(one)
    assume(other != one)

    (found,) = result(connections, [other if each is one else each for each in connections])["differences"]

    assert found["kind"] == "differs"
    assert [each["field"] for each in found["fields"]] == [field]
    assert found["a"]["id"] == found["b"]["id"] == one.id


@given(SIDES, FACTS)
def test_single_missing_connection_is_the_only_difference(connections: list[EntityFacts], one: EntityFacts) -> None:
    assume(one in alone([*connections, one]))

    (there,) = result([*connections, one], connections)["differences"]
    (here,) = result(connections, [*connections, one])["differences"]

    assert (there["kind"], there["b"], there["a"]["id"]) == ("missing-in-b", None, one.id)
    assert (here["kind"], here["a"], here["b"]["id"]) == ("missing-in-a", None, one.id)


def test_ignored_field_is_no_difference() -> None:
    a = EntityFacts("1", "lake", "databricks", "a", parameters={"clusterId": "dev", "database": "one"})
    b = EntityFacts("2", "lake", "databricks", "b", parameters={"clusterId": "prod", "database": "one"})

    assert result([a], [b], "description", "parameters.clusterId")["differences"] == []
    assert [each["field"] for each in result([a], [b], "description")["differences"][0]["fields"]] == [
        "parameters.clusterId"
    ]


def test_true_differs_from_1_but_a_number_equals_any_spelling_of_it() -> None:
    a = EntityFacts("1", "lake", "databricks", parameters={"flag": True, "port": 5432})
    b = EntityFacts("2", "lake", "databricks", parameters={"flag": 1, "port": 5432.0})

    assert [each["field"] for each in result([a], [b])["differences"][0]["fields"]] == ["parameters.flag"]


def test_connections_with_one_name_are_matched_by_similarity() -> None:
    a = [EntityFacts(str(number), "lake", "databricks", parameters={"database": str(number)}) for number in range(3)]
    b = [EntityFacts("x", "lake", "databricks", parameters={"database": "2"})]

    found = result(a, b)["differences"]

    assert [(each["kind"], each["a"]["id"]) for each in found] == [("missing-in-b", "0"), ("missing-in-b", "1")]


def test_value_that_is_secret_on_one_side_is_not_compared() -> None:
    a = EntityFacts("1", "lake", "databricks", parameters={"clusterId": "seen"})
    b = EntityFacts("2", "lake", "databricks", secrets=frozenset({"clusterId"}))

    found = result([a], [b])

    assert found["differences"] == []
    assert [(each["name"], each["secrets"]) for each in found["notCompared"]] == [("lake", ["clusterId"])]


def test_hundreds_of_connections_with_one_name_are_matched_in_linear_time() -> None:
    a = [
        EntityFacts(f"a{number}", "lake", "databricks", parameters={"database": f"{number:03}"})
        for number in range(300)
    ]
    b = [
        EntityFacts(f"b{number}", "lake", "databricks", parameters={"database": f"{number:03}"})
        for number in range(1, 301)
    ]

    (difference,) = result(a, b)["differences"]
    every = result(a, [EntityFacts(each.id, "lake", "databricks", "new", parameters=each.parameters) for each in a])

    assert difference["fields"] == [{"field": "parameters.database", "a": "000", "b": "300"}]
    assert {field["field"] for each in every["differences"] for field in each["fields"]} == {"description"}


def test_dataflow_with_an_unknown_source_is_matched_by_name() -> None:
    intervals = [{"schedule.interval": 1}, {"schedule.interval": 2}]
    a = [
        EntityFacts(str(number), "daily", "databricks", kind=DATAFLOW, details=each)
        for number, each in enumerate(intervals)
    ]
    b = [EntityFacts(str(number), "daily", "", kind=DATAFLOW, details=each) for number, each in enumerate(intervals)]

    assert result(a, b)["differences"] == []
