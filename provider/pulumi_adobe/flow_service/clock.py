"""Time as the client needs it: a clock that tests can replace, and the dates of HTTP headers."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from threading import Event
from typing import Final, Protocol

from pulumi_adobe.errors import Cancelled

_CANCELLED: Final = "The run was cancelled during a wait."
_CANCELLATION_SECONDS: Final = 0.1
"""After how long, at most, a wait for another thread notices a cancellation: one thread cannot wait for two events."""


class Clock(Protocol):
    """A clock that measures and waits; tests use one that skips the waiting."""

    def now(self) -> float:
        """Return the seconds since some fixed moment; they never go back."""

    def sleep(self, seconds: float) -> None:
        """Return after this number of seconds. May raise `Cancelled`."""

    def wait(self, event: Event, seconds: float) -> bool:
        """Return whether another thread sets the event within this number of seconds. May raise `Cancelled`."""


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
            raise Cancelled(_CANCELLED)

    def wait(self, event: Event, seconds: float) -> bool:
        """Block this thread until the event is set, and return True; or return False after this number of seconds.

        Raises:
            Cancelled: The user ended the run before the event was set.
        """
        deadline = self.now() + seconds
        while not event.is_set() and self.now() < deadline:
            if self._cancelled.is_set():
                raise Cancelled(_CANCELLED)
            event.wait(min(deadline - self.now(), _CANCELLATION_SECONDS))
        return event.is_set()


def parse_http_date(text: str) -> datetime | None:
    """Parse the date of a header such as `Date` or `Retry-After`; None where it is no date."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)
