"""token-renewal; now is 2026-12-01T12:00Z."""

from __future__ import annotations

import pytest

from adobe_flow_policy.rules.token_renewal import RULE
from tests.policy.resources import connection, validate


def test_token_that_expires_soon_is_a_violation_that_names_the_remaining_time() -> None:
    (message,) = validate(RULE, connection(accessTokenExpiresAt="2026-12-05T15:00Z"))

    assert message.startswith("accessTokenExpiresAt: the token ends in 4 days and 3 hours.")


@pytest.mark.parametrize("end", ["2026-12-15T12:00Z", "2026-12-01T12:00Z", "2020-01-01", "in March"])
def test_token_with_a_distant_or_unknown_expiry_passes(end: str) -> None:
    assert validate(RULE, connection(accessTokenExpiresAt=end)) == []
    assert validate(RULE, connection(without=("accessTokenExpiresAt",))) == []


def test_configuration_sets_how_soon_a_token_must_be_renewed() -> None:
    soon = connection(accessTokenExpiresAt="2026-12-05T15:00Z")

    assert validate(RULE, soon, minDays=0) == []
    assert len(validate(RULE, connection(accessTokenExpiresAt="2026-12-25T15:00Z"), minDays=30)) == 1
