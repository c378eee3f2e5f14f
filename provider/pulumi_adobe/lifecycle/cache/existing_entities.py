"""The entities that exist already: listed once per run and scope, and kept up to date with our own writes.

A list that is older than `MAX_AGE` is read again before a POST, because another stack may have created the same entity.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Condition, Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.json_values import get_member
from pulumi_adobe.schema.resource_schema import ResourceSchema

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

MAX_AGE: Final = 10.0
"""Seconds after which a list is too old to decide about a POST."""

_PAGE_SIZE = "100"

_Entities: TypeAlias = dict[str, Mapping[str, Any]]
"""The entities of one scope by id."""


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

    def select(self, entities: Iterable[Mapping[str, Any]]) -> _Entities:
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


_Change: TypeAlias = Callable[[Scope, _Entities], object]
"""A function that changes the entities of one scope by what this process has written or seen."""


class _Listing(NamedTuple):
    """The entities of one scope by id; the time of the clock at which their list was requested, and its number."""

    entities: _Entities
    listed_at: float
    number: int


class _FailedListing(NamedTuple):
    """The error of a list that could not be read, and the number of the list."""

    error: FlowServiceError
    number: int


class ExistingEntities:
    """The entities of one organization's sandbox, as far as this run has listed them.

    A thread that reads a list stops only those that need that list: others read the older one, and record what they
    write, which is recorded once more in the list that arrives.
    """

    def __init__(self, service: FlowServiceClient) -> None:
        self._service = service
        self._listings: dict[Scope, _Listing] = {}
        self._failures: dict[Scope, _FailedListing] = {}
        self._list_count = 0
        """The number of lists that this process has begun to read, of all scopes."""
        self._changes_during_list: dict[Scope, list[_Change]] = {}
        self._written_ids: set[str] = set()
        self._removed_ids: set[str] = set()
        self._provided_etags: dict[str, str] = {}
        self._lock = Condition(Lock())

    def find_by_name(self, scope: Scope, name: str, max_age: float = math.inf) -> list[Mapping[str, Any]]:
        """Return the entities of this name, from a list that is at most ``max_age`` seconds old.

        A list that was requested after this call began is new enough, whoever requested it and however long it took.
        """
        with self._lock:
            earlier_count = self._list_count
            while self._is_older(scope, max_age) and not self._is_requested_after(scope, earlier_count):
                self._fetch_or_wait(scope)
            return self._select_by_name(scope, name)

    def find_by_name_if_listed(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        """Return the entities of this name. If the scope cannot be listed, raise the same error at each call."""
        with self._lock:
            self._list_once(scope)
            if scope in self._failures:
                raise self._failures[scope].error
            return self._select_by_name(scope, name)

    def find_by_id(self, scope: Scope, id_: str) -> Mapping[str, Any] | None:
        """Return the entity as the list shows it.

        None if there is no list, if it lacks the entity, or if this process has written the entity since.
        """
        with self._lock:
            self._list_once(scope)
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

        def change(listed_scope: Scope, entities: _Entities) -> None:
            if listed_scope == scope:
                entities[id_] = {**entities.get(id_, {}), "id": id_, "name": name, "etag": None}

        with self._lock:
            self._written_ids.add(id_)
            self._change(change)

    def mark_written(self, id_: str) -> None:
        """Record that this process writes the entity, so that what a list says of it is outdated."""

        def change(_scope: Scope, entities: _Entities) -> None:
            if id_ in entities:
                entities[id_] = {**entities[id_], "etag": None}

        with self._lock:
            self._change(change)

    def remove(self, id_: str) -> None:
        """Record that this process has deleted the entity."""
        with self._lock:
            self._removed_ids.add(id_)
            self._change(lambda _scope, entities: entities.pop(id_, None))

    def is_removed(self, id_: str) -> bool:
        """Return whether this process has deleted the entity, as it does with the dataflows of a connection."""
        return id_ in self._removed_ids

    def add_created(self, collection: str, entities: Iterable[Mapping[str, Any]]) -> None:
        """Record entities of a page that were created since their scope was listed, whoever created them."""
        page = tuple(entities)

        def change(scope: Scope, listed: _Entities) -> None:
            if scope.collection == collection:
                for id_, entity in self._select(scope, page).items():
                    # What is known already wins; one that this process has recorded lacks who created it, and when.
                    listed[id_] = {**entity, **listed.get(id_, {})}

        with self._lock:
            self._change(change)

    def _change(self, change: _Change) -> None:
        """Apply a change to all lists, and to those that are being read when they arrive: they may be older than it."""
        for scope, listing in self._listings.items():
            change(scope, listing.entities)
        for changes in self._changes_during_list.values():
            changes.append(change)

    def _is_older(self, scope: Scope, max_age: float) -> bool:
        listing = self._listings.get(scope)
        return listing is None or self._service.clock.now() - listing.listed_at > max_age

    def _is_requested_after(self, scope: Scope, earlier_count: int) -> bool:
        """Return whether a list was requested later than so many others. Raises its error if it could not be read."""
        failure, listing = self._failures.get(scope), self._listings.get(scope)
        if failure is not None and failure.number > earlier_count:
            raise failure.error
        return listing is not None and listing.number > earlier_count

    def _select_by_name(self, scope: Scope, name: str) -> list[Mapping[str, Any]]:
        return [entity for entity in self._listings[scope].entities.values() if entity.get("name") == name]

    def _select(self, scope: Scope, entities: Iterable[Mapping[str, Any]]) -> _Entities:
        """Return those of the entities that are in the scope. A list may still show what this process has deleted."""
        in_scope = scope.select(entities)
        return {id_: entity for id_, entity in in_scope.items() if id_ not in self._removed_ids}

    def _list_once(self, scope: Scope) -> None:
        """Read the list of a scope, if that was not tried before. Its error is stored."""
        while scope not in self._listings and scope not in self._failures:
            with suppress(FlowServiceError):
                self._fetch_or_wait(scope)

    def _fetch_or_wait(self, scope: Scope) -> None:
        """Read the list of a scope or, if another thread reads it, wait until that has ended. The caller has the lock.

        The lock is free meanwhile. Raises the error of the own request only.
        """
        if scope in self._changes_during_list:
            self._lock.wait()
            return
        self._list_count += 1
        number, listed_at = self._list_count, self._service.clock.now()
        self._changes_during_list[scope] = []
        try:
            with self._unlocked():
                entities = self._service.list(scope.collection, scope.query(_PAGE_SIZE))
            self._store(scope, entities, listed_at, number)
        except FlowServiceError as error:
            self._failures[scope] = _FailedListing(error, number)
            raise
        finally:
            self._changes_during_list.pop(scope, None)
            self._lock.notify_all()

    @contextmanager
    def _unlocked(self) -> Iterator[None]:
        self._lock.release()
        try:
            yield
        finally:
            self._lock.acquire()

    def _store(self, scope: Scope, listed_entities: Iterable[Mapping[str, Any]], listed_at: float, number: int) -> None:
        """Store a list that has arrived, with the changes since it was requested."""
        # Filtered once more, because a service that ignores the filter returns all entities.
        entities = self._select(scope, listed_entities)
        known_entities = self._listings[scope].entities if scope in self._listings else {}
        # A list may be older than our own creates.
        unlisted = {id_: known_entities[id_] for id_ in self._written_ids & known_entities.keys() - entities.keys()}
        entities = {**unlisted, **entities}
        for change in self._changes_during_list[scope]:
            change(scope, entities)
        self._failures.pop(scope, None)
        self._listings[scope] = _Listing(entities, listed_at, number)
