"""How fast this process may send: a rate limit of its own, and the pause that the service asked for."""

from __future__ import annotations

from threading import Lock

from pulumi_adobe.flow_service.clock import Clock


class RateLimit:
    """Hands out moments to send at, shared by all threads of the process.

    ``per_second`` is a number of requests; 0 sets no limit.
    """

    def __init__(self, clock: Clock, per_second: float = 0.0) -> None:
        self._clock = clock
        self._interval = 1.0 / per_second if per_second > 0 else 0.0
        self._next_slot = 0.0
        self._paused_until = 0.0
        self._lock = Lock()

    def reserve_slot(self) -> float:
        """Seconds from now until the caller may send; takes that moment for the caller."""
        with self._lock:
            now = self._clock.now()
            slot = max(now, self._next_slot)
            self._next_slot = slot + self._interval
            return slot - now

    def pause(self, seconds: float) -> None:
        """Nobody sends for that many seconds: the service said so to one of us, and means all."""
        with self._lock:
            self._paused_until = max(self._paused_until, self._clock.now() + seconds)
            self._next_slot = max(self._next_slot, self._paused_until)

    def remaining_pause(self) -> float:
        """Seconds of such a pause that are left: it may have begun while the caller waited for its moment."""
        with self._lock:
            return max(0.0, self._paused_until - self._clock.now())
