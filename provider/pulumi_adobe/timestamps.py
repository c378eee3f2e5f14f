"""Conversion of timestamps: ISO 8601 in programs and in the state, epoch seconds or milliseconds in Adobe's APIs."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any


def parse_timestamp(text: str) -> datetime:
    """Parse an ISO 8601 timestamp; one without an offset is in UTC.

    Raises:
        ValueError: The text is no timestamp.
    """
    timestamp = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return timestamp if timestamp.tzinfo else timestamp.replace(tzinfo=timezone.utc)


def format_timestamp(timestamp: datetime, timespec: str = "seconds") -> str:
    """Format a timestamp as ISO 8601 in UTC; ``timespec`` is the precision, as `datetime.isoformat` takes it."""
    return timestamp.astimezone(timezone.utc).isoformat(timespec=timespec).replace("+00:00", "Z")


def normalize_timestamp(text: str) -> str:
    """Return the same moment in the one form of `format_timestamp`; a text that is no timestamp stays as it is."""
    try:
        return format_timestamp(parse_timestamp(text))
    except ValueError:
        return text


def validate_timestamp(text: str) -> str | None:
    """Return what is wrong with the text as a timestamp, or None."""
    try:
        parse_timestamp(text)
    except ValueError:
        return "must be a time such as 2026-12-01T03:00Z"
    return None


def to_epoch_seconds(text: str) -> int:
    """Convert an ISO 8601 timestamp to epoch seconds."""
    return int(parse_timestamp(text).timestamp())


def from_epoch_seconds(seconds: Any) -> str:
    """Convert epoch seconds, a number or (as in Adobe's samples) a string, to ISO 8601.

    A value that is no such time is returned as a string, for people to see.
    """
    try:
        return format_timestamp(datetime.fromtimestamp(int(seconds), timezone.utc))
    except (TypeError, ValueError, OverflowError, OSError):
        return str(seconds)


def from_epoch_milliseconds(milliseconds: Any, timespec: str = "milliseconds") -> str | None:
    """Convert epoch milliseconds to ISO 8601 in UTC; None where the value is no such time.

    The state keeps the text, because a number would lose its last digits on the way there.
    """
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, (int, float)):
        return None
    try:
        timestamp = datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
    except (ValueError, OverflowError, OSError):
        # Out of the calendar's range, for example because the unit is not the documented one.
        return None
    return format_timestamp(timestamp, timespec)
