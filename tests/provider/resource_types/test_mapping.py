"""The mapping of a dataflow: validation, its form for Data Prep, and the paths of an XDM schema."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.resource_types.mapping import build_mappings, has_schema_path, list_schema_paths, validate_mapping
from pulumi_adobe.schema.values import UNKNOWN


def test_columns_with_different_paths_are_valid() -> None:
    assert list(validate_mapping({"order_id": "_id", "amount": "_acme.amount"})) == []


def test_mapping_needs_a_column() -> None:
    (problem,) = validate_mapping({})

    assert problem.startswith("mapping: ")


@pytest.mark.parametrize("mapping", [None, UNKNOWN, object()], ids=["absent", "unknown", "output"])
def test_mapping_that_is_not_known_has_no_problem(mapping: object) -> None:
    assert list(validate_mapping(mapping)) == []


def test_each_path_belongs_to_one_column() -> None:
    (problem,) = validate_mapping({"b": "_id", "a": "_id", "c": "other"})

    assert problem.startswith("mapping: a, b ")
    assert problem.endswith("_id")


@pytest.mark.parametrize("path", [None, "", " "], ids=repr)
def test_each_column_needs_a_path(path: Any) -> None:
    (problem,) = validate_mapping({"amount": path, "order_id": "_id"})

    assert problem.startswith("mapping.amount: ")


def test_unknown_path_has_no_problem() -> None:
    assert list(validate_mapping({"amount": UNKNOWN, "order_id": UNKNOWN})) == []


def test_mappings_are_sorted_by_column() -> None:
    mappings = build_mappings({"order_id": "_id", "amount": "_acme.amount"})

    assert [(mapping["sourceAttribute"], mapping["destinationXdmPath"]) for mapping in mappings] == [
        ("amount", "_acme.amount"),
        ("order_id", "_id"),
    ]


def test_schema_paths_include_nested_ones_and_their_objects() -> None:
    schema = {"properties": {"_id": {}, "_acme": {"properties": {"amount": {"type": "number"}}}, "odd": "text"}}

    assert list_schema_paths(schema) == {"_id", "_acme", "_acme.amount", "odd"}
    assert list_schema_paths({}) == set()


SCHEMA = {
    "properties": {
        "_id": {"type": "string"},
        "items": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}}},
        "identityMap": {"type": "object", "additionalProperties": {"type": "array"}},
        "place": {"type": "object", "properties": {"city": {"type": "string"}}},
        "composed": {"allOf": [{"$ref": "x"}], "properties": {}},
    }
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("_id", True),
        ("_idd", False),
        ("_id.x", False),
        ("place", True),
        ("place.city", True),
        ("place.town", False),
        ("items[*].sku", True),
        ("items.sku", True),
        ("items[*].name", False),
        ("identityMap.ECID", True),
        ("composed.anything", True),
    ],
)
def test_a_path_is_in_the_schema_unless_the_schema_excludes_it(path: str, *, expected: bool) -> None:
    assert has_schema_path(SCHEMA, path) is expected
