"""The mapping of a dataflow as programs and states have it: its two forms, and its own problems."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_adobe.resource_types.mapping import (
    EXPRESSION,
    STATIC,
    MappingEntry,
    build_mapping,
    list_columns,
    list_entries,
    normalize_mapping,
    validate_mapping,
)
from pulumi_adobe.schema.values import UNKNOWN


def entry(source: Any, destination: Any, type_: Any = "ATTRIBUTE") -> dict[str, Any]:
    return MappingEntry(source, destination, type_).to_state()


def test_columns_with_different_paths_are_valid() -> None:
    assert list(validate_mapping({"order_id": "_id", "amount": "_acme.amount"})) == []
    assert list(validate_mapping([entry("a", "_id"), entry("a", "x"), entry("upper(a)", "y", EXPRESSION)])) == []


@pytest.mark.parametrize("mapping", [{}, []], ids=repr)
def test_mapping_needs_a_column(mapping: Any) -> None:
    (problem,) = validate_mapping(mapping)

    assert problem.startswith("mapping: ")


@pytest.mark.parametrize("mapping", [None, UNKNOWN, object()], ids=["absent", "unknown", "output"])
def test_mapping_that_is_not_known_has_no_problem(mapping: object) -> None:
    assert list(validate_mapping(mapping)) == []


@pytest.mark.parametrize(
    "mapping",
    [
        {"b": "_id", "a": "_id", "c": "other"},
        [entry("b", "_id"), entry("a", "_id"), entry("a", "other")],
    ],
    ids=["object", "list"],
)
def test_each_path_belongs_to_one_source(mapping: Any) -> None:
    (problem,) = validate_mapping(mapping)

    assert problem.startswith("mapping: a, b ")
    assert problem.endswith("_id")


@pytest.mark.parametrize("path", [None, "", " "], ids=repr)
def test_each_column_needs_a_path(path: Any) -> None:
    (problem,) = validate_mapping({"amount": path, "order_id": "_id"})

    assert problem.startswith("mapping.amount: ")


@pytest.mark.parametrize(
    ("element", "label"),
    [
        (entry("x" * 4097, "_id", EXPRESSION), "mapping to _id"),
        (entry(" ", "_id", EXPRESSION), "mapping to _id"),
        (entry("a", "_id", "OTHER"), "mapping to _id"),
        (entry(" ", "_id"), "mapping. "),
        ("text", "mapping"),
        ({"source": "a", "destination": "b"}, "mapping"),
    ],
    ids=["too long", "no expression", "unknown type", "no column", "text", "no type"],
)
def test_wrong_element_of_a_list_is_named(element: Any, label: str) -> None:
    (problem,) = validate_mapping([element])

    assert problem.startswith(f"{label}: ")


def test_longest_expression_and_empty_constant_are_valid() -> None:
    assert list(validate_mapping([entry("x" * 4096, "a", EXPRESSION), entry("", "b", STATIC)])) == []


def test_unknown_path_has_no_problem() -> None:
    assert list(validate_mapping({"amount": UNKNOWN, "order_id": UNKNOWN})) == []
    assert list(validate_mapping([entry("amount", UNKNOWN), entry(UNKNOWN, UNKNOWN, EXPRESSION)])) == []


_TEXTS = st.text(min_size=1, max_size=8)


@given(st.dictionaries(_TEXTS, _TEXTS, min_size=1))
def test_a_list_that_the_short_form_can_express_is_stored_in_it(columns: dict[str, str]) -> None:
    long_form = [entry(column, path) for column, path in columns.items()]

    assert normalize_mapping(long_form) == columns
    assert normalize_mapping(columns) == columns


@given(st.lists(st.tuples(_TEXTS, _TEXTS, st.sampled_from(["ATTRIBUTE", EXPRESSION, STATIC]))), st.randoms())
def test_the_order_of_a_list_has_no_meaning(mappings: list[tuple[str, str, str]], random: Any) -> None:
    by_path = {destination: entry(source, destination, type_) for source, destination, type_ in mappings}
    shuffled = list(by_path.values())
    random.shuffle(shuffled)

    assert normalize_mapping(shuffled) == normalize_mapping(list(by_path.values()))
    assert {each.destination for each in list_entries(normalize_mapping(shuffled))} == set(by_path)


@pytest.mark.parametrize(
    "mapping",
    [
        [entry("a", "x"), entry("a", "y")],
        [entry("upper(a)", "x", EXPRESSION)],
        [entry("7", "x", STATIC)],
        [entry(UNKNOWN, "x")],
    ],
    ids=["one column twice", "expression", "constant", "unknown"],
)
def test_list_that_the_short_form_cannot_express_is_stored_as_a_list(mapping: Any) -> None:
    assert normalize_mapping(mapping) == mapping
    assert build_mapping(list_entries(mapping)) == mapping


def test_columns_used_by_expressions_are_not_columns_of_the_mapping() -> None:
    assert list_columns([entry("a", "x"), entry("a", "y"), entry("upper(b)", "z", EXPRESSION)]) == ["a", "a"]
