"""What Pulumi's plugin does to values is undone at the edge, and nowhere else."""

from __future__ import annotations

import pulumi

from pulumi_adobe.plugin.dynamic.values import from_pulumi, to_pulumi
from pulumi_adobe.schema.values import UNKNOWN


def test_the_pickled_provider_is_taken_out_and_whole_floats_are_numbers_again() -> None:
    given = {"__provider": "gASV", "a": 3.0, "b": 3.5, "c": {"d": [1.0, True, None]}}

    assert from_pulumi(given) == {"a": 3, "b": 3.5, "c": {"d": [1, True, None]}}
    assert isinstance(from_pulumi(given)["a"], int)


def test_unknown_values_survive_both_ways_at_any_depth() -> None:
    given = {"a": pulumi.output.UNKNOWN, "b": {"c": [pulumi.output.UNKNOWN]}}

    plain = from_pulumi(given)

    assert plain["a"] is UNKNOWN
    assert plain["b"]["c"][0] is UNKNOWN
    back = to_pulumi(plain)
    assert isinstance(back["a"], pulumi.output.Unknown)
    assert isinstance(back["b"]["c"][0], pulumi.output.Unknown)
