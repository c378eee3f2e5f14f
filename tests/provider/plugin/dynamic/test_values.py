"""The conversion of Pulumi's property values to those of the life cycle, and back."""

from __future__ import annotations

from typing import Any

import pulumi

from pulumi_adobe.plugin.dynamic.values import from_pulumi, to_pulumi
from pulumi_adobe.schema.values import UNKNOWN


def test_from_pulumi_removes_the_pickled_provider() -> None:
    assert from_pulumi({"__provider": "gASV", "name": "lake"}) == {"name": "lake"}


def test_from_pulumi_converts_whole_floats_to_integers_at_any_depth() -> None:
    converted = from_pulumi({"a": 3.0, "b": 3.5, "c": {"d": [1.0, True, None]}})

    assert converted == {"a": 3, "b": 3.5, "c": {"d": [1, True, None]}}
    assert [type(converted["a"]), type(converted["c"]["d"][0]), type(converted["c"]["d"][1])] == [int, int, bool]


def test_unknown_values_are_converted_both_ways_at_any_depth() -> None:
    properties: dict[str, Any] = {"a": pulumi.output.UNKNOWN, "b": {"c": [pulumi.output.UNKNOWN]}}

    converted = from_pulumi(properties)
    converted_back = to_pulumi(converted)

    assert converted["a"] is UNKNOWN
    assert converted["b"]["c"][0] is UNKNOWN
    assert isinstance(converted_back["a"], pulumi.output.Unknown)
    assert isinstance(converted_back["b"]["c"][0], pulumi.output.Unknown)
