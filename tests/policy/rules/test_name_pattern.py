"""name-pattern."""

from __future__ import annotations

import json

import pytest

from adobe_flow_policy.rules.name_pattern import RULE
from tests.policy.resources import connection, dataflow, validate


@pytest.mark.parametrize("name", ["Orders", "Bestellungen über Nacht", "crm-lake_2 (EU)", "x" * 100])
def test_name_of_words_passes(name: str) -> None:
    assert validate(RULE, connection(name=name)) == []


@pytest.mark.parametrize("name", ["x", "", "-orders", "orders\n", "x" * 101, "<script>"])
def test_name_that_is_too_short_too_long_or_not_words_is_a_violation(name: str) -> None:
    (message,) = validate(RULE, connection(name=name))

    assert message.startswith(f"name: {json.dumps(name)} does not match")


def test_configured_pattern_applies_to_all_kinds_or_to_one() -> None:
    config = {"pattern": r"lake-[a-z]+", "byKind": {"Dataflow": r"flow-[a-z]+"}}

    assert validate(RULE, connection(name="lake-orders"), **config) == []
    assert validate(RULE, dataflow(name="flow-orders"), **config) == []
    assert len(validate(RULE, dataflow(name="lake-orders"), **config)) == 1
