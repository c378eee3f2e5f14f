"""Values that are requested once, however many threads need the same one at the same time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from pulumi_adobe.flow_service.errors import FlowServiceError

_T = TypeVar("_T")


@dataclass
class _Entry:
    """One value, or the error of the last request for it.

    Attributes:
        lock: Held during a request, so that the others wait for its outcome.
        started_count: The number of requests that have begun.
    """

    lock: Lock = field(default_factory=Lock)
    started_count: int = 0
    has_value: bool = False
    value: Any = None
    error: FlowServiceError | None = None


class SharedRequests:
    """A cache by key. Threads that need different values do not wait for each other.

    A failure is not cached, but those who waited for a request that began after they needed the value share its error.
    """

    def __init__(self) -> None:
        self._entries: dict[Hashable, _Entry] = {}
        self._lock = Lock()

    def get_or_request(self, key: Hashable, request: Callable[[], _T]) -> _T:
        """Return the value of the key, by ``request`` if no request for it has succeeded yet.

        Raises:
            FlowServiceError: The request failed.
        """
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            started_before = entry.started_count
        with entry.lock:
            if entry.error is not None and entry.started_count > started_before:
                raise entry.error
            if not entry.has_value:
                entry.started_count += 1
                try:
                    entry.value = request()
                except FlowServiceError as error:
                    entry.error = error
                    raise
                entry.has_value, entry.error = True, None
            value: _T = entry.value
            return value
