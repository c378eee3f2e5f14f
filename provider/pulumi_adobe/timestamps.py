"""Conversion of timestamps: ISO 8601 in programs and in the state, epoch seconds or milliseconds in Adobe's APIs.

The parser is our own, because `datetime.fromisoformat` accepts something else in each version of Python.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Final

_DATE: Final = (
    r"(?P<year>\d{4})(?:-?W(?P<week>\d\d)(?:-?(?P<weekday>\d))?|-(?P<month>\d\d)-(?P<day>\d\d)|(?P<md>\d{4}))"
)
_TIME: Final = r"(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?)?"
# Go's `Time.String`, in which Pulumi passes on an unquoted time of YAML, writes the zone after the offset.
_OFFSET: Final = r" ?(?:[Zz]|UTC|(?P<sign>[+-])(?P<hours>\d\d)(?::?(?P<minutes>\d\d))?(?: [A-Z]+| [+-]\d+)?)"
_TIMESTAMP: Final = rf"(?a){_DATE}(?:(?:[Tt]| +){_TIME}(?:{_OFFSET})?)?"


def parse_timestamp(text: str) -> datetime:
    """Parse a timestamp.

    It may be in any common form of ISO 8601, in YAML's, or in Go's: a date or a week date, each with or without
    hyphens; then a time after `T`, `t` or blanks, with or without colons; then `Z`, `z` or an offset such as `+02:00`,
    `+0200` or `+02`. Without an offset it is in UTC, without a time it is midnight. Fractions of a second are cut after
    six digits.

    Raises:
        ValueError: The text is no timestamp.
    """
    match = re.fullmatch(_TIMESTAMP, text)
    if match is None:
        raise ValueError(f"{text!r} is no timestamp")
    try:
        return datetime.combine(_parse_date(match), time(), _parse_offset(match)) + _parse_time(match)
    except OverflowError:
        raise ValueError(f"{text!r} is outside of the calendar") from None


def _parse_date(match: re.Match[str]) -> date:
    year = int(match["year"])
    if match["week"]:
        return date.fromisocalendar(year, int(match["week"]), int(match["weekday"] or 1))
    month, day = (match["md"][:2], match["md"][2:]) if match["md"] else (match["month"], match["day"])
    return date(year, int(month), int(day))


def _parse_time(match: re.Match[str]) -> timedelta:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    microsecond = int((match["fraction"] or "0")[:6].ljust(6, "0"))
    if hour == 24 and not (minute or second or microsecond):  # noqa: PLR2004 - ISO 8601: the end of the day
        return timedelta(days=1)
    _ = time(hour, minute, second)  # refuses what is no time of a day
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=microsecond)


def _parse_offset(match: re.Match[str]) -> timezone:
    hours, minutes = int(match["hours"] or 0), int(match["minutes"] or 0)
    _ = time(hours, minutes)  # refuses what is no offset
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if match["sign"] == "-" else offset)


def to_timestamp_text(value: Any) -> Any:
    """Return a datetime or a date as ISO 8601; anything else as it is. A datetime without a zone is in UTC."""
    if isinstance(value, datetime):
        return format_timestamp(value if value.tzinfo else value.replace(tzinfo=timezone.utc))
    return value.isoformat() if isinstance(value, date) else value


def format_timestamp(timestamp: datetime, timespec: str = "seconds") -> str:
    """Format a timestamp as ISO 8601 in UTC; ``timespec`` is the precision, as `datetime.isoformat` takes it."""
    return timestamp.astimezone(timezone.utc).isoformat(timespec=timespec).replace("+00:00", "Z")


def normalize_timestamp(text: str) -> str:
    """Return the same moment in the one form of `format_timestamp`; a text that is no timestamp stays as it is."""
    try:
        return format_timestamp(parse_timestamp(text))
    except (ValueError, OverflowError):  # OverflowError: in UTC the moment is outside of the calendar
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
