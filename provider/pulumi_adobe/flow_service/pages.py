"""The pages of a list, each read when the caller asks for it, and all of them within one timeout.

Adobe: the next page is at `_links.next.href`; `_links` is empty or missing on the last page (monitor.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from pulumi_adobe.flow_service.addresses import parse_next_page
from pulumi_adobe.flow_service.errors import NoResponse, UnexpectedResponse

if TYPE_CHECKING:
    from pulumi_adobe.config.credentials import Credentials
    from pulumi_adobe.flow_service.clock import Clock
    from pulumi_adobe.flow_service.redaction import Redactor
    from pulumi_adobe.flow_service.response import Response

_Query: TypeAlias = Sequence[tuple[str, str]]

_T = TypeVar("_T")

_NO_CONTENT = 204


class PageClient(Protocol):
    """What the pages need of the client, which itself offers them."""

    credentials: Credentials
    redactor: Redactor

    @property
    def clock(self) -> Clock:
        """The clock of all waits and deadlines."""

    def read(
        self,
        path: str,
        parse: Callable[[Response], _T],
        *,
        query: _Query = (),
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> _T:
        """GET a path, again if the response cannot be used, and return its content."""


@dataclass(frozen=True)
class _Page:
    items: Sequence[dict[str, Any]]
    next_query: _Query
    response: Response


class PageTimeout:
    """The seconds that are left to read the pages of one list; the time between two pages belongs to the caller."""

    def __init__(self, client: PageClient, path: str, seconds: float | None = None) -> None:
        self._client = client
        self._path = path
        self._seconds = self._timeout = client.credentials.timeout if seconds is None else seconds
        self._started_at = 0.0
        self._page_count = 0

    def start(self) -> float:
        """Return the seconds that are left for the next page, and count from now.

        Raises:
            NoResponse: None are left.
        """
        if self._seconds <= 0:
            raise NoResponse(
                f"GET {self._path} has more pages than the {self._page_count} that could be read within the timeout of "
                f"{self._timeout:g} s.",
                "Set a longer adobe:timeout if the sandbox has that many.",
                may_have_taken_effect=False,
            )
        self._started_at = self._client.clock.now()
        self._page_count += 1
        return self._seconds

    def stop(self) -> None:
        """Take the time since the start away."""
        self._seconds -= self._client.clock.now() - self._started_at


def iterate_pages(
    client: PageClient, path: str, query: _Query, timeout: float | None = None
) -> Iterator[Sequence[dict[str, Any]]]:
    """GET a collection page by page. ``timeout`` is in seconds for all pages, by default that of the settings."""
    requested_queries: set[tuple[tuple[str, str], ...]] = set()
    page_timeout = PageTimeout(client, path, timeout)
    previous_items: Sequence[dict[str, Any]] = ()
    while True:
        requested_queries.add(tuple(query))
        page = client.read(path, lambda response: _parse(client, response), query=query, timeout=page_timeout.start())
        page_timeout.stop()
        if page.items and page.items == previous_items:
            # A service that ignores the query of the next page would be asked for ever.
            raise _refuse(client, page.response, "with a page that was already read")
        yield page.items
        if not page.next_query:
            return
        if tuple(page.next_query) in requested_queries:
            raise _refuse(client, page.response, "with a next page that was already read")
        query, previous_items = page.next_query, page.items


def _parse(client: PageClient, response: Response) -> _Page:
    if response.status == _NO_CONTENT:
        return _Page((), (), response)
    body = response.json_object(client.redactor.redact)
    items = body.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _refuse(client, response, "without a list of items")
    next_query = parse_next_page(body)
    if next_query is None:
        raise _refuse(client, response, "with an invalid address of the next page")
    return _Page(items, next_query, response)


def _refuse(client: PageClient, response: Response, reason: str) -> UnexpectedResponse:
    return response.to_unexpected_response(reason, client.redactor.redact)
