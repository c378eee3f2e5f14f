"""token-lifetime; now is 2026-12-01T12:00Z."""

from __future__ import annotations

import pytest

from adobe_flow_policy.rules.token_lifetime import RULE
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.resources import connection, validate


@pytest.mark.parametrize("end", ["2026-12-01T12:00:01Z", "2027-03-01T12:00Z", "2027-03-01T14:00+02:00", "2027-01-01"])
def test_token_expiry_in_the_near_future_passes(end: str) -> None:
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
def test_token_expiry_that_is_past_far_or_malformed_is_a_violation(end: str, problem: str) -> None:
    (message,) = validate(RULE, connection(accessTokenExpiresAt=end))

    assert message.startswith("accessTokenExpiresAt: ")
    assert problem in message


def test_missing_token_expiry_is_a_violation_unless_configured() -> None:
    resource = connection(without=("accessTokenExpiresAt",))

    (message,) = validate(RULE, resource)

    assert message.startswith("accessTokenExpiresAt: the end is missing")
    assert validate(RULE, resource, required=False) == []


def test_configuration_sets_the_longest_lifetime_of_a_token() -> None:
    assert len(validate(RULE, connection(), maxDays=30)) == 1
    assert validate(RULE, connection(accessTokenExpiresAt="2028-01-01T00:00Z"), maxDays=730) == []


def test_token_of_the_same_program_is_judged_by_its_declared_expiry() -> None:
    assert len(validate(RULE, connection(accessToken=UNKNOWN, without=("accessTokenExpiresAt",)))) == 1


def test_source_without_a_token_passes() -> None:
    assert validate(RULE, connection(_kind="S3SourceConnection", without=("accessTokenExpiresAt",))) == []
