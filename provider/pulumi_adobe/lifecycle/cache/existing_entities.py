"""The entities that exist already: listed once per run and scope, then kept up to date with our own writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from pulumi_adobe.json_values import get_member
from pulumi_adobe.schema.resource_schema import ResourceSchema

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

_PAGE_SIZE = "100"


@dataclass(frozen=True)
class Scope:
    """Where two entities of one name are duplicates: one collection, and one value at ``filter_path``."""

    collection: str
    filter_path: str
    value: str

    def __str__(self) -> str:
        return f"{self.collection}?{self.filter_path}={self.value}"

    def query(self, limit: str) -> tuple[tuple[str, str], ...]:
        """Return the query that lists the scope in pages of ``limit`` entities."""
        filters = (("property", f"{self.filter_path}=={self.value}"),) if self.filter_path else ()
        return (*filters, ("limit", limit))


def build_scope(resource_schema: ResourceSchema, body: Mapping[str, Any]) -> Scope | None:
    """Return the scope of this body; None if the value that decides it is missing or not known yet."""
    if not resource_schema.duplicate_scope:
        return Scope(resource_schema.collection, "", "")
    value = get_member(body, *resource_schema.duplicate_scope)
    if not isinstance(value, str):
        return None
    return Scope(resource_schema.collection, ".".join(resource_schema.duplicate_scope), value)


class ExistingEntities:
    """The entities of one organization's sandbox, as far as this run has listed them."""

    def __init__(self, service: FlowServiceClient) -> None:
        self._service = service
        self._entities_by_scope: dict[Scope, dict[str, Mapping[str, Any]]] = {}
        self._lock = Lock()

    def find_by_name(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        """Return the entities of this name."""
        # The lock is held during the request: four threads that need the list must not read it four times.
        with self._lock:
            if scope not in self._entities_by_scope:
                self._entities_by_scope[scope] = self._fetch(scope)
            return self._select_by_name(scope, name)

    def refetch_by_name(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        """Return the entities of this name from a new list."""
        # The lock is held here too: what another thread creates or deletes meanwhile must not be lost from the list.
        with self._lock:
            self._entities_by_scope[scope] = self._fetch(scope)
            return self._select_by_name(scope, name)

    def record(self, scope: Scope | None, id_: str, name: object) -> None:
        """Record that this process has created the entity, or given it this name."""
        with self._lock:
            if scope in self._entities_by_scope:
                entity = self._entities_by_scope[scope].get(id_, {})
                self._entities_by_scope[scope][id_] = {**entity, "id": id_, "name": name}

    def remove(self, id_: str) -> None:
        """Record that this process has deleted the entity."""
        with self._lock:
            for entities in self._entities_by_scope.values():
                entities.pop(id_, None)

    def _select_by_name(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        return [entity for entity in self._entities_by_scope[scope].values() if entity.get("name") == name]

    def _fetch(self, scope: Scope) -> dict[str, Mapping[str, Any]]:
        entities = self._service.list(scope.collection, scope.query(_PAGE_SIZE))
        # Filtered once more, because a service that ignores the filter returns all entities.
        path = scope.filter_path.split(".") if scope.filter_path else []
        in_scope = [entity for entity in entities if not path or get_member(entity, *path) == scope.value]
        return {entity["id"]: entity for entity in in_scope if isinstance(entity.get("id"), str)}
