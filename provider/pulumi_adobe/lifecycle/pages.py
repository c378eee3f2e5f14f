"""Reads from list pages: in the place of a GET per connection one GET for a hundred of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from pulumi_adobe.lifecycle.existing import Scope

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowService

_PAGE = "100"


class Pages:
    """The list pages of this run, read as far as they are needed."""

    def __init__(self, service: FlowService) -> None:
        self._service = service
        self._known: dict[Scope, dict[str, Mapping[str, Any]]] = {}
        self._following: dict[Scope, Iterator[Sequence[Mapping[str, Any]]]] = {}
        self._given: dict[str, str] = {}
        self._lock = Lock()

    def find(self, scope: Scope, id_: str) -> Mapping[str, Any] | None:
        """The entity, where the pages so far or the next one have it. None says nothing: ask for it by its id.

        At most one page is read per call: in a sandbox with thousands of strangers' connections a single read must not
        list them all.
        """
        with self._lock:
            known = self._known.setdefault(scope, {})
            if id_ not in known:
                following = self._following.setdefault(scope, self._service.pages(scope.collection, scope.query(_PAGE)))
                known.update((str(entity.get("id")), entity) for entity in next(following, ()))
            found = known.get(id_)
            if found is not None:
                self._given[id_] = str(found.get("etag"))
            return found

    def gave(self, id_: str, etag: str) -> bool:
        """Whether this etag comes from a page, which may be older than the entity itself."""
        return self._given.get(id_) == etag

    def forget(self) -> None:
        """Something was written: what was read before may be old."""
        with self._lock:
            self._known.clear()
            self._following.clear()
