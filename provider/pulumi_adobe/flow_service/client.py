"""The client of Flow Service's collections: each request is authorized, retried, and parsed or raised as an error.

Adobe: developer.adobe.com/experience-platform-apis/references/flow-service (flow-service.yaml).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any, Final, TypeVar

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.flow_service.addresses import build_path
from pulumi_adobe.flow_service.clock import Clock, SystemClock
from pulumi_adobe.flow_service.json_patch import PatchOperation
from pulumi_adobe.flow_service.pages import iterate_pages
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.response import Response
from pulumi_adobe.flow_service.sender import Check, Sender, accept_any

_T = TypeVar("_T")

DEFAULT_THREADS: Final = 4
"""The number of threads of a caller that does not say how many it has."""

_NO_CONTENT = 204


@dataclass(frozen=True)
class WriteResult:
    """The response to a create, an update or an action: the id, and the etag with the quotes that are part of it."""

    id: str
    etag: str | None


class FlowServiceClient:
    """A client for one sandbox. Every method that sends a request may raise a `FlowServiceError`."""

    def __init__(
        self,
        credentials: Credentials,
        redactor: Redactor | None = None,
        clock: Clock | None = None,
        threads: int = DEFAULT_THREADS,
    ) -> None:
        """Send no request yet, and add the secrets of the credentials to the redactor.

        Args:
            credentials: The sandbox and the credentials for it.
            redactor: Collects the secrets that must not be shown.
            clock: The clock of all waits and deadlines.
            threads: The number of threads that use the client at the same time. So many connections are kept open.
        """
        self.credentials = credentials
        self.redactor = redactor or Redactor()
        for secret in (credentials.client_secret, credentials.access_token):
            self.redactor.add_secret(secret)
        self._sender = Sender(credentials, self.redactor, clock or SystemClock(), threads)
        self._clock_offset: timedelta | None = None
        self._headers = {
            "Accept": "application/json",
            "x-api-key": credentials.client_id,
            "x-gw-ims-org-id": credentials.org_id,
        }

    @property
    def clock(self) -> Clock:
        """The clock of all waits and deadlines."""
        return self._sender.clock

    @clock.setter
    def clock(self, clock: Clock) -> None:
        self._sender.clock = clock

    def for_sandbox(self, name: str) -> FlowServiceClient:
        """Return a client for another sandbox of the organization; connections, token and rate limit are shared."""
        client = copy(self)
        client.credentials = replace(self.credentials, sandbox=name)
        return client

    def with_timeout(self, seconds: float) -> FlowServiceClient:
        """Return a client with another timeout of an operation; connections, token and rate limit are shared."""
        client = copy(self)
        client.credentials = replace(self.credentials, timeout=seconds)
        return client

    def authenticate(self) -> None:
        """Fetch an access token unless a valid one is held, and send no other request; a ready token is not checked."""
        self._sender.authenticate(self.clock.now() + self.credentials.timeout)

    def service_time(self) -> datetime:
        """Return the time by the service's clock, as of its last response, which decides whether a time has passed."""
        try:
            return datetime.now(timezone.utc) + (self._clock_offset or timedelta())
        except OverflowError:  # the service says that it is the last second of the calendar
            return datetime.max.replace(tzinfo=timezone.utc)

    def ask_service_time(self) -> datetime:
        """Return the time by the service's clock; if there was no response yet, send a read that changes nothing."""
        if self._clock_offset is None:
            self.read(build_path("connections"), lambda response: response.status, query=(("limit", "1"),))
        return self.service_time()

    def create(self, collection: str, body: Mapping[str, Any], *, draft: bool = False) -> WriteResult:
        """POST a new entity; a draft is inactive until the action `publish` (Adobe: draft.md)."""
        query = (("mode", "draft"),) if draft else ()
        return self._parse_write_result(self.request("POST", build_path(collection), json=body, query=query))

    def run_action(self, collection: str, id_: str, action: str) -> WriteResult:
        """POST an action: `publish`, and for flows `enable` and `disable`. A repeated action is refused."""
        return self._parse_write_result(
            self.request("POST", build_path(collection, id_, "action"), query=(("op", action),))
        )

    def explore(self, id_: str, query: Sequence[tuple[str, str]], collection: str = "connections") -> Any:
        """GET the content of a base connection's source: a list for the root, an object for a table (tabular.md).

        ``collection`` is `connectionSpecs` for a source without base connections (data-landing-zone.md).
        """

        def parse(response: Response) -> Any:
            content = response.json()
            if content is None:
                raise response.to_unexpected_response("without JSON", self.redactor.redact)
            return content

        return self.read(build_path(collection, id_, "explore"), parse, query=query)

    def get(self, collection: str, id_: str, timeout: float | None = None) -> dict[str, Any]:
        """GET one entity, which Flow Service answers as a list with one item.

        ``timeout`` is in seconds, by default that of the settings.
        """

        def parse(response: Response) -> dict[str, Any]:
            items = response.json_object(self.redactor.redact).get("items")
            if not isinstance(items, list) or len(items) != 1 or not isinstance(items[0], dict):
                raise response.to_unexpected_response("without the one requested item", self.redactor.redact)
            if str(items[0].get("id", id_)).lower() != id_.lower():
                # A later update of this id would overwrite the secrets of another entity.
                raise response.to_unexpected_response("with another item than the requested one", self.redactor.redact)
            return items[0]

        return self.read(build_path(collection, id_), parse, timeout=timeout)

    def update(self, collection: str, id_: str, operations: Sequence[PatchOperation], etag: str) -> WriteResult:
        """PATCH an entity if it still has this etag, which is sent as it was received, quotes included."""
        response = self.request("PATCH", build_path(collection, id_), json=list(operations), headers={"If-Match": etag})
        return self._parse_write_result(response)

    def delete(self, collection: str, id_: str) -> bool:
        """DELETE an entity, and return whether it is already gone; a missing one is an `errors.NotFound`.

        Adobe's sources documentation says 204 (gone), its destinations specification 202 (marked for deletion).
        """
        return self.request("DELETE", build_path(collection, id_)).status == _NO_CONTENT

    def list(self, collection: str, query: Sequence[tuple[str, str]] = ()) -> list[dict[str, Any]]:
        """GET all pages of a collection.

        Adobe: the next page is at `_links.next.href`; `_links` is empty or missing on the last page (monitor.md).
        """
        return [entity for page in self.iterate_pages(collection, query) for entity in page]

    def iterate_pages(
        self, collection: str, query: Sequence[tuple[str, str]] = (), timeout: float | None = None
    ) -> Iterator[Sequence[dict[str, Any]]]:
        """GET a collection page by page, each page when the caller asks for it.

        ``timeout`` is in seconds for all pages, by default that of the settings.
        """
        return iterate_pages(self, build_path(collection), query, timeout)

    def test_connection(self, collection: str, id_: str) -> bool:
        """Return whether the connection test of Flow Service succeeds; it connects to the source itself."""

        def parse(response: Response) -> bool:
            result = response.json_object(self.redactor.redact).get("result")
            if not isinstance(result, bool):
                raise response.to_unexpected_response("without a result", self.redactor.redact)
            return result

        return self.read(build_path(collection, id_, "test"), parse)

    def read(
        self,
        path: str,
        parse: Callable[[Response], _T],
        *,
        query: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> _T:
        """GET a path, again if the response cannot be used, and return its content.

        Args:
            path: The path, with all ids quoted.
            parse: Returns the content of a successful response, or raises `errors.UnexpectedResponse`.
            query: The query as pairs of name and value.
            headers: Headers in addition to those of every request.
            timeout: The seconds for all attempts, by default those of the settings.
        """
        contents: list[_T] = []
        http_request = self._build_request("GET", path, query=query, headers=headers, idempotent=True)
        self._send(http_request, timeout, lambda response: contents.append(parse(response)))
        return contents[-1]

    def request(  # noqa: PLR0913 - the parts of a request
        self,
        method: str,
        path: str,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        query: Sequence[tuple[str, str]] = (),
        *,
        idempotent: bool = False,
    ) -> Response:
        """Send a request to Experience Platform, with token and retries, and return its successful response.

        Args:
            method: The HTTP method.
            path: The path, with all ids quoted.
            json: The body, a JSON value.
            headers: Headers in addition to those of every request.
            query: The query as pairs of name and value.
            idempotent: Whether a POST may be sent twice.
        """
        # A PATCH too: it names the etag that it is for, so a second identical one is refused.
        idempotent = idempotent or method in {"GET", "DELETE", "PATCH"}
        return self._send(
            self._build_request(method, path, json=json, headers=headers, query=query, idempotent=idempotent)
        )

    def exchange(  # noqa: PLR0913 - the parts of a request
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        headers: Mapping[str, str | None] | None = None,
        query: Sequence[tuple[str, str]] = (),
        timeout: float | None = None,
    ) -> Response:
        """Send a request, and return its response whatever the status: for a caller who wants to see refusals.

        It is sent again only after a 429, and if no connection could be made.

        Args:
            method: The HTTP method.
            path: The path, with all ids quoted.
            json: The body, a JSON value.
            headers: Headers in addition to those of every request; None leaves one of those out.
            query: The query as pairs of name and value.
            timeout: The seconds for all attempts, by default those of the settings.

        Raises:
            errors.CredentialsRejected: The response is a 401, or there is no token.
            errors.FlowServiceError: No complete response came.
        """
        return self._exchange(self._build_request(method, path, json=json, headers=headers, query=query), timeout)

    def _build_request(
        self, method: str, path: str, headers: Mapping[str, str | None] | None = None, **parts: Any
    ) -> Request:
        all_headers = {**self._headers, "x-sandbox-name": self.credentials.sandbox, **(headers or {})}
        present = {name: value for name, value in all_headers.items() if value is not None}
        return Request(method, self.credentials.endpoint + path, headers=present, **parts)

    def _send(self, request: Request, timeout: float | None = None, check: Check = accept_any) -> Response:
        """Return the successful response to a request, or raise the error that the response stands for."""
        response = self._exchange(request, timeout, check)
        if response.is_success:
            return response
        raise response.to_error(self.redactor.redact)

    def _exchange(self, request: Request, timeout: float | None = None, check: Check = accept_any) -> Response:
        deadline = self.clock.now() + (self.credentials.timeout if timeout is None else timeout)
        response = self._sender.send(request, deadline, check)
        if response.date is not None:
            self._clock_offset = response.date - datetime.now(timezone.utc)
        return response

    def _parse_write_result(self, response: Response) -> WriteResult:
        body = response.json_object(self.redactor.redact)
        id_, etag = body.get("id"), body.get("etag")
        if not isinstance(id_, str) or not id_:
            raise response.to_unexpected_response("without an id", self.redactor.redact)
        return WriteResult(id_, etag if isinstance(etag, str) else None)
