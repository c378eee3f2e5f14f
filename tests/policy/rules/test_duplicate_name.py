"""duplicate-name."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow_policy.rules.duplicate_name import RULE
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.resources import connection, dataflow, validate_together


def test_second_resource_with_a_name_is_a_violation_that_names_the_first() -> None:
    ((name, message),) = validate_together(RULE, connection("pond", name="ORDERS"), connection("lake", name="Orders "))

    assert name == "pond"
    assert '"ORDERS" is also the name of DatabricksSourceConnection "lake" in the sandbox "dev"' in message


def test_duplicate_name_is_judged_across_sources_but_within_a_collection() -> None:
    names = [connection("a", name="Orders"), connection("b", name="Orders", _kind="BaseConnection")]

    assert len(validate_together(RULE, *names)) == 1
    assert validate_together(RULE, connection("a", name="Orders"), dataflow("b", name="Orders")) == []


@pytest.mark.parametrize(
    "other", [{"_sandbox": "stage"}, {"_org": "other@AdobeOrg"}, {"_sandbox": UNKNOWN}, {"_sandbox": None}]
)
def test_names_in_other_or_unknown_sandboxes_are_no_duplicates(other: dict[str, Any]) -> None:
    assert validate_together(RULE, connection("a"), connection("b", **other)) == []


@pytest.mark.parametrize("place", [{"_sandbox": UNKNOWN}, {"_sandbox": None}, {"_org": UNKNOWN}])
def test_two_unknown_sandboxes_are_not_the_same_sandbox(place: dict[str, Any]) -> None:
    assert validate_together(RULE, connection("a", **place), connection("b", **place)) == []


def test_configuration_can_make_names_case_sensitive() -> None:
    pair = connection("a", name="orders"), connection("b", name="Orders")

    assert validate_together(RULE, *pair, ignoreCase=False) == []


def test_unknown_name_is_no_duplicate() -> None:
    assert validate_together(RULE, connection("a", name=UNKNOWN), connection("b", name=UNKNOWN)) == []
