"""The expiry of a credential: a date, a timestamp or epoch milliseconds, as a program declares it or Adobe reports it.

A date means the beginning of that day in UTC, so that whoever rotates by it is never late.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, Final

from pulumi_adobe.timestamps import from_epoch_milliseconds, parse_timestamp, validate_timestamp

WARN_DAYS: Final = 14
"""Days before the expiry of a credential from which previews and updates warn of it.

`adobe-flow expiring --days` looks as far ahead as its caller likes."""

_EPOCH_MILLISECONDS: Final = "[0-9]{13}"
"""Databricks' API says so when a token expires. Thirteen digits are the years 2001 to 2286."""

_GO_TIME: Final = r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d\d)(\d\d) \S+"
"""How Pulumi passes on an unquoted date of a stack file: YAML reads a time, which Go formats."""


def normalize_expiry(value: Any) -> Any:
    """Return a date that Go formatted, and epoch milliseconds, as ISO 8601; any other value as it is."""
    # All numbers that come through Pulumi are floats.
    text = str(int(value)) if type(value) is int or (isinstance(value, float) and value.is_integer()) else value
    if not isinstance(text, str):
        return value
    if re.fullmatch(_EPOCH_MILLISECONDS, text):
        return from_epoch_milliseconds(int(text), "seconds" if text.endswith("000") else "milliseconds")
    match = re.fullmatch(_GO_TIME, text)
    if match is None:
        return value
    date, time, hours, minutes = match.groups()
    if (time, hours, minutes) == ("00:00:00", "+00", "00"):
        return date
    return f"{date}T{time}{'Z' if (hours, minutes) == ('+00', '00') else f'{hours}:{minutes}'}"


def validate_expiry(value: Any) -> str | None:
    """Return what is wrong with the value as an expiry, or None."""
    text = normalize_expiry(value)
    if isinstance(text, str) and validate_timestamp(text) is None:
        return None
    return "must be a date or a time such as 2026-12-01 or 2026-12-01T03:00Z, or epoch milliseconds (13 digits)"


def parse_expiry(text: str) -> datetime:
    """Return the moment of expiry.

    Raises:
        ValueError: The text is neither a date nor a timestamp nor epoch milliseconds.
    """
    return parse_timestamp(normalize_expiry(text))


def expires_within(text: str, now: datetime, days: int = WARN_DAYS) -> bool:
    """Return whether the credential expires within this number of days, or has expired.

    Raises:
        ValueError: The text is neither a date nor a timestamp.
    """
    return parse_expiry(text) - now <= timedelta(days=days)


def has_expired(text: str, now: datetime) -> bool:
    """Return whether the credential has expired; the day of the expiry, of which nobody knows the hour, counts so.

    Raises:
        ValueError: The text is neither a date nor a timestamp.
    """
    return parse_expiry(text) <= now


def days_until(text: str, now: datetime) -> int:
    """Return the whole days until the expiry, a negative number after it.

    Raises:
        ValueError: The text is neither a date nor a timestamp.
    """
    return (parse_expiry(text) - now).days


def describe_expiry(text: str, now: datetime) -> str:
    """Return the expiry as the predicate of a sentence about the credential: "expires on …, in 3 days".

    Raises:
        ValueError: The text is neither a date nor a timestamp.
    """
    days = days_until(text, now)
    if days < 0:
        return f"expired on {text}"
    return f"expires on {text}, in {f'{days} day{_plural_ending(days)}' if days else 'less than a day'}"


def _plural_ending(number: int) -> str:
    return "" if number == 1 else "s"
