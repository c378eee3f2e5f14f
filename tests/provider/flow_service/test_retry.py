"""The retry policy."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_adobe.flow_service.retry import (
    MAX_ATTEMPTS,
    Outcome,
    SendFailure,
    may_have_taken_effect,
    parse_retry_after,
    retry_delay,
)

ALWAYS_RETRIED = [{"status": 429}, {"failure": SendFailure.NOT_SENT}, {"failure": SendFailure.REFUSED}]
RETRIED_IF_IDEMPOTENT = [
    {"status": 500},
    {"status": 503},
    {"status": 502},
    {"status": 504},
    {"failure": SendFailure.NO_RESPONSE},
]
NEVER_RETRIED = [
    *({"status": status} for status in (200, 201, 204, 302, 400, 401, 403, 404, 409, 412, 422)),
    {"failure": SendFailure.NO_LISTENER},
    {"failure": SendFailure.NO_SUCH_HOST},
    {"failure": SendFailure.NOT_TRUSTED},
    {"failure": SendFailure.IMPOSSIBLE},
    {"failure": SendFailure.NO_TIME},
]


@pytest.mark.parametrize("outcome", ALWAYS_RETRIED, ids=str)
def test_request_without_effect_is_always_retried(outcome: dict[str, Any]) -> None:
    assert retry_delay(Outcome(**outcome), 1, idempotent=False) is not None
    assert retry_delay(Outcome(**outcome), 1, idempotent=True) is not None


@pytest.mark.parametrize("outcome", RETRIED_IF_IDEMPOTENT, ids=str)
def test_request_that_may_have_taken_effect_is_retried_only_if_idempotent(outcome: dict[str, Any]) -> None:
    assert retry_delay(Outcome(**outcome), 1, idempotent=False) is None
    assert retry_delay(Outcome(**outcome), 1, idempotent=True) is not None


@pytest.mark.parametrize("outcome", NEVER_RETRIED, ids=str)
def test_final_outcome_is_not_retried(outcome: dict[str, Any]) -> None:
    assert retry_delay(Outcome(**outcome), 1, idempotent=True) is None


@pytest.mark.parametrize("outcome", [*ALWAYS_RETRIED, *RETRIED_IF_IDEMPOTENT, *NEVER_RETRIED], ids=str)
def test_outcomes_that_may_have_taken_effect(outcome: dict[str, Any]) -> None:
    assert may_have_taken_effect(Outcome(**outcome)) is (outcome in RETRIED_IF_IDEMPOTENT)


@given(st.integers(1, MAX_ATTEMPTS - 1), st.floats(0, 1000), st.floats(0.01, 1))
def test_retry_after_takes_precedence_over_the_backoff(attempt: int, seconds: float, jitter: float) -> None:
    outcome = Outcome(status=429, retry_after=seconds)

    assert retry_delay(outcome, attempt, idempotent=False, jitter=jitter) == seconds


def test_backoff_doubles_until_the_last_attempt() -> None:
    pauses = [retry_delay(Outcome(status=503), attempt, idempotent=True) for attempt in range(1, MAX_ATTEMPTS + 1)]

    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, None]
    assert retry_delay(Outcome(status=503), 1, idempotent=True, jitter=0.5) == 0.25


NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("38", 38.0),
        (" 5 ", 5.0),
        ("Tue, 24 Nov 2026 12:00:30 GMT", 30.0),
        ("Tue, 24 Nov 2026 12:00:30 -0000", 30.0),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-3", None),
        ("²", None),
        ("9" * 400, None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert parse_retry_after(header, NOW) == seconds


def test_retry_after_date_is_measured_by_this_machines_clock_by_default() -> None:
    assert (parse_retry_after("Fri, 31 Dec 2100 23:59:59 GMT") or 0) > 1e9
    assert parse_retry_after("Fri, 31 Dec 1999 23:59:59 GMT") == 0
