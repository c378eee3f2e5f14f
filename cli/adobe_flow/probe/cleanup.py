"""Deletion of what a probe has created, however it ended, and of what an earlier one has left behind."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.probe.client import ProbeClient, ProbeResponse
from adobe_flow.probe.throw_away import ThrowAwayEntities, get_valid_id, is_made_by_probe

_NOT_FOUND: Final = 404
_PAUSES: Final = (0.25, 0.5, 1.0, 2.0, 4.0)
_LONGEST_PAUSE: Final = 5.0
_SANDBOX_CODES: Final = "21"
"""Adobe: flow-service-errors.md: 2100-404, 2101-404, 2103-404 and 2106-404 are about the sandbox."""
_MIN_MISSING: Final = 2
"""The number of reads in which a connection must be missing without a delete: one may come too early after a create."""
_MAX_FOREIGN: Final = 3
"""The number of reads in which an id must show another entity: a proxy may have mixed up one response."""


@dataclass
class Cleanup:
    """Deletes the connections of one probe; may be run again, and then does only what is left.

    Attributes:
        seconds: The most seconds for each connection.
        created: The ids that Flow Service has named as created.
        is_in_flight: Whether a create has been sent whose answer has not come yet.
        is_uncertain: Whether a create had an answer that does not tell whether it has taken effect.
        deleted: The ids that are gone.
        left: The ids that may still be there.
        is_done: Whether `run` has come to its end.
        pauses: The seconds between looks for a connection whose creation may still be under way.
    """

    client: ProbeClient
    throw_away: ThrowAwayEntities
    seconds: float
    created: list[str] = field(default_factory=list)
    is_in_flight: bool = False
    is_uncertain: bool = False
    deleted: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    is_done: bool = False
    pauses: tuple[float, ...] = _PAUSES

    def run(self) -> None:
        """Delete every entity that has the name of this probe."""
        if self.is_done:
            return
        self.is_uncertain = self.is_uncertain or self.is_in_flight
        if not self.created and not self.is_uncertain:
            self.is_done = True
            return
        for id_ in self.created:
            if id_ not in self.deleted:
                self.delete(id_)
        others = self._find_other_probe_ids()
        for id_ in others:
            self.delete(id_)
        self.is_uncertain = self.is_uncertain and not others
        self.is_done = True

    def delete(self, id_: str) -> ProbeResponse | None:
        """Delete one connection of this probe, and return the answer that accepted the deletion, if one did."""
        self.left.add(id_)
        accepted = delete_probe_connection(self.client, id_, self.throw_away.owns, self.seconds)
        if accepted.is_gone:
            self.deleted.add(id_)
            self.left.discard(id_)
        return accepted.answer

    def _find_other_probe_ids(self) -> list[str]:
        """Return the ids of further entities of this probe; wait first if a create may still be in progress."""
        for pause in (*self.pauses, None):
            others = [id_ for id_ in self._list_probe_ids() if id_ not in self.created and id_ not in self.deleted]
            if others or not self.is_uncertain or pause is None:
                return others
            time.sleep(pause)
        return []

    def _list_probe_ids(self) -> list[str]:
        """Return the ids of this name. If the filter is refused, or finds nothing, the whole list is read."""
        query = [("property", f"name=={self.throw_away.name}")]
        listed, is_whole = self.client.list_entities("connections", query)
        if not is_whole or not listed:
            listed += self.client.list_entities("connections")[0]
        ids = (get_valid_id(entity) for entity in listed if entity.get("name") == self.throw_away.name)
        return list(dict.fromkeys(id_ for id_ in ids if id_ is not None))


@dataclass(frozen=True)
class DeletionOutcome:
    """Whether the connection is gone, and the answer that accepted its deletion."""

    is_gone: bool
    answer: ProbeResponse | None = None


def delete_probe_connection(
    client: ProbeClient, id_: str, owns: Callable[[Mapping[str, Any] | None], bool], seconds: float
) -> DeletionOutcome:
    """Delete a connection, and wait until it is gone; again and again while Flow Service refuses or fails.

    Args:
        client: Sends the requests.
        id_: The id of the connection.
        owns: Whether the entity of that id may be deleted. It is asked before each attempt.
        seconds: The most seconds.
    """
    ends, pause, accepted = time.monotonic() + seconds, _PAUSES[0], None
    foreign = missing = 0
    while True:
        answer = client.send("GET", "connections", id_)
        missing = missing + 1 if _is_connection_missing(answer) else 0
        if missing and (accepted is not None or missing >= _MIN_MISSING):
            return DeletionOutcome(is_gone=True, answer=accepted)
        entity = answer.items[0] if len(answer.items) == 1 else None
        foreign = foreign + 1 if entity is not None and not owns(entity) else 0
        if foreign >= _MAX_FOREIGN:
            return DeletionOutcome(is_gone=False)
        if answer.is_success and owns(entity):
            deletion = client.send("DELETE", "connections", id_)
            if deletion.is_success:
                accepted = accepted or deletion
                pause = _PAUSES[0]
                if _is_connection_missing(client.send("GET", "connections", id_)):
                    return DeletionOutcome(is_gone=True, answer=accepted)
        if time.monotonic() + pause > ends:
            return DeletionOutcome(is_gone=False, answer=accepted)
        time.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def _is_connection_missing(answer: ProbeResponse) -> bool:
    """Return whether Flow Service says that the connection does not exist; not a proxy, and not about the sandbox."""
    is_about_sandbox = answer.code.startswith(_SANDBOX_CODES)
    return answer.status == _NOT_FOUND and isinstance(answer.body, Mapping) and not is_about_sandbox


def find_left_overs(client: ProbeClient) -> tuple[list[Mapping[str, Any]], bool]:
    """Return the left-over connections of earlier probes, and whether the whole list could be read."""
    listed, is_whole = client.list_entities("connections")
    return [entity for entity in listed if is_made_by_probe(entity)], is_whole


def owns_left_over(entity: Mapping[str, Any] | None) -> bool:
    """Return whether an entity, read by its id, is a connection that a probe created."""
    return entity is not None and is_made_by_probe(entity)
