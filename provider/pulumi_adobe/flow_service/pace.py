"""How fast this process may send: a rate limit of its own, and the pause that the service asked for."""

from __future__ import annotations

from threading import Lock

from pulumi_adobe.flow_service.clock import Clock


class Pace:
    """Hands out moments to send at, shared by all threads of the process.

    ``per_second`` is a number of requests; 0 sets no limit.
    """

    def __init__(self, clock: Clock, per_second: float = 0.0) -> None:
        self._clock = clock
        self._interval = 1.0 / per_second if per_second > 0 else 0.0
        self._next = 0.0
        self._held_until = 0.0
        self._lock = Lock()

    def wait_time(self) -> float:
        """Seconds from now until the caller may send; takes that moment for the caller."""
        with self._lock:
            now = self._clock.now()
            at = max(now, self._next)
            self._next = at + self._interval
            return at - now

    def hold(self, seconds: float) -> None:
        """Nobody sends for that many seconds: the service said so to one of us, and means all."""
        with self._lock:
            self._held_until = max(self._held_until, self._clock.now() + seconds)
            self._next = max(self._next, self._held_until)

    def held(self) -> float:
        """Seconds of such a pause that are left: it may have begun while the caller waited for its moment."""
        with self._lock:
            return max(0.0, self._held_until - self._clock.now())
