"""A patch turns one body into another, in the form that Flow Service takes."""

from __future__ import annotations

import json
from typing import Any

import jsonpatch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_adobe.flow_service.json_patch import create_json_patch

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("a/~", max_size=2), inner, max_size=3),
    max_leaves=8,
)
BODIES = st.dictionaries(st.text("ab/~", min_size=1, max_size=2), VALUES, max_size=4)


# On busy cores the first values take long to make; that says nothing about the patch.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@UNHURRIED
@given(BODIES, BODIES)
def test_applying_it_gives_the_new_body(old: dict[str, Any], new: dict[str, Any]) -> None:
    # As text, since Python takes 1 for true.
    assert as_json(jsonpatch.apply_patch(old, create_json_patch(old, new))) == as_json(new)


def as_json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


@UNHURRIED
@given(BODIES)
def test_equal_bodies_give_no_operation(body: dict[str, Any]) -> None:
    assert create_json_patch(body, body) == []


def test_true_is_not_one() -> None:
    assert create_json_patch({"a": 1}, {"a": True}) == [{"op": "replace", "path": "/a", "value": True}]


def test_true_is_not_one_in_a_list_or_in_a_whole_object_either() -> None:
    for old, new in (([1], [True]), ([{"b": 0}], [{"b": False}])):
        assert create_json_patch({"a": old}, {"a": new}) == [{"op": "replace", "path": "/a", "value": new}]
    assert create_json_patch({"a": {"b": 1}}, {"a": {"b": True}}, {"/a"})[0]["path"] == "/a"


def test_a_whole_object_is_replaced_as_a_whole() -> None:
    old = {"auth": {"params": {"a": 1, "b": 2}, "specName": "x"}}
    new = {"auth": {"params": {"a": 1, "b": 3}, "specName": "x"}}

    assert create_json_patch(old, new) == [{"op": "replace", "path": "/auth/params/b", "value": 3}]
    assert create_json_patch(old, new, {"/auth/params"}) == [
        {"op": "replace", "path": "/auth/params", "value": {"a": 1, "b": 3}}
    ]


def test_a_removal_never_sends_null_or_an_old_secret_again() -> None:
    patch = create_json_patch({"gone": None, "auth": {"token": "dapi-old"}}, {})

    assert [each["value"] for each in patch] == ["", ""]


def test_every_operation_carries_a_value_as_adobes_schema_asks() -> None:
    assert create_json_patch({"a": "old"}, {}) == [{"op": "remove", "path": "/a", "value": ""}]
    assert create_json_patch({}, {"a": "new"}) == [{"op": "add", "path": "/a", "value": "new"}]


def test_lists_above_a_whole_object_are_compared_place_by_place() -> None:
    old = {"steps": [{"params": {"a": 1}, "name": "x"}, {"params": {"a": 2}, "name": "y"}]}
    new = {"steps": [{"params": {"a": 1}, "name": "x"}, {"params": {"a": 3}, "name": "z"}]}

    assert create_json_patch(old, new, ("/steps/1/params",)) == [
        {"op": "replace", "path": "/steps/1/params", "value": {"a": 3}},
        {"op": "replace", "path": "/steps/1/name", "value": "z"},
    ]
