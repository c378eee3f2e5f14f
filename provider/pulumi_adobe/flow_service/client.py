"""The client of Flow Service's collections: each request is authorized, retried, and parsed or raised as an error.

Adobe: developer.adobe.com/experience-platform-apis/references/flow-service (flow-service.yaml).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from threading import Lock
from typing import TYPE_CHECKING, Any

from pulumi_adobe.config.credentials import Credentials
from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.addresses import build_path, parse_next_page
from pulumi_adobe.flow_service.auth import Auth, Send, ServerToServer, StaticToken
from pulumi_adobe.flow_service.clock import Clock, SystemClock
from pulumi_adobe.flow_service.json_patch import PatchOperation
from pulumi_adobe.flow_service.outages import DEFINITE_FAILURES, Outages
from pulumi_adobe.flow_service.rate_limit import RateLimit
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.response import Response
from pulumi_adobe.flow_service.retry import Outcome, SendFailure, may_have_taken_effect, retry_delay
from pulumi_adobe.flow_service.send_errors import SendError, build_no_response, build_unreachable

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.transport import Transport

_TOKEN_PATH = "/ims/token/v3"  # noqa: S105 - a path, no password
_UNAUTHORIZED = 401
_TOO_MANY_REQUESTS = 429
_NO_CONTENT = 204


@dataclass(frozen=True)
class WriteResult:
    """The response to a create, an update or an action: the id, and the etag with the quotes that are part of it."""

    id: str
    etag: str | None


class FlowServiceClient:
    """A client for one sandbox. Every method that sends a request may raise a `FlowServiceError`."""

    def __init__(self, credentials: Credentials, redactor: Redactor | None = None, clock: Clock | None = None) -> None:
        """Send no request yet, and add the secrets of the credentials to the redactor."""
        self.credentials = credentials
        self.redactor = redactor or Redactor()
        self.clock = clock or SystemClock()
        for secret in (credentials.client_secret, credentials.access_token):
            self.redactor.add_secret(secret)
        self._transport: Transport | None = None
        self._transport_lock = Lock()
        self._rate_limit = RateLimit(self.clock, credentials.requests_per_second)
        self._outages = Outages(self.clock)
        self._auth = self._create_auth()
        self._clock_offset = timedelta()
        self._headers = {
            "Accept": "application/json",
            "x-api-key": credentials.client_id,
            "x-gw-ims-org-id": credentials.org_id,
        }

    def for_sandbox(self, name: str) -> FlowServiceClient:
        """Return a client for another sandbox of the organization; connections, token and rate limit are shared."""
        self._get_transport()
        client = copy(self)
        client.credentials = replace(self.credentials, sandbox=name)
        return client

    def authenticate(self) -> None:
        """Fetch an access token unless a valid one is held, and send no other request; a ready token is not checked."""
        deadline = self.clock.now() + self.credentials.timeout
        self._auth.send(Request("GET", ""), lambda _: Response("", _NO_CONTENT, ""), self._token_sender(deadline))

    def service_time(self) -> datetime:
        """Return the time by the service's clock, as of its last response, which decides whether a time has passed."""
        return datetime.now(timezone.utc) + self._clock_offset

    def create(self, collection: str, body: Mapping[str, Any], *, draft: bool = False) -> WriteResult:
        """POST a new entity; a draft is inactive until the action `publish` (Adobe: draft.md)."""
        query = (("mode", "draft"),) if draft else ()
        return self._parse_write_result(self.request("POST", build_path(collection), json=body, query=query))

    def run_action(self, collection: str, id_: str, action: str) -> WriteResult:
        """POST an action: `publish`, and for flows `enable` and `disable`. A repeated action is refused."""
        return self._parse_write_result(
            self.request("POST", build_path(collection, id_, "action"), query=(("op", action),))
        )

    def explore(self, id_: str, query: Sequence[tuple[str, str]]) -> Any:
        """GET the content of a base connection's source: a list for the root, an object for a table (tabular.md)."""
        response = self.request("GET", build_path("connections", id_, "explore"), query=query)
        content = response.json()
        if content is None:
            raise response.to_unexpected_response("without JSON", self.redactor.redact)
        return content

    def get(self, collection: str, id_: str) -> dict[str, Any]:
        """GET one entity, which Flow Service answers as a list with one item."""
        response = self.request("GET", build_path(collection, id_))
        items = response.json_object(self.redactor.redact).get("items")
        if not isinstance(items, list) or len(items) != 1 or not isinstance(items[0], dict):
            raise response.to_unexpected_response("without the one requested item", self.redactor.redact)
        if str(items[0].get("id", id_)).lower() != id_.lower():
            # A later update of this id would overwrite the secrets of another entity.
            raise response.to_unexpected_response("with another item than the requested one", self.redactor.redact)
        return items[0]

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
        self, collection: str, query: Sequence[tuple[str, str]] = ()
    ) -> Iterator[Sequence[dict[str, Any]]]:
        """GET a collection page by page, each page when the caller asks for it."""
        requested_pages: set[tuple[tuple[str, str], ...]] = set()
        page = tuple(query)
        while True:
            requested_pages.add(page)
            response = self.request("GET", build_path(collection), query=page)
            if response.status == _NO_CONTENT:
                return
            body = response.json_object(self.redactor.redact)
            items = body.get("items")
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise response.to_unexpected_response("without a list of items", self.redactor.redact)
            yield items
            next_page = parse_next_page(body)
            if next_page is None:
                raise response.to_unexpected_response("with an invalid address of the next page", self.redactor.redact)
            if not next_page:
                return
            if next_page in requested_pages:
                raise response.to_unexpected_response("with a next page that was already read", self.redactor.redact)
            page = next_page

    def test_connection(self, collection: str, id_: str) -> bool:
        """Return whether the connection test of Flow Service succeeds; it connects to the source itself."""
        response = self.request("GET", build_path(collection, id_, "test"))
        result = response.json_object(self.redactor.redact).get("result")
        if not isinstance(result, bool):
            raise response.to_unexpected_response("without a result", self.redactor.redact)
        return result

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
        http_request = Request(
            method,
            self.credentials.endpoint + path,
            headers={**self._headers, "x-sandbox-name": self.credentials.sandbox, **(headers or {})},
            query=query,
            json=json,
            # A PATCH too: it names the etag that it is for, so a second identical one is refused.
            idempotent=idempotent or method in {"GET", "DELETE", "PATCH"},
        )
        deadline = self.clock.now() + self.credentials.timeout
        response = self._send_authorized(http_request, deadline)
        if response.date is not None:
            self._clock_offset = response.date - datetime.now(timezone.utc)
        if response.is_success:
            return response
        raise response.to_error(self.redactor.redact)

    def _send_authorized(self, request: Request, deadline: float) -> Response:
        """Send the request with a token. Credentials that are refused, a new token included, are an outage."""
        fetch, send = self._token_sender(deadline), self._single_sender(deadline)
        try:
            response = self._send_with_retries(request, deadline, lambda each: self._auth.send(each, send, fetch))
            if response.status == _UNAUTHORIZED:
                raise response.to_error(self.redactor.redact)
        except errors.CredentialsRejected as error:
            raise self._outages.record(request, error) from None
        self._outages.record_response(request, is_authorized=True)
        return response

    def _token_sender(self, deadline: float) -> Send:
        send = self._single_sender(deadline)
        return lambda token_request: self._send_with_retries(token_request, deadline, send)

    def _single_sender(self, deadline: float) -> Send:
        return lambda request: self._send(request, deadline)

    def _send_with_retries(self, request: Request, deadline: float, send: Send) -> Response:
        attempt, was_sent = 0, False
        while True:
            self._outages.require_no_outage(request)
            attempt += 1
            response, outcome, reason = _try_send(send, replace(request, attempt=attempt))
            was_sent = was_sent or may_have_taken_effect(outcome)
            if outcome.status == _TOO_MANY_REQUESTS and outcome.retry_after:
                self._rate_limit.pause(outcome.retry_after)
            jitter = random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, keeps no secret
            delay = retry_delay(outcome, attempt, idempotent=request.idempotent, jitter=jitter)
            is_definite = outcome.failure in DEFINITE_FAILURES
            if response is not None:
                self._outages.record_response(request, is_authorized=False)
            elif is_definite and self._outages.has_outage(request):
                delay = None
            if delay is None or self.clock.now() + delay >= deadline:
                if response is not None:
                    return response
                unreachable = build_unreachable(request, outcome, reason, attempt)
                if is_definite:
                    unreachable = self._outages.record(request, unreachable)
                raise build_no_response(request, reason, attempt) if was_sent else unreachable
            self.clock.sleep(delay)

    def _send(self, request: Request, deadline: float) -> Response:
        wait = self._rate_limit.reserve_slot()
        while True:
            remaining = deadline - self.clock.now() - wait
            if remaining <= 0:
                raise SendError(
                    SendFailure.NO_TIME, f"no time was left of the timeout of {self.credentials.timeout:g} s"
                )
            if not wait:
                return self._get_transport().send(request, timeout=remaining)
            self.clock.sleep(wait)
            wait = self._rate_limit.remaining_pause()

    def _get_transport(self) -> Transport:
        """Return the transport, one for all threads, imported here: a run that sends nothing needs no HTTP library."""
        with self._transport_lock:
            if self._transport is None:
                from pulumi_adobe.flow_service.debug_log import configure_logging  # noqa: PLC0415 - see above
                from pulumi_adobe.flow_service.transport import Transport  # noqa: PLC0415 - see above

                configure_logging(self.credentials.log, self.redactor)
                self._transport = Transport(self.redactor.redact)
            return self._transport

    def _create_auth(self) -> Auth:
        credentials = self.credentials
        if credentials.access_token:
            return StaticToken(credentials.access_token)
        form = {
            "grant_type": "client_credentials",
            "client_id": credentials.client_id,
            "client_secret": credentials.client_secret or "",
            "scope": credentials.scopes,
        }
        token_request = Request("POST", credentials.ims_endpoint + _TOKEN_PATH, form=form, idempotent=True)
        return ServerToServer(token_request, self.clock, self.redactor)

    def _parse_write_result(self, response: Response) -> WriteResult:
        body = response.json_object(self.redactor.redact)
        id_, etag = body.get("id"), body.get("etag")
        if not isinstance(id_, str) or not id_:
            raise response.to_unexpected_response("without an id", self.redactor.redact)
        return WriteResult(id_, etag if isinstance(etag, str) else None)


def _try_send(send: Send, request: Request) -> tuple[Response | None, Outcome, str]:
    try:
        response = send(request)
    except SendError as error:
        return None, Outcome(failure=error.failure), error.reason
    return response, Outcome(status=response.status, retry_after=response.retry_after), ""
