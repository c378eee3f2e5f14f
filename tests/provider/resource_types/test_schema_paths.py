"""The paths of an XDM schema: nested ones, elements of arrays, and keys of maps."""

from __future__ import annotations

import pytest

from pulumi_adobe.resource_types.schema_paths import find_schema_path, list_schema_paths


def test_schema_paths_include_nested_ones_and_their_objects() -> None:
    schema = {"properties": {"_id": {}, "_acme": {"properties": {"amount": {"type": "number"}}}, "odd": "text"}}

    assert list_schema_paths(schema) == {"_id", "_acme", "_acme.amount", "odd"}
    assert list_schema_paths({}) == set()


_IDENTITIES = {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}
SCHEMA = {
    "properties": {
        "_id": {"type": "string"},
        "items": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}}},
        "tags": {"type": "array", "items": {"type": "string"}},
        "anything": {"type": "array"},
        "identityMap": {"type": "object", "additionalProperties": _IDENTITIES},
        "place": {"type": "object", "properties": {"city": {"type": "string"}}},
        "composed": {"allOf": [{"$ref": "x"}], "properties": {}},
        "either": {"type": ["object", "null"], "properties": {"x": {}}},
        "a b": {"type": "string"},
        "odd": "text",
    }
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("_id", True),
        ("_idd", False),
        ("_id.x", False),
        ("_id[0]", False),
        ("place", True),
        ("place.city", True),
        ("place.town", False),
        ("items[*].sku", True),
        ("items[0].sku", True),
        ("items.sku", True),
        ("items[*].name", False),
        ("items[x].sku", False),
        ("tags[3]", True),
        ("tags[3][0]", False),
        ("anything[0].x", True),
        ("identityMap", True),
        ("identityMap.ECID", True),
        ("identityMap.Email[0].id", True),
        ("identityMap.Email[0].name", False),
        ("composed.anything", True),
        ("${a b}", True),
        ("either.x", True),
        ("either.y", False),
        ("odd", True),
        ("", False),
    ],
)
def test_a_path_is_in_the_schema_unless_the_schema_excludes_it(path: str, *, expected: bool) -> None:
    assert find_schema_path(SCHEMA, path).exists is expected


@pytest.mark.parametrize(
    ("path", "expected"), [("identityMap.Email[0].id", True), ("identityMap", False), ("place.city", False)]
)
def test_a_key_of_a_map_is_recognized(path: str, *, expected: bool) -> None:
    assert find_schema_path(SCHEMA, path).has_map_key is expected
