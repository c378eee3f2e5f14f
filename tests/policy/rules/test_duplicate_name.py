"""duplicate-name."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow_policy.rules.duplicate_name import RULE
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.resources import connection, dataflow, validate_together


def test_the_second_of_one_name_is_told_with_the_first() -> None:
    ((name, message),) = validate_together(RULE, connection("pond", name="ORDERS"), connection("lake", name="Orders "))

    assert name == "pond"
    assert '"ORDERS" is also the name of DatabricksSourceConnection "lake" in the sandbox "dev"' in message


def test_sources_do_not_matter_but_collections_do() -> None:
    names = [connection("a", name="Orders"), connection("b", name="Orders", _kind="BaseConnection")]

    assert len(validate_together(RULE, *names)) == 1
    assert validate_together(RULE, connection("a", name="Orders"), dataflow("b", name="Orders")) == []


@pytest.mark.parametrize(
    "other", [{"_sandbox": "stage"}, {"_org": "other@AdobeOrg"}, {"_sandbox": UNKNOWN}, {"_sandbox": None}]
)
def test_other_places_and_unknown_ones_have_names_of_their_own(other: dict[str, Any]) -> None:
    assert validate_together(RULE, connection("a"), connection("b", **other)) == []


@pytest.mark.parametrize("place", [{"_sandbox": UNKNOWN}, {"_sandbox": None}, {"_org": UNKNOWN}])
def test_two_places_that_are_not_known_are_not_the_same(place: dict[str, Any]) -> None:
    assert validate_together(RULE, connection("a", **place), connection("b", **place)) == []


def test_a_team_may_tell_names_apart_by_case() -> None:
    pair = connection("a", name="orders"), connection("b", name="Orders")

    assert validate_together(RULE, *pair, ignoreCase=False) == []


def test_unknown_names_are_like_no_other() -> None:
    assert validate_together(RULE, connection("a", name=UNKNOWN), connection("b", name=UNKNOWN)) == []
