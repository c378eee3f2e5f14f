"""When a credential ends: a date or a moment, as a person declares it or Adobe tells it, against the present one.

A date is the beginning of that day, UTC: who rotates by it is never late.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from pulumi_adobe.moments import parse_timestamp, validate_timestamp

WARN_DAYS: Final = 14
"""Days before the end of a credential from which on previews and updates warn of it; `adobe-flow expiring --days`
looks as far ahead as one likes."""


_GO_TIME = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d\d)(\d\d) \S+")
"""How Pulumi hands over a date that stands in a stack's file without quotes: YAML reads a time, Go writes it."""


def normalize_expiry(text: str) -> str:
    """The same as ISO 8601, where it is a date of a stack's file; anything else as it is."""
    match = _GO_TIME.fullmatch(text)
    if match is None:
        return text
    date, time, hours, minutes = match.groups()
    if (time, hours, minutes) == ("00:00:00", "+00", "00"):
        return date
    return f"{date}T{time}{'Z' if (hours, minutes) == ('+00', '00') else f'{hours}:{minutes}'}"


def validate_expiry(text: str) -> str | None:
    """What is wrong with it as an end, or None."""
    return "must be a date or a time such as 2026-12-01 or 2026-12-01T03:00Z" if validate_timestamp(text) else None


def parse_expiry(text: str) -> datetime:
    """That moment. Raises ValueError where it is none."""
    return parse_timestamp(text)


def expires_within(text: str, now: datetime, days: int = WARN_DAYS) -> bool:
    """Whether it ends within so many days, or has ended. Raises ValueError where it is no moment."""
    return parse_expiry(text) - now <= timedelta(days=days)


def days_until(text: str, now: datetime) -> int:
    """Whole days until then, negative once it has passed. Raises ValueError where it is no moment."""
    return (parse_expiry(text) - now).days


def describe_expiry(text: str, now: datetime) -> str:
    """When it ends, in words that go on from what ends. Raises ValueError where it is no moment."""
    days = days_until(text, now)
    if days < 0:
        return f"ended on {text}"
    return f"ends on {text}, in {f'{days} day{_plural(days)}' if days else 'less than a day'}"


def _plural(number: int) -> str:
    return "" if number == 1 else "s"
