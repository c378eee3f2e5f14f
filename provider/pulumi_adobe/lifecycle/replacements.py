"""Replacements: which entities this run replaces. A predecessor is no duplicate of its successor.

The engine creates a successor before it deletes the predecessor, so both exist for a while. Create is not told what it
replaces. What shows it is that the engine has asked about an entity of the same resource before: in a refresh (read),
in a diff or, if something else than a diff plans the replacement, in a check with the prior inputs. A resource that
`pulumi up --replace` names, or that is tainted, is checked as if it were new (engine 3.259, `step_generator.go`):
without `--refresh` nothing shows its predecessor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any, Final, NamedTuple

from pulumi_adobe.lifecycle.cache.existing_entities import Scope
from pulumi_adobe.schema.resource_schema import PREDECESSOR_IDS
from pulumi_adobe.schema.values import Properties

_MAX_NOTED_IDS: Final = 10
"""How many predecessors a state notes: more would be those of as many failed runs, one after the other."""


class ResourceKey(NamedTuple):
    """A resource of the program. Resources of two types may have one name, and then one owner."""

    collection: str
    owner: str


class Replacements:
    """What one process knows about replacements."""

    def __init__(self) -> None:
        self._prior_names: dict[ResourceKey, tuple[Scope | None, str]] = {}
        self._held_ids: dict[ResourceKey, list[str]] = {}
        self._replaced_ids: set[str] = set()
        self._lock = Lock()

    def record_existing(self, key: ResourceKey, scope: Scope | None, name: str) -> None:
        """Record scope and name of the prior inputs of a check, which show that the resource exists."""
        with self._lock:
            self._prior_names.setdefault(key, (scope, name))

    def record_entity(self, key: ResourceKey, id_: str, outputs: Mapping[str, Any]) -> None:
        """Record an entity that the state holds for the resource, and the predecessors that its outputs note."""
        with self._lock:
            noted_ids = get_predecessor_ids(outputs)
            self._held_ids[key] = list(dict.fromkeys((*self._held_ids.get(key, ()), *noted_ids, id_)))
            self._replaced_ids.update(noted_ids)

    def plan(self, key: ResourceKey) -> Sequence[str]:
        """Record that the resource is to be replaced, and return the ids of its predecessors."""
        with self._lock:
            ids = self._held_ids.get(key, [])
            self._replaced_ids.update(ids)
            return tuple(ids)

    def exists(self, key: ResourceKey) -> bool:
        """Return whether this resource exists, so that a check of it without prior inputs is that of a replacement."""
        return key in self._prior_names or bool(self._held_ids.get(key))

    def is_being_replaced(self, id_: str) -> bool:
        """Return whether another entity has taken the place of this one, or will in this run."""
        return id_ in self._replaced_ids

    def get_held_ids(self, key: ResourceKey) -> Sequence[str]:
        """Return the ids of the entities that the state holds for the resource, oldest first."""
        return tuple(self._held_ids.get(key, ()))

    def get_prior_name(self, key: ResourceKey) -> tuple[Scope | None, str]:
        """Return the scope and the name that the resource had; None and an empty name if it is new."""
        return self._prior_names.get(key, (None, ""))

    def forget(self, id_: str) -> None:
        """Record that the entity is gone."""
        with self._lock:
            for ids in self._held_ids.values():
                if id_ in ids:
                    ids.remove(id_)


def note_predecessors(inputs: Mapping[str, Any], predecessor_ids: Sequence[str]) -> Properties:
    """Return the inputs with a note of the predecessors, which the create stores in the state.

    If the run fails before the predecessors are deleted, the next one may create another successor beside them.
    """
    return {**inputs, PREDECESSOR_IDS: list(predecessor_ids[-_MAX_NOTED_IDS:])} if predecessor_ids else dict(inputs)


def keep_predecessors(prior_outputs: Mapping[str, Any]) -> Properties:
    """Return the note of the predecessors, which no response of the service contains."""
    return {PREDECESSOR_IDS: prior_outputs[PREDECESSOR_IDS]} if PREDECESSOR_IDS in prior_outputs else {}


def get_predecessor_ids(outputs: Mapping[str, Any]) -> list[str]:
    """Return the ids that the outputs note."""
    ids = outputs.get(PREDECESSOR_IDS)
    return [id_ for id_ in ids if isinstance(id_, str)] if isinstance(ids, list) else []
