"""token-lifetime; now is 2026-12-01T12:00Z."""

from __future__ import annotations

import pytest

from adobe_flow_policy.rules.token_lifetime import RULE
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.resources import connection, validate


@pytest.mark.parametrize("end", ["2026-12-01T12:00:01Z", "2027-03-01T12:00Z", "2027-03-01T14:00+02:00", "2027-01-01"])
def test_an_end_that_lies_ahead_and_is_near_passes(end: str) -> None:
    assert validate(RULE, connection(accessTokenExpiresAt=end)) == []


@pytest.mark.parametrize(
    ("end", "problem"),
    [
        ("2026-12-01T12:00Z", "the token ended at 2026-12-01T12:00Z"),
        ("2020-01-01T00:00Z", "the token ended at"),
        ("2027-03-01T12:00:01Z", "longer than 90 days"),
        ("9999-12-31T23:59:59-23:00", "longer than 90 days"),
        ("in March", "the value is not a time"),
        ("1733011200", "the value is not a time"),
    ],
)
def test_an_end_that_has_passed_is_far_or_is_none_is_refused(end: str, problem: str) -> None:
    (message,) = validate(RULE, connection(accessTokenExpiresAt=end))

    assert message.startswith("accessTokenExpiresAt: ")
    assert problem in message


def test_a_missing_end_is_refused_unless_a_team_allows_it() -> None:
    resource = connection(without=("accessTokenExpiresAt",))

    (message,) = validate(RULE, resource)

    assert message.startswith("accessTokenExpiresAt: the end is missing")
    assert validate(RULE, resource, required=False) == []


def test_a_team_says_how_long_is_too_long() -> None:
    assert len(validate(RULE, connection(), maxDays=30)) == 1
    assert validate(RULE, connection(accessTokenExpiresAt="2028-01-01T00:00Z"), maxDays=730) == []


def test_a_token_that_is_not_made_yet_is_judged_by_its_end() -> None:
    assert len(validate(RULE, connection(accessToken=UNKNOWN, without=("accessTokenExpiresAt",)))) == 1


def test_other_sources_have_no_such_input() -> None:
    assert validate(RULE, connection(_kind="S3SourceConnection", without=("accessTokenExpiresAt",))) == []
