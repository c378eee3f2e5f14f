"""token-renewal; now is 2026-12-01T12:00Z."""

from __future__ import annotations

import pytest

from adobe_flow_policy.rules.token_renewal import RULE
from tests.policy.resources import connection, validate


def test_a_token_that_ends_soon_is_told_with_the_time_that_is_left() -> None:
    (message,) = validate(RULE, connection(accessTokenExpiresAt="2026-12-05T15:00Z"))

    assert message.startswith("accessTokenExpiresAt: the token ends in 4 days and 3 hours.")


@pytest.mark.parametrize("end", ["2026-12-15T12:00Z", "2026-12-01T12:00Z", "2020-01-01", "in March"])
def test_other_ends_are_no_matter_of_it(end: str) -> None:
    assert validate(RULE, connection(accessTokenExpiresAt=end)) == []
    assert validate(RULE, connection(without=("accessTokenExpiresAt",))) == []


def test_a_team_says_how_soon_is_soon() -> None:
    soon = connection(accessTokenExpiresAt="2026-12-05T15:00Z")

    assert validate(RULE, soon, minDays=0) == []
    assert len(validate(RULE, connection(accessTokenExpiresAt="2026-12-25T15:00Z"), minDays=30)) == 1
