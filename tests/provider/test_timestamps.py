"""Timestamps: ISO 8601, epoch seconds and epoch milliseconds."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from pulumi_adobe.timestamps import (
    format_timestamp,
    from_epoch_milliseconds,
    from_epoch_seconds,
    normalize_timestamp,
    parse_timestamp,
    to_epoch_seconds,
    validate_timestamp,
)

NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize("text", ["2026-12-01T12:00Z", "2026-12-01T14:00:00+02:00", "2026-12-01T12:00"])
def test_the_same_moment_has_one_form(text: str) -> None:
    assert parse_timestamp(text) == NOON
    assert normalize_timestamp(text) == format_timestamp(NOON) == "2026-12-01T12:00:00Z"
    assert to_epoch_seconds(text) == NOON.timestamp()
    assert validate_timestamp(text) is None


def test_text_that_is_no_timestamp_is_named_and_kept() -> None:
    assert normalize_timestamp("soon") == "soon"
    assert validate_timestamp("soon") is not None
    with pytest.raises(ValueError, match="soon"):
        parse_timestamp("soon")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1796126400, "2026-12-01T12:00:00Z"), ("1796126400", "2026-12-01T12:00:00Z"), ("soon", "soon"), (None, "None")],
)
def test_epoch_seconds_may_be_a_number_or_a_string(seconds: Any, text: str) -> None:
    assert from_epoch_seconds(seconds) == text


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (1796126400123, "2026-12-01T12:00:00.123Z"),
        (1796126400123.0, "2026-12-01T12:00:00.123Z"),
        ("1796126400123", None),
        (True, None),
        (None, None),
        (10**20, None),
    ],
)
def test_epoch_milliseconds_must_be_a_number_in_range(milliseconds: Any, text: str | None) -> None:
    assert from_epoch_milliseconds(milliseconds) == text


def test_epoch_milliseconds_may_be_formatted_to_the_second() -> None:
    assert from_epoch_milliseconds(1796126400999, "seconds") == "2026-12-01T12:00:00Z"
