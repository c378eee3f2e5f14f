"""When a credential ends: a date or a moment, as a person declares it or Adobe tells it, against the present one.

A date is the beginning of that day, UTC: who rotates by it is never late.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from pulumi_adobe.moments import moment, moment_problem

WARN_DAYS: Final = 14
"""Days before the end of a credential from which on previews and updates warn of it; `adobe-flow expiring --days`
looks as far ahead as one likes."""


_GO = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d\d)(\d\d) \S+")
"""How Pulumi hands over a date that stands in a stack's file without quotes: YAML reads a time, Go writes it."""


def spelt(text: str) -> str:
    """The same as ISO 8601, where it is a date of a stack's file; anything else as it is."""
    found = _GO.fullmatch(text)
    if found is None:
        return text
    date, time, hours, minutes = found.groups()
    if (time, hours, minutes) == ("00:00:00", "+00", "00"):
        return date
    return f"{date}T{time}{'Z' if (hours, minutes) == ('+00', '00') else f'{hours}:{minutes}'}"


def expiry_problem(text: str) -> str | None:
    """What is wrong with it as an end, or None."""
    return "must be a date or a time such as 2026-12-01 or 2026-12-01T03:00Z" if moment_problem(text) else None


def ends_at(text: str) -> datetime:
    """That moment. Raises ValueError where it is none."""
    return moment(text)


def ends_within(text: str, now: datetime, days: int = WARN_DAYS) -> bool:
    """Whether it ends within so many days, or has ended. Raises ValueError where it is no moment."""
    return ends_at(text) - now <= timedelta(days=days)


def days_left(text: str, now: datetime) -> int:
    """Whole days until then, negative once it has passed. Raises ValueError where it is no moment."""
    return (ends_at(text) - now).days


def how_soon(text: str, now: datetime) -> str:
    """When it ends, in words that go on from what ends. Raises ValueError where it is no moment."""
    left = days_left(text, now)
    if left < 0:
        return f"ended on {text}"
    return f"ends on {text}, in {f'{left} day{_s(left)}' if left else 'less than a day'}"


def _s(number: int) -> str:
    return "" if number == 1 else "s"
