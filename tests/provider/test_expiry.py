"""The expiry of credentials."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from pulumi_adobe.expiry import days_until, describe_expiry, expires_within, normalize_expiry, validate_expiry

NOW = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "text", ["2026-12-01", "2026-12-01T03:00Z", "2026-12-01T03:00:10.123+02:00", "2026-12-01 03:00", "0001-01-01"]
)
def test_dates_and_timestamps_are_valid(text: str) -> None:
    assert validate_expiry(text) is None
    expires_within(text, NOW)


@pytest.mark.parametrize(
    "text", ["soon", "2026-13-01", "01.12.2026", "1796083200", "17960832000000", " 2027-01-01", "2027-01-01T"]
)
def test_invalid_expiry_is_refused_without_its_value(text: str) -> None:
    problem = validate_expiry(text)

    assert problem is not None
    assert text not in problem


@pytest.mark.parametrize(
    ("text", "days", "within"),
    [
        ("2026-12-15T12:00Z", 14, True),
        ("2026-12-15T12:00:01Z", 14, False),
        ("2026-12-15T14:00+02:00", 14, True),
        ("2026-12-15", 14, True),
        ("2026-12-16", 14, False),
        ("2026-11-01", 0, True),
        ("2026-12-01T12:00:01Z", 0, False),
    ],
)
def test_expires_within_includes_the_last_day_and_the_past(text: str, days: int, *, within: bool) -> None:
    assert expires_within(text, NOW, days) is within


@pytest.mark.parametrize(
    ("text", "days", "description"),
    [
        ("2026-12-03", 1, "expires on 2026-12-03, in 1 day"),
        ("2026-12-10T12:00Z", 9, "expires on 2026-12-10T12:00Z, in 9 days"),
        ("2026-12-02", 0, "expires on 2026-12-02, in less than a day"),
        ("2026-12-01", -1, "expired on 2026-12-01"),
    ],
)
def test_remaining_time_is_in_whole_days(text: str, days: int, description: str) -> None:
    assert days_until(text, NOW) == days
    assert describe_expiry(text, NOW) == description


@pytest.mark.parametrize(
    ("text", "normalized"),
    [
        ("2026-12-01 00:00:00 +0000 UTC", "2026-12-01"),
        ("2026-12-01 03:00:00 +0000 UTC", "2026-12-01T03:00:00Z"),
        ("2026-12-01 03:00:00.5 +0200 +0200", "2026-12-01T03:00:00.5+02:00"),
        ("2026-12-01T03:00Z", "2026-12-01T03:00Z"),
        ("next year", "next year"),
    ],
)
def test_unquoted_date_of_a_stack_file_is_normalized(text: str, normalized: str) -> None:
    """YAML reads it as a time, which Pulumi passes on in the format of Go."""
    assert normalize_expiry(text) == normalized
