"""Reads from list pages: in the place of a GET per connection one GET for a hundred of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from pulumi_adobe.lifecycle.existing import Scope

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

_PAGE = "100"


class ListPages:
    """The list pages of this run, read as far as they are needed."""

    def __init__(self, service: FlowServiceClient) -> None:
        self._service = service
        self._entities_by_scope: dict[Scope, dict[str, Mapping[str, Any]]] = {}
        self._remaining_pages: dict[Scope, Iterator[Sequence[Mapping[str, Any]]]] = {}
        self._provided_etags: dict[str, str] = {}
        self._lock = Lock()

    def find(self, scope: Scope, id_: str) -> Mapping[str, Any] | None:
        """The entity, where the pages so far or the next one have it. None says nothing: ask for it by its id.

        At most one page is read per call: in a sandbox with thousands of strangers' connections a single read must not
        list them all.
        """
        with self._lock:
            entities = self._entities_by_scope.setdefault(scope, {})
            if id_ not in entities:
                remaining_pages = self._remaining_pages.setdefault(scope, self._service.iterate_pages(scope.collection, scope.query(_PAGE)))
                entities.update((str(entity.get("id")), entity) for entity in next(remaining_pages, ()))
            entity = entities.get(id_)
            if entity is not None:
                self._provided_etags[id_] = str(entity.get("etag"))
            return entity

    def is_etag_from_page(self, id_: str, etag: str) -> bool:
        """Whether this etag comes from a page, which may be older than the entity itself."""
        return self._provided_etags.get(id_) == etag

    def clear(self) -> None:
        """Something was written: what was read before may be old."""
        with self._lock:
            self._entities_by_scope.clear()
            self._remaining_pages.clear()
