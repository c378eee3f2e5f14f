"""Watching Flow Service at work on the throw-away connection after a write.

Flow Service may stay at work for some time; the emulator can do so for a number of reads by id instead. Looks that are
no reads by id tell the two apart: a list, and a PATCH that cannot change anything. If the end comes without a read, it
is a matter of time. If it comes right after a read, that may be chance, and a second write confirms it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from adobe_flow.probe.client import ProbeClient, ProbeResponse
from adobe_flow.probe.record import Entity, ObservedWork
from adobe_flow.probe.throw_away import ThrowAwayEntities

WORKING_STATES: Final = frozenset(
    {
        "initializing",
        "updating",
        "inProgress",
        "pending",
        "enabling",
        "disabling",
        "enabled-finalizing",
        "delete-finalizing",
    }
)
"""Adobe: flow-service.yaml, and the texts of codes 1416, 1417, 1457 and 1458."""

_SHORTEST_PAUSE: Final = 0.25
_PAUSE_SHARE: Final = 0.2
"""A pause is a share of the time so far, so that minutes of work are no thousand requests."""
_LONGEST_PAUSE: Final = 10.0
_MAX_UNREADABLE: Final = 3
_NOT_AT_WORK_CODES: Final = frozenset({"1434-400", "1455-400"})
_STALE: Final = 412
_NOTHING: Final = [{"op": "test", "path": "/name", "value": "-"}]
"""A JSON Patch that changes nothing where it is understood (RFC 6902, 4.6), and is refused with 1434-400 elsewhere."""


@dataclass
class ConnectionWatch:
    """A watch of one connection from a write until its state is final or the time is over."""

    client: ProbeClient
    throw_away: ThrowAwayEntities
    id: str
    etag: str | None
    seconds: float
    list_lag: str = ""
    """After how long a list showed the connection; empty until one did."""
    _began: float = field(default_factory=time.monotonic)
    _reads: int = 0
    _list_looks: int = 0
    _unreadable: int = 0
    _refusal: ProbeResponse | None = None
    _refusals: list[tuple[str, ProbeResponse]] = field(default_factory=list)

    def run(self, *, until_listed: bool = False) -> ObservedWork:
        """Poll the connection, and return the observed states and duration.

        Args:
            until_listed: Whether to go on until a list shows the connection.
        """
        durations: tuple[str, ...] = ()
        while True:
            entity = self._read_connection()
            if entity is not None and entity.get("state") not in WORKING_STATES:
                durations = durations or self._name_direct_end()
                if not until_listed or self._is_listed() or self._is_time_over():
                    return ObservedWork(durations, tuple(self._refusals), entity)
            elif self._unreadable > _MAX_UNREADABLE or self._is_time_over():
                return ObservedWork((), tuple(self._refusals), None, "its state could not be read until it was final")
            elif entity is not None and not durations and self._has_work_ended(str(entity["state"])):
                durations = (str(self._reads), self._format_elapsed())
            time.sleep(self._get_pause())
            if entity is not None and entity.get("state") in WORKING_STATES and not durations:
                durations = (self._format_elapsed(),) if self._has_work_ended(str(entity["state"])) else ()

    def confirm(self, work: ObservedWork) -> ObservedWork:
        """Poll with attempted changes after a second write, to find out whether reads or time end the work.

        Args:
            work: What the first watch saw, which left open whether reads or time ended the work.

        Returns:
            The same with one duration, or with both if the looks do not notice the end.
        """
        reads, elapsed = work.durations
        limit = min(2 * int(elapsed.removesuffix("ms")) / 1000 + 1, self.seconds)
        while not self._has_work_ended(""):
            if time.monotonic() - self._began > limit:
                entity = self._read_connection()
                is_working = entity is not None and entity["state"] in WORKING_STATES
                return replace(work, durations=(reads,) if is_working else work.durations)
            time.sleep(self._get_pause())
        return replace(work, durations=(elapsed,))

    def _read_connection(self) -> Entity | None:
        answer = self.client.send("GET", "connections", self.id)
        self._reads += 1
        entity = answer.items[0] if len(answer.items) == 1 else None
        if self.throw_away.owns(entity) and isinstance((entity or {}).get("state"), str):
            self._unreadable = 0
            return entity
        self._unreadable += 1
        return None

    def _has_work_ended(self, state: str) -> bool:
        """Return whether an attempted change shows that the work has ended; record how the first one is refused."""
        if self._find_listed_state() not in {None, *WORKING_STATES}:
            return True
        if self.etag is None:
            return False
        headers = {"If-Match": self.etag}
        answer = self.client.send("PATCH", "connections", self.id, json=_NOTHING, headers=headers)
        if answer.is_success or answer.status == _STALE or answer.code in _NOT_AT_WORK_CODES:
            return True
        if not (400 <= answer.status < 500):  # noqa: PLR2004 - the range is HTTP's own
            return False
        if self._refusal is None:
            self._refusal = answer
            self._refusals.append((state, answer))
            return False
        return (answer.status, answer.code) != (self._refusal.status, self._refusal.code)

    def _name_direct_end(self) -> tuple[str, ...]:
        """Return the duration as a number of reads, as a time, or as both if it is unclear which ends the work."""
        if self._reads == 1:
            return ("0",)
        state = self._refusals[0][0] if self._refusals else ""
        if self._has_work_ended(state):
            return (self._format_elapsed(),)
        # The looks do not notice the end, so nobody can tell whether the reads have brought it about.
        self._refusals.clear()
        return (str(self._reads - 1), self._format_elapsed())

    def _find_listed_state(self) -> Any:
        listed = find_in_list(self.client, self.id)
        self._list_looks += 1
        if listed is None:
            return None
        self._record_list_lag()
        return listed.get("state")

    def _is_listed(self) -> bool:
        return bool(self.list_lag) or self._find_listed_state() is not None

    def _record_list_lag(self) -> None:
        if not self.list_lag:
            self.list_lag = "0" if self._list_looks == 1 else self._format_elapsed()

    def _format_elapsed(self) -> str:
        return f"{max(round((time.monotonic() - self._began) * 10), 1) * 100}ms"

    def _is_time_over(self) -> bool:
        return time.monotonic() - self._began > self.seconds

    def _get_pause(self) -> float:
        elapsed = time.monotonic() - self._began
        return min(max(_SHORTEST_PAUSE, elapsed * _PAUSE_SHARE), _LONGEST_PAUSE)


def find_in_list(client: ProbeClient, id_: str) -> Mapping[str, Any] | None:
    """Return the connection with this id from a list."""
    answer = client.send("GET", "connections", query=[("property", f"id=={id_}")])
    return next((item for item in answer.items if item.get("id") == id_), None)
