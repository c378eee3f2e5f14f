"""How fast this process may send requests: its own rate limit, and the pauses that the service asks for."""

from __future__ import annotations

from threading import Lock

from pulumi_adobe.flow_service.clock import Clock


class RateLimit:
    """A queue of moments at which a request may be sent, shared by all threads of the process."""

    def __init__(self, clock: Clock, per_second: float = 0.0) -> None:
        """Allow this number of requests per second; 0 sets no limit."""
        self._clock = clock
        self._interval = 1.0 / per_second if per_second > 0 else 0.0
        self._next_slot = 0.0
        self._paused_until = 0.0
        self._lock = Lock()

    def reserve_slot(self) -> float:
        """Reserve the next free moment for the caller, and return the seconds until then."""
        with self._lock:
            now = self._clock.now()
            slot = max(now, self._next_slot)
            self._next_slot = slot + self._interval
            return slot - now

    def pause(self, seconds: float) -> None:
        """Stop all threads from sending for this number of seconds.

        The service answers one request with a 429, but its limit is for all requests of the client.
        """
        with self._lock:
            self._paused_until = max(self._paused_until, self._clock.now() + seconds)
            self._next_slot = max(self._next_slot, self._paused_until)

    def remaining_pause(self) -> float:
        """Return the seconds that are left of a pause, which may have begun while the caller waited for its slot."""
        with self._lock:
            return max(0.0, self._paused_until - self._clock.now())
