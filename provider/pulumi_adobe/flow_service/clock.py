"""Time as the client needs it: a clock that tests can replace, and the dates of HTTP headers."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from threading import Event
from typing import Protocol

from pulumi_adobe.errors import Cancelled


class Clock(Protocol):
    """A clock that measures and waits; tests use one that skips the waiting."""

    def now(self) -> float:
        """Return the seconds since some fixed moment; they never go back."""

    def sleep(self, seconds: float) -> None:
        """Return after this number of seconds. May raise `Cancelled`."""


class SystemClock:
    """The machine's monotonic clock, whose sleeps end when ``cancelled`` is set."""

    def __init__(self, cancelled: Event | None = None) -> None:
        self._cancelled = cancelled or Event()

    def now(self) -> float:
        """Return the seconds since the machine started, which no change of its date affects."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Block this thread for this number of seconds.

        Raises:
            Cancelled: The user ended the run, during this sleep or before it.
        """
        if self._cancelled.wait(seconds):
            raise Cancelled("The run was cancelled during a wait.")


def parse_http_date(text: str) -> datetime | None:
    """Parse the date of a header such as `Date` or `Retry-After`; None where it is no date."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)
