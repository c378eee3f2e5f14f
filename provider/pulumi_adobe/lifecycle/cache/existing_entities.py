"""The entities that exist already: listed once per run and scope, and kept up to date with our own writes.

A list that is older than `MAX_AGE` is read again before a POST, because another stack may have created the same entity.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.json_values import get_member
from pulumi_adobe.schema.resource_schema import ResourceSchema

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

MAX_AGE: Final = 10.0
"""Seconds after which a list is too old to decide about a POST."""

_PAGE_SIZE = "100"


class Scope(NamedTuple):
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

    def select(self, entities: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
        """Return those of the entities that are in the scope, by id."""
        path = self.filter_path.split(".") if self.filter_path else []
        in_scope = [entity for entity in entities if not path or get_member(entity, *path) == self.value]
        return {entity["id"]: entity for entity in in_scope if isinstance(entity.get("id"), str)}


def build_scope(resource_schema: ResourceSchema, body: Mapping[str, Any]) -> Scope | None:
    """Return the scope of this body; None if the value that decides it is missing or not known yet."""
    if not resource_schema.duplicate_scope:
        return Scope(resource_schema.collection, "", "")
    path, fallback = resource_schema.duplicate_scope, resource_schema.fallback_duplicate_scope
    if fallback and get_member(body, *path) is None:
        path = fallback
    value = get_member(body, *path)
    return Scope(resource_schema.collection, ".".join(path), value) if isinstance(value, str) else None


class _Listing(NamedTuple):
    """The entities of one scope by id, and the time of the clock at which their list was asked for."""

    entities: dict[str, Mapping[str, Any]]
    listed_at: float


class ExistingEntities:
    """The entities of one organization's sandbox, as far as this run has listed them."""

    def __init__(self, service: FlowServiceClient) -> None:
        self._service = service
        self._listings: dict[Scope, _Listing] = {}
        self._errors: dict[Scope, FlowServiceError] = {}
        self._written_ids: set[str] = set()
        self._removed_ids: set[str] = set()
        self._provided_etags: dict[str, str] = {}
        self._lock = Lock()

    def find_by_name(self, scope: Scope, name: str, max_age: float = math.inf) -> list[Mapping[str, Any]]:
        """Return the entities of this name, from a list that is at most ``max_age`` seconds old."""
        # The lock is held during the request: four threads that need the list must not read it four times.
        with self._lock:
            if self._is_older(scope, max_age):
                self._fetch(scope)
            return self._select_by_name(scope, name)

    def find_by_name_if_listed(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        """Return the entities of this name. If the scope cannot be listed, raise the same error at each call."""
        with self._lock:
            if scope in self._errors:
                raise self._errors[scope]
            if scope not in self._listings:
                self._fetch(scope)
            return self._select_by_name(scope, name)

    def find_by_id(self, scope: Scope, id_: str) -> Mapping[str, Any] | None:
        """Return the entity as the list shows it.

        None if there is no list, if it lacks the entity, or if this process has written the entity since.
        """
        with self._lock:
            if scope not in self._listings and scope not in self._errors:
                with suppress(FlowServiceError):
                    self._fetch(scope)
            entity = self._listings[scope].entities.get(id_) if scope in self._listings else None
            if entity is None or not entity.get("etag"):
                return None
            self._provided_etags[id_] = str(entity["etag"])
            return entity

    def refetch_by_name(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        """Return the entities of this name from a new list."""
        return self.find_by_name(scope, name, max_age=-math.inf)

    def is_outdated(self, scope: Scope | None) -> bool:
        """Return whether the list of the scope is too old to decide about a POST."""
        return scope is not None and self._is_older(scope, MAX_AGE)

    def is_etag_from_list(self, id_: str, etag: str) -> bool:
        """Return whether this etag comes from a list, which may be older than the entity itself."""
        return self._provided_etags.get(id_) == etag

    def record(self, scope: Scope | None, id_: str, name: object) -> None:
        """Record that this process has created the entity, or given it this name."""
        with self._lock:
            self._written_ids.add(id_)
            if scope in self._listings:
                entities = self._listings[scope].entities
                entities[id_] = {**entities.get(id_, {}), "id": id_, "name": name, "etag": None}

    def mark_written(self, id_: str) -> None:
        """Record that this process writes the entity, so that what a list says of it is outdated."""
        with self._lock:
            for listing in self._listings.values():
                if id_ in listing.entities:
                    listing.entities[id_] = {**listing.entities[id_], "etag": None}

    def remove(self, id_: str) -> None:
        """Record that this process has deleted the entity."""
        with self._lock:
            self._removed_ids.add(id_)
            for listing in self._listings.values():
                listing.entities.pop(id_, None)

    def add_created(self, collection: str, entities: Iterable[Mapping[str, Any]]) -> None:
        """Record entities of a page that were created since their scope was listed, whoever created them."""
        page = tuple(entities)
        with self._lock:
            for scope, listing in self._listings.items():
                if scope.collection == collection:
                    for id_, entity in self._select(scope, page).items():
                        # What is known already wins; one that this process has recorded lacks who created it, and when.
                        listing.entities[id_] = {**entity, **listing.entities.get(id_, {})}

    def _is_older(self, scope: Scope, max_age: float) -> bool:
        listing = self._listings.get(scope)
        return listing is None or self._service.clock.now() - listing.listed_at > max_age

    def _select_by_name(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        return [entity for entity in self._listings[scope].entities.values() if entity.get("name") == name]

    def _select(self, scope: Scope, entities: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
        """Return those of the entities that are in the scope. A list may still show what this process has deleted."""
        in_scope = scope.select(entities)
        return {id_: entity for id_, entity in in_scope.items() if id_ not in self._removed_ids}

    def _fetch(self, scope: Scope) -> None:
        listed_at = self._service.clock.now()
        try:
            # Filtered once more, because a service that ignores the filter returns all entities.
            entities = self._select(scope, self._service.list(scope.collection, scope.query(_PAGE_SIZE)))
        except FlowServiceError as error:
            self._errors[scope] = error
            raise
        self._errors.pop(scope, None)
        known_entities = self._listings[scope].entities if scope in self._listings else {}
        # A list may be older than our own creates.
        unlisted = {id_: known_entities[id_] for id_ in self._written_ids & known_entities.keys() - entities.keys()}
        self._listings[scope] = _Listing({**unlisted, **entities}, listed_at)
