"""Which fields a person can ignore."""

from __future__ import annotations

import pytest

from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.compare.facts import COLUMNS, DATAFLOW, MAPPING, SOURCE_CONNECTION, EntityFacts
from adobe_flow.compare.fields import find_differences, validate_ignored
from adobe_flow.problem import Problem


@pytest.mark.parametrize("name", ["description", "parameters.clusterId", "mapping", "mapping.${First Name}"])
def test_field_or_group_can_be_ignored(name: str) -> None:
    assert validate_ignored([name, name]) == [name]


@pytest.mark.parametrize(
    ("name", "near"), [("descripton", "description"), ("schedul", "schedule"), ("xyz", "parameters.NAME")]
)
def test_unknown_field_to_ignore_is_an_error_with_the_nearest_name(name: str, near: str) -> None:
    with pytest.raises(Problem) as problem:
        validate_ignored([name])
    assert near in f"{problem.value.message} {problem.value.hint}"


def test_group_stands_for_all_of_its_members() -> None:
    a = EntityFacts("1", "orders", "", kind=DATAFLOW, details={MAPPING: {"_id": "a", "b": "c"}, "options.x": 1})
    b = EntityFacts("2", "orders", "", kind=DATAFLOW, details={MAPPING: {"_id": "x"}, "options.x": 2})

    assert [each.field for each in find_differences(a, b)] == ["mapping._id", "mapping.b", "options.x"]
    assert [each.field for each in find_differences(a, b, ["mapping"])] == ["options.x"]
    assert [each.field for each in find_differences(a, b, ["mapping._id", "options"])] == ["mapping.b"]


def test_group_that_cannot_be_read_is_one_difference() -> None:
    a = EntityFacts("1", "orders", "", kind=DATAFLOW, details={MAPPING: UNREADABLE})

    assert [each.field for each in find_differences(a, a)] == ["mapping"]


def test_group_that_one_side_lacks_has_one_difference_per_member() -> None:
    a = EntityFacts("1", "orders", "", kind=SOURCE_CONNECTION, details={COLUMNS: {"id": {"type": "string"}}})

    (difference,) = find_differences(a, EntityFacts("2", "orders", "", kind=SOURCE_CONNECTION))

    assert (difference.field, difference.a, difference.b) == ("columns.id", {"type": "string"}, None)
