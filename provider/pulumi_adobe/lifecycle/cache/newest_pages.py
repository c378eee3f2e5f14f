"""The shared confirmation of creates: calls that wait at the same time share one list page, the newest entities first.

A page is requested after the POST of everyone who shares it was answered. Whoever it does not help reads by id: no
document says whether a list is sorted by `createdAt`, complete, or as new as a read by id. Adobe: sort-and-filter.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.flow_service.errors import FlowServiceError

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient
    from pulumi_adobe.lifecycle.cache.existing_entities import ExistingEntities

_GATHER_SECONDS: Final = 1.0
"""How long a create waits, at most, for others: those whose POST is not answered yet, and those that are to begin."""

_THREAD_COUNT: Final = 4
"""How many creates are expected at the same time before more or fewer are seen.

Pulumi's plugin for dynamic providers has four threads. How many an engine sends to another plugin, no plugin is told.
"""

_PAGE_SECONDS: Final = 10.0
"""How long everyone waits for the page, repeated requests included. A read by id has the rest of the timeout."""

_MIN_LIMIT, _MAX_LIMIT = 20, 100
"""The size of a page: twice as many as share it, because others create entities too."""


@dataclass
class _Batch:
    """The creates that share one page."""

    ids: set[str] = field(default_factory=set)
    is_complete: Event = field(default_factory=Event)
    is_read: Event = field(default_factory=Event)
    entities: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass
class _Queue:
    """The creates of one collection.

    Attributes:
        new_owners: The new resources whose check has passed, and whose create has not begun.
        pending_count: The creates whose POST is not answered yet.
        active_count: The creates that hold a thread: those, those that wait for a page, and those that go on after it.
        batch: The creates that will share the next page.
        is_useless: Whether a page failed, or had none of those that shared it; no other one is requested then.
    """

    new_owners: set[str]
    pending_count: int = 0
    active_count: int = 0
    batch: _Batch | None = None
    is_useless: bool = False


class AnnouncedCreate:
    """A create that has not sent its POST yet, so that others wait a moment for it."""

    def __init__(self, pages: NewestPages, collection: str) -> None:
        self._pages = pages
        self._collection = collection
        self._is_pending = True

    def withdraw(self) -> None:
        """Record that this create will not ask for a page."""
        if self._is_pending:
            self._is_pending = False
            self._pages.withdraw(self._collection)

    def find(self, id_: str, timeout: float) -> Mapping[str, Any] | None:
        """Return the created entity as a page shows it that was requested after this call began.

        None if the page lacks it, cannot be read, or takes longer than ``timeout`` seconds: read it by id then.

        Raises:
            Cancelled: The user ended the run during the wait.
        """
        if not self._is_pending:
            return None
        self._is_pending = False
        return self._pages.find(self._collection, id_, min(timeout, _PAGE_SECONDS))


class NewestPages:
    """The pages of the newest entities, one collection at a time. What they show is recorded as existing."""

    def __init__(
        self, service: FlowServiceClient, existing_entities: ExistingEntities, new_owners: defaultdict[str, set[str]]
    ) -> None:
        """Request nothing yet. ``new_owners`` are the owners of the resources to be created, by collection."""
        self._service = service
        self._new_owners = new_owners
        self._existing_entities = existing_entities
        self._queues: dict[str, _Queue] = {}
        self._thread_count = _THREAD_COUNT
        self._linger_seconds = _GATHER_SECONDS
        self._lock = Lock()

    @contextmanager
    def announce(self, collection: str, owner: str) -> Iterator[AnnouncedCreate]:
        """Announce the create of a resource, until the context ends or the create has asked for its page."""
        with self._lock:
            if collection not in self._queues:
                self._queues[collection] = _Queue(self._new_owners[collection])
            queue = self._queues[collection]
            queue.new_owners.discard(owner)
            queue.pending_count += 1
            queue.active_count += 1
            self._thread_count = max(self._thread_count, sum(other.active_count for other in self._queues.values()))
            self._release_batches()
        announced = AnnouncedCreate(self, collection)
        try:
            yield announced
        finally:
            announced.withdraw()
            with self._lock:
                queue.active_count -= 1

    def withdraw(self, collection: str) -> None:
        """Record that an announced create will not ask for a page."""
        with self._lock:
            self._queues[collection].pending_count -= 1
            self._release_batches()

    def find(self, collection: str, id_: str, timeout: float) -> Mapping[str, Any] | None:
        """Return the entity that an announced create has made; see `AnnouncedCreate.find`."""
        queue = self._queues[collection]
        with self._lock:
            queue.pending_count -= 1
            if queue.is_useless:
                self._release_batches()
                return None
            is_first = queue.batch is None
            batch = queue.batch = queue.batch or _Batch()
            batch.ids.add(id_)
            self._release_batches()
        if is_first:
            self._read_page(queue, batch, collection, timeout)
        else:
            self._service.clock.wait(batch.is_read, timeout)
        return batch.entities.get(id_)

    def _count_gathering(self) -> int:
        """Return the number of creates, of all collections, that have not got as far as their page."""
        batches = [queue.batch for queue in self._queues.values() if queue.batch is not None]
        pending_count = sum(queue.pending_count for queue in self._queues.values())
        return pending_count + sum(len(batch.ids) for batch in batches)

    def _release_batches(self) -> None:
        """Let a page begin if nobody else will share it: no POST is under way, and no other create can begin."""
        has_free_thread = self._count_gathering() < self._thread_count
        for queue in self._queues.values():
            can_begin = bool(queue.new_owners) and has_free_thread
            if queue.batch is not None and not queue.pending_count and not can_begin:
                queue.batch.is_complete.set()

    def _read_page(self, queue: _Queue, batch: _Batch, collection: str, timeout: float) -> None:
        """Wait for those who will share the page, request it, and let all of them go on, whatever happens."""
        clock = self._service.clock
        deadline = clock.now() + timeout
        try:
            self._gather(queue, batch, timeout)
            with self._lock:
                queue.batch = None
            limit = str(min(max(2 * len(batch.ids), _MIN_LIMIT), _MAX_LIMIT))
            query = (("orderby", "-createdAt"), ("limit", limit))
            pages = self._service.iterate_pages(collection, query, timeout=deadline - clock.now())
            page = next(pages, ())
            self._existing_entities.add_created(collection, page)
            batch.entities = {entity["id"]: entity for entity in page if isinstance(entity.get("id"), str)}
        except FlowServiceError:
            # Each of them reads by id, repeats that as often as it may, and raises its own error.
            batch.entities = {}
        finally:
            with self._lock:
                if queue.batch is batch:
                    queue.batch = None
                queue.is_useless = queue.is_useless or batch.ids.isdisjoint(batch.entities)
            batch.is_read.set()

    def _gather(self, queue: _Queue, batch: _Batch, timeout: float) -> None:
        """Wait until nobody else will share the page, or for too long."""
        clock = self._service.clock
        if batch.is_complete.is_set():
            return
        linger, most = min(self._linger_seconds, timeout / 4), min(_GATHER_SECONDS, timeout / 4)
        is_complete = clock.wait(batch.is_complete, linger)
        with self._lock:
            if is_complete:
                self._linger_seconds = min(2 * self._linger_seconds, _GATHER_SECONDS)
            elif not queue.pending_count:
                # The threads are fewer, or do something else. Wait less long the next time.
                self._thread_count = self._count_gathering()
                self._linger_seconds /= 2
                self._release_batches()
        clock.wait(batch.is_complete, most - linger)
