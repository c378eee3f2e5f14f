"""The JSON Patch that turns one body into another, in the form that Flow Service takes."""

from __future__ import annotations

import json
from typing import Any

import jsonpatch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_adobe.flow_service.json_patch import create_json_patch, locate_named_items, names_items

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("a/~", max_size=2), inner, max_size=3),
    max_leaves=8,
)
BODIES = st.dictionaries(st.text("ab/~", min_size=1, max_size=2), VALUES, max_size=4)


# On busy cores the first values take long to generate, which says nothing about the patch.
NO_DEADLINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@NO_DEADLINE
@given(BODIES, BODIES)
def test_applying_the_patch_gives_the_new_body(old: dict[str, Any], new: dict[str, Any]) -> None:
    # As text, since Python takes 1 for true.
    assert as_json(jsonpatch.apply_patch(old, create_json_patch(old, new))) == as_json(new)


def as_json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


@NO_DEADLINE
@given(BODIES)
def test_equal_bodies_give_no_operation(body: dict[str, Any]) -> None:
    assert create_json_patch(body, body) == []


def test_true_and_one_differ() -> None:
    assert create_json_patch({"a": 1}, {"a": True}) == [{"op": "replace", "path": "/a", "value": True}]


def test_true_and_one_differ_in_lists_and_atomic_objects_too() -> None:
    for old, new in (([1], [True]), ([{"b": 0}], [{"b": False}])):
        assert create_json_patch({"a": old}, {"a": new}) == [{"op": "replace", "path": "/a", "value": new}]
    assert create_json_patch({"a": {"b": 1}}, {"a": {"b": True}}, {"/a"})[0]["path"] == "/a"


def test_atomic_object_is_replaced_as_a_whole() -> None:
    old = {"auth": {"params": {"a": 1, "b": 2}, "specName": "x"}}
    new = {"auth": {"params": {"a": 1, "b": 3}, "specName": "x"}}

    assert create_json_patch(old, new) == [{"op": "replace", "path": "/auth/params/b", "value": 3}]
    assert create_json_patch(old, new, {"/auth/params"}) == [
        {"op": "replace", "path": "/auth/params", "value": {"a": 1, "b": 3}}
    ]


def test_remove_operation_sends_neither_null_nor_the_old_secret() -> None:
    patch = create_json_patch({"gone": None, "auth": {"token": "dapi-old"}}, {})

    assert [operation["value"] for operation in patch] == ["", ""]


def test_every_operation_has_a_value() -> None:
    assert create_json_patch({"a": "old"}, {}) == [{"op": "remove", "path": "/a", "value": ""}]
    assert create_json_patch({}, {"a": "new"}) == [{"op": "add", "path": "/a", "value": "new"}]


def test_lists_with_an_atomic_object_are_compared_by_index() -> None:
    old = {"steps": [{"params": {"a": 1}, "name": "x"}, {"params": {"a": 2}, "name": "y"}]}
    new = {"steps": [{"params": {"a": 1}, "name": "x"}, {"params": {"a": 3}, "name": "z"}]}

    assert create_json_patch(old, new, ("/steps/1/params",)) == [
        {"op": "replace", "path": "/steps/1/params", "value": {"a": 3}},
        {"op": "replace", "path": "/steps/1/name", "value": "z"},
    ]


def test_named_item_of_a_list_is_patched_at_its_index_in_the_entity() -> None:
    copy, mapping = {"name": "Copy", "params": {"a": 1}}, {"name": "Mapping", "params": {"b": 2}}
    patch = create_json_patch({"t": [copy, {**mapping, "params": {}}]}, {"t": [copy, mapping]}, {"/t/0", "/t/1"})
    assert patch == [{"op": "replace", "path": "/t/1", "value": mapping}]

    (located,) = locate_named_items(patch, {"t": [{"name": "Mapping"}, copy]}, ["/t"])
    assert located == {"op": "replace", "path": "/t/0", "value": mapping}

    for entity in ({"t": [copy, {"name": "Other"}]}, {"t": ["text", None]}, {"t": "text"}, {}):
        assert locate_named_items(patch, entity, ["/t"]) == [{"op": "add", "path": "/t/-", "value": mapping}]


def test_operations_on_whole_lists_and_other_members_stay() -> None:
    patch = create_json_patch({"t": [], "name": "a"}, {"t": [{"name": "Copy"}], "name": "b"}, {"/t/0"})

    assert not names_items(patch, ["/t"])
    assert locate_named_items(patch, {"t": []}, ["/t"]) == patch


def test_value_that_contains_an_atomic_object_is_never_added_as_a_whole() -> None:
    new = {"auth": {"params": {"token": "new"}}}

    assert create_json_patch({}, new, ("/auth/params",)) == [
        {"op": "add", "path": "/auth/params", "value": {"token": "new"}}
    ]
