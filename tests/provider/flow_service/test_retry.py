"""When a request is sent again: one table."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_adobe.flow_service.retry import MAX_ATTEMPTS, SendFailure, Outcome, may_have_taken_effect, retry_delay, parse_retry_after

ALWAYS = [{"status": 429}, {"failure": SendFailure.NOT_SENT}]
SAFE_ONLY = [{"status": 500}, {"status": 503}, {"status": 502}, {"status": 504}, {"failure": SendFailure.NO_ANSWER}]
NEVER = [
    *({"status": status} for status in (200, 201, 204, 302, 400, 401, 403, 404, 409, 412, 422)),
    {"failure": SendFailure.NOT_TRUSTED},
    {"failure": SendFailure.IMPOSSIBLE},
    {"failure": SendFailure.NO_TIME},
]


@pytest.mark.parametrize("outcome", ALWAYS, ids=str)
def test_what_did_nothing_is_sent_again_whatever_it_is(outcome: dict[str, Any]) -> None:
    assert retry_delay(Outcome(**outcome), 1, idempotent=False) is not None
    assert retry_delay(Outcome(**outcome), 1, idempotent=True) is not None


@pytest.mark.parametrize("outcome", SAFE_ONLY, ids=str)
def test_what_may_have_taken_effect_is_sent_again_only_where_twice_is_once(outcome: dict[str, Any]) -> None:
    assert retry_delay(Outcome(**outcome), 1, idempotent=False) is None
    assert retry_delay(Outcome(**outcome), 1, idempotent=True) is not None


@pytest.mark.parametrize("outcome", NEVER, ids=str)
def test_what_would_come_out_the_same_is_final(outcome: dict[str, Any]) -> None:
    assert retry_delay(Outcome(**outcome), 1, idempotent=True) is None


@pytest.mark.parametrize("outcome", [*ALWAYS, *SAFE_ONLY, *NEVER], ids=str)
def test_only_what_is_unsafe_to_repeat_may_have_taken_effect(outcome: dict[str, Any]) -> None:
    assert may_have_taken_effect(Outcome(**outcome)) is (outcome in SAFE_ONLY)


@given(st.integers(1, MAX_ATTEMPTS - 1), st.floats(0, 1000), st.floats(0.01, 1))
def test_retry_after_wins_over_every_other_pause(attempt: int, asked: float, jitter: float) -> None:
    outcome = Outcome(status=429, retry_after=asked)

    assert retry_delay(outcome, attempt, idempotent=False, jitter=jitter) == asked


def test_pauses_grow_to_a_limit_and_end() -> None:
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


def test_without_a_moment_of_the_services_a_date_is_measured_by_this_machines_clock() -> None:
    assert (parse_retry_after("Fri, 31 Dec 2100 23:59:59 GMT") or 0) > 1e9
    assert parse_retry_after("Fri, 31 Dec 1999 23:59:59 GMT") == 0
