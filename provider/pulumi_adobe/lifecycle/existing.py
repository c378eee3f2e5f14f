"""What is at the service already: listed once per run and kind of source, then kept up to date with our own doings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from pulumi_adobe.declaration import ResourceSchema
from pulumi_adobe.members import get_member

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

_PAGE = "100"


@dataclass(frozen=True)
class Scope:
    """Where two of one name would be duplicates: in one collection, of one spec."""

    collection: str
    filter_path: str
    value: str

    def __str__(self) -> str:
        return f"{self.collection}?{self.filter_path}={self.value}"

    def query(self, limit: str) -> tuple[tuple[str, str], ...]:
        """The query that lists it, so many at a time."""
        filters = (("property", f"{self.filter_path}=={self.value}"),) if self.filter_path else ()
        return (*filters, ("limit", limit))


def build_scope(resource_schema: ResourceSchema, body: Mapping[str, Any]) -> Scope | None:
    """The scope of this body; None where what decides it is missing or not known yet."""
    if not resource_schema.duplicate_scope:
        return Scope(resource_schema.collection, "", "")
    value = get_member(body, *resource_schema.duplicate_scope)
    return Scope(resource_schema.collection, ".".join(resource_schema.duplicate_scope), value) if isinstance(value, str) else None


class ExistingEntities:
    """The entities of one organization's sandbox, as far as this run has asked for them."""

    def __init__(self, service: FlowServiceClient) -> None:
        self._service = service
        self._entities_by_scope: dict[Scope, dict[str, Mapping[str, Any]]] = {}
        self._lock = Lock()

    def find_by_name(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        """Those of this name."""
        # The lock is held while the list is read: four threads that need it must not read it four times.
        with self._lock:
            if scope not in self._entities_by_scope:
                self._entities_by_scope[scope] = self._fetch(scope)
            return self._select_by_name(scope, name)

    def refetch_by_name(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        """Those of this name, asked for anew."""
        # Under the lock too: what another thread makes or deletes meanwhile must not be lost from the list.
        with self._lock:
            self._entities_by_scope[scope] = self._fetch(scope)
            return self._select_by_name(scope, name)

    def record(self, scope: Scope | None, id_: str, name: object) -> None:
        """This process has made it, or given it that name."""
        with self._lock:
            if scope in self._entities_by_scope:
                entity = self._entities_by_scope[scope].get(id_, {})
                self._entities_by_scope[scope][id_] = {**entity, "id": id_, "name": name}

    def remove(self, id_: str) -> None:
        """This process has deleted it."""
        with self._lock:
            for entities in self._entities_by_scope.values():
                entities.pop(id_, None)

    def _select_by_name(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        return [entity for entity in self._entities_by_scope[scope].values() if entity.get("name") == name]

    def _fetch(self, scope: Scope) -> dict[str, Mapping[str, Any]]:
        entities = self._service.list(scope.collection, scope.query(_PAGE))
        # Once more here: a service that does not know the filter would give all.
        steps = scope.filter_path.split(".") if scope.filter_path else []
        entities_in_scope = [entity for entity in entities if not steps or get_member(entity, *steps) == scope.value]
        return {each["id"]: each for each in entities_in_scope if isinstance(each.get("id"), str)}
