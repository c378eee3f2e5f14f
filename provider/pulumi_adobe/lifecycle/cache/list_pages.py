"""Reads from list pages: one GET for a hundred entities in place of one GET for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from pulumi_adobe.lifecycle.cache.existing_entities import Scope

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

_PAGE_SIZE = "100"


class ListPages:
    """The list pages of this run, read as far as they are needed."""

    def __init__(self, service: FlowServiceClient) -> None:
        self._service = service
        self._entities_by_scope: dict[Scope, dict[str, Mapping[str, Any]]] = {}
        self._remaining_pages: dict[Scope, Iterator[Sequence[Mapping[str, Any]]]] = {}
        self._provided_etags: dict[str, str] = {}
        self._lock = Lock()

    def find(self, scope: Scope, id_: str) -> Mapping[str, Any] | None:
        """Return the entity if the pages so far or the next page has it; otherwise None, and it must be read by id.

        Each call reads at most one page: in a sandbox with thousands of other connections a single read must not list
        them all.
        """
        with self._lock:
            entities = self._entities_by_scope.setdefault(scope, {})
            if id_ not in entities:
                page = next(self._get_remaining_pages(scope), ())
                entities.update((str(entity.get("id")), entity) for entity in page)
            entity = entities.get(id_)
            if entity is not None:
                self._provided_etags[id_] = str(entity.get("etag"))
            return entity

    def is_etag_from_page(self, id_: str, etag: str) -> bool:
        """Return whether this etag comes from a page, which may be older than the entity itself."""
        return self._provided_etags.get(id_) == etag

    def clear(self) -> None:
        """Forget all pages, because something was written."""
        with self._lock:
            self._entities_by_scope.clear()
            self._remaining_pages.clear()

    def _get_remaining_pages(self, scope: Scope) -> Iterator[Sequence[Mapping[str, Any]]]:
        if scope not in self._remaining_pages:
            self._remaining_pages[scope] = self._service.iterate_pages(scope.collection, scope.query(_PAGE_SIZE))
        return self._remaining_pages[scope]
