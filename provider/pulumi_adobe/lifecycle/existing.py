"""What is at the service already: listed once per run and kind of source, then kept up to date with our own doings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from pulumi_adobe.declaration import Declaration
from pulumi_adobe.members import member

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowService

_PAGE = "100"


@dataclass(frozen=True)
class Scope:
    """Where two of one name would be duplicates: in one collection, of one spec."""

    collection: str
    filter: str
    value: str

    def __str__(self) -> str:
        return f"{self.collection}?{self.filter}={self.value}"

    def query(self, limit: str) -> tuple[tuple[str, str], ...]:
        """The query that lists it, so many at a time."""
        only = (("property", f"{self.filter}=={self.value}"),) if self.filter else ()
        return (*only, ("limit", limit))


def scope_of(declaration: Declaration, body: Mapping[str, Any]) -> Scope | None:
    """The scope of this body; None where what decides it is missing or not known yet."""
    if not declaration.scope:
        return Scope(declaration.collection, "", "")
    value = member(body, *declaration.scope)
    return Scope(declaration.collection, ".".join(declaration.scope), value) if isinstance(value, str) else None


class Existing:
    """The entities of one organization's sandbox, as far as this run has asked for them."""

    def __init__(self, service: FlowService) -> None:
        self._service = service
        self._lists: dict[Scope, dict[str, Mapping[str, Any]]] = {}
        self._lock = Lock()

    def named(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        """Those of this name."""
        # The lock is held while the list is read: four threads that need it must not read it four times.
        with self._lock:
            if scope not in self._lists:
                self._lists[scope] = self._read(scope)
            return self._of(scope, name)

    def now_named(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        """Those of this name, asked for anew."""
        # Under the lock too: what another thread makes or deletes meanwhile must not be lost from the list.
        with self._lock:
            self._lists[scope] = self._read(scope)
            return self._of(scope, name)

    def put(self, scope: Scope | None, id_: str, name: object) -> None:
        """This process has made it, or given it that name."""
        with self._lock:
            if scope in self._lists:
                known = self._lists[scope].get(id_, {})
                self._lists[scope][id_] = {**known, "id": id_, "name": name}

    def drop(self, id_: str) -> None:
        """This process has deleted it."""
        with self._lock:
            for entities in self._lists.values():
                entities.pop(id_, None)

    def _of(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        return [entity for entity in self._lists[scope].values() if entity.get("name") == name]

    def _read(self, scope: Scope) -> dict[str, Mapping[str, Any]]:
        entities = self._service.list(scope.collection, scope.query(_PAGE))
        # Once more here: a service that does not know the filter would give all.
        steps = scope.filter.split(".") if scope.filter else []
        of_scope = [each for each in entities if not steps or member(each, *steps) == scope.value]
        return {each["id"]: each for each in of_scope if isinstance(each.get("id"), str)}
