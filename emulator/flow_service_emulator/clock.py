"""The emulator's clock: the machine's time, and how far a control path has advanced it.

Flow Service's own times follow it (stamps, schedules, runs); tokens and latencies stay with the machine's.
"""

from __future__ import annotations

import re
import time
from datetime import datetime, timezone
from email.utils import formatdate

_MAX_SECONDS = 100 * 366 * 86_400
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.(?:\d{3}|\d{6}))?)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
"""`datetime.fromisoformat` accepts more forms, and other ones in each version of Python."""


class Clock:
    """The emulator's clock: the machine's clock, advanced by a number of milliseconds."""

    def __init__(self) -> None:
        """Begin with the machine's time."""
        self._ahead = 0

    def now(self) -> int:
        """Return the time in epoch milliseconds."""
        return time.time_ns() // 1_000_000 + self._ahead

    def advance(self, seconds: float) -> None:
        """Advance the clock: runs that have been made cannot be undone. Raises `ValueError` for a step backwards."""
        if not 0 <= seconds <= _MAX_SECONDS - self._ahead / 1000:
            message = "the clock goes forward only, by a hundred years in all at most; reset sets it back"
            raise ValueError(message)
        self._ahead += round(seconds * 1000)

    def reset(self) -> None:
        """Set the clock back to the machine's time."""
        self._ahead = 0


CLOCK = Clock()
"""One process, one emulator, one clock."""


def now() -> int:
    """Return the time of the emulator's clock in epoch milliseconds."""
    return CLOCK.now()


def format_http_date() -> str:
    """Return the time for the header `Date`, so that a client knows the emulator's clock."""
    return formatdate(now() / 1000, usegmt=True)


def parse_time(text: str) -> int:
    """Return a time of ISO 8601 as epoch milliseconds, in UTC if it has no offset. Raises `ValueError`.

    It accepts the forms that Python 3.10 and later versions read alike: a date, or a date and a time with colons.
    """
    if _MOMENT.fullmatch(text) is None:
        message = f"{text!r} is no time such as 2026-12-01T03:00:00Z"
        raise ValueError(message)
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round((moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp() * 1000)


def format_iso(at: int) -> str:
    """Return epoch milliseconds as ISO 8601, in UTC."""
    return datetime.fromtimestamp(at / 1000, timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
