"""Mapping sets of all forms, and what programs declare, become the source of each destination."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.compare.mappings import read_declared_mapping, read_mapping_set

EXPRESSION = {"source": "trim(a)", "destination": "_acme.b", "sourceType": "EXPRESSION"}
STATIC = {"source": "shop", "destination": "_acme.c", "sourceType": "STATIC"}


@pytest.mark.parametrize(
    "mapping",
    [
        {"sourceType": "ATTRIBUTE", "source": "order_id", "destination": "_id"},
        {"sourceType": "text/x.schema-path", "source": "${order_id}", "destination": "_id"},
        {"sourceAttribute": "order_id", "destinationXdmPath": "_id", "identity": False, "version": 0},
    ],
)
def test_different_notations_of_one_mapping_are_equal(mapping: dict[str, Any]) -> None:
    assert read_mapping_set({"mappings": [mapping]}) == {"_id": "order_id"}


def test_mapping_source_that_is_no_column_is_shown_with_its_type() -> None:
    assert read_mapping_set({"mappings": [EXPRESSION, STATIC]}) == {
        "_acme.b": {"expression": "trim(a)"},
        "_acme.c": {"constant": "shop"},
    }


def test_destination_that_two_mappings_fill_has_both_sources() -> None:
    mappings = [{"source": name, "destination": "_id", "sourceType": "ATTRIBUTE"} for name in ("b", "a")]

    assert read_mapping_set({"mappings": mappings}) == {"_id": ["a", "b"]}


@pytest.mark.parametrize("mappings", [None, 5, "text", {}])
def test_mapping_set_without_a_list_is_unreadable(mappings: Any) -> None:
    assert read_mapping_set({"mappings": mappings}) == UNREADABLE


def test_declared_short_form_equals_the_mapping_set_created_from_it() -> None:
    declared = {"First Name": "person.name.firstName", "order.id": "_id"}
    created = [
        {"source": "${First Name}", "destination": "person.name.firstName", "sourceType": "ATTRIBUTE"},
        {"source": "${order\\.id}", "destination": "_id", "sourceType": "ATTRIBUTE"},
    ]

    assert read_declared_mapping(declared, {"First Name", "order.id"}) == read_mapping_set({"mappings": created})


def test_declared_list_equals_the_mapping_set_created_from_it() -> None:
    assert read_declared_mapping([EXPRESSION, STATIC], None) == read_mapping_set({"mappings": [EXPRESSION, STATIC]})


@pytest.mark.parametrize("mapping", [{"a": 5}, [{"source": "a"}], ["a"], "text", {"a": None}])
def test_state_of_another_type_is_unreadable(mapping: Any) -> None:
    assert read_declared_mapping(mapping, None) == UNREADABLE
