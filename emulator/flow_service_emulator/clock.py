"""The emulator's clock: the machine's, and how far somebody has turned it.

Flow Service's own times follow it (stamps, schedules, runs); tokens and latencies stay with the machine's.
"""

from __future__ import annotations

import time
from datetime import datetime, timezone
from email.utils import formatdate

_FARTHEST = 100 * 366 * 86_400


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
        if not 0 <= seconds <= _FARTHEST:
            message = "the clock goes forward only, by a hundred years at most; reset sets it back"
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
    """ISO 8601 as epoch milliseconds; without an offset it is UTC. Raises ``ValueError``."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round((moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp() * 1000)


def iso(at: int) -> str:
    """Epoch milliseconds as ISO 8601, UTC."""
    return datetime.fromtimestamp(at / 1000, timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
