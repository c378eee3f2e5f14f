"""Time as the client needs it, so that tests can wait without waiting, and as HTTP writes it."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the seconds since some fixed moment, and waits."""

    def now(self) -> float:
        """Seconds, never going back."""

    def sleep(self, seconds: float) -> None:
        """Return after that many seconds."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Seconds since the machine started, which no change of its date moves."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Block this thread for that many seconds."""
        time.sleep(seconds)


def parse_http_date(text: str) -> datetime | None:
    """The moment that a header such as `Date` or `Retry-After` names; None where it is no date."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)
