"""The emulator's clock: the machine's, and how far somebody has turned it.

Flow Service's own times follow it (stamps, schedules, runs); tokens and latencies stay with the machine's.
"""

from __future__ import annotations

import re
import time
from datetime import datetime, timezone
from email.utils import formatdate

_FARTHEST = 100 * 366 * 86_400
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.(?:\d{3}|\d{6}))?)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
"""`datetime.fromisoformat` reads more, and something else in each version of Python."""


class Clock:
    """Epoch milliseconds, as Adobe's times are."""

    def __init__(self) -> None:
        """Not turned."""
        self._ahead = 0

    def now(self) -> int:
        """Epoch milliseconds."""
        return time.time_ns() // 1_000_000 + self._ahead

    def advance(self, seconds: float) -> None:
        """Turn it forward: runs that have been made cannot be unmade. Raises ``ValueError`` for any other way."""
        if not 0 <= seconds <= _FARTHEST - self._ahead / 1000:
            message = "the clock goes forward only, by a hundred years in all at most; reset sets it back"
            raise ValueError(message)
        self._ahead += round(seconds * 1000)

    def reset(self) -> None:
        """The machine's time again."""
        self._ahead = 0


CLOCK = Clock()
"""One process, one emulator, one clock."""


def now() -> int:
    """Epoch milliseconds, on the emulator's clock."""
    return CLOCK.now()


def http_date() -> str:
    """For the header `Date`: who asks has to know what has passed by this clock."""
    return formatdate(now() / 1000, usegmt=True)


def milliseconds(text: str) -> int:
    """ISO 8601 as epoch milliseconds; without an offset it is UTC. Raises ``ValueError``.

    Of the forms that Python 3.10 and later versions read alike: a date, or a date and a time with colons.
    """
    if _MOMENT.fullmatch(text) is None:
        message = f"{text!r} is no time such as 2026-12-01T03:00:00Z"
        raise ValueError(message)
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round((moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp() * 1000)


def iso(at: int) -> str:
    """Epoch milliseconds as ISO 8601, UTC."""
    return datetime.fromtimestamp(at / 1000, timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
