"""Flow Service's collections over HTTP: retry(auth(send)), then JSON, or an error named by what the user can do.

Adobe: developer.adobe.com/experience-platform-apis/references/flow-service (flow-service.yaml).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.access import Credentials
from pulumi_adobe.flow_service.answer import Response
from pulumi_adobe.flow_service.auth import Auth, StaticToken, ServerToServer
from pulumi_adobe.flow_service.clock import Clock, SystemClock
from pulumi_adobe.flow_service.json_patch import PatchOperation
from pulumi_adobe.flow_service.no_answer import SendError, build_send_failure
from pulumi_adobe.flow_service.pace import RateLimit
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.retry import SendFailure, Outcome, may_have_taken_effect, retry_delay
from pulumi_adobe.members import get_member

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.wire import Transport

_BASE_PATH = "/data/foundation/flowservice"
_TOKEN_PATH = "/ims/token/v3"  # noqa: S105 - a path, no password
_TOO_MANY_REQUESTS = 429
_NO_CONTENT = 204


@dataclass(frozen=True)
class WriteResult:
    """What a create or an update answers: the id, and the etag with the quotes that are part of it."""

    id: str
    etag: str | None


class FlowServiceClient:
    """One organization's sandbox. Every method may raise a `FlowServiceError`."""

    def __init__(self, credentials: Credentials, redactor: Redactor | None = None, clock: Clock | None = None) -> None:
        """No request is sent before the first method is called."""
        self.credentials = credentials
        self.redactor = redactor or Redactor()
        self.clock = clock or SystemClock()
        for secret in (credentials.client_secret, credentials.access_token):
            self.redactor.add_secret(secret)
        self._transport: Transport | None = None
        self._transport_lock = Lock()
        self._rate_limit = RateLimit(self.clock, credentials.requests_per_second)
        self._auth = self._create_auth()
        self._clock_offset = timedelta()
        self._headers = {
            "Accept": "application/json",
            "x-api-key": credentials.client_id,
            "x-gw-ims-org-id": credentials.org_id,
        }

    def for_sandbox(self, name: str) -> FlowServiceClient:
        """The same organization's other sandbox: session, token and pace are shared, as one client's are."""
        self._get_transport()
        client = copy(self)
        client.credentials = replace(self.credentials, sandbox=name)
        return client

    def authenticate(self) -> None:
        """Get an access token where none is held that will do, and ask nothing else; a ready one is taken as it is."""
        deadline = self.clock.now() + self.credentials.timeout
        self._auth.send(Request("GET", ""), lambda _: Response("", _NO_CONTENT, ""), self._token_sender(deadline))

    def service_time(self) -> datetime:
        """What time it is for the service, by its last answer: its clock decides what has passed, not this one."""
        return datetime.now(timezone.utc) + self._clock_offset

    def create(self, collection: str, body: Mapping[str, Any], *, draft: bool = False) -> WriteResult:
        """POST a new entity; a draft waits until `act` publishes it (Adobe: draft.md)."""
        query = (("mode", "draft"),) if draft else ()
        return self._parse_write_result(self.request("POST", _build_path(collection), json=body, query=query))

    def run_action(self, collection: str, id_: str, action: str) -> WriteResult:
        """POST an action: `publish`, of flows `enable` and `disable` too. One that is done already is refused."""
        return self._parse_write_result(self.request("POST", _build_path(collection, id_, "action"), query=(("op", action),)))

    def explore(self, id_: str, query: Sequence[tuple[str, str]]) -> Any:
        """What a base connection's source holds; a list for the root, an object for a table (tabular.md)."""
        response = self.request("GET", _build_path("connections", id_, "explore"), query=query)
        content = response.json()
        if content is None:
            raise response.to_unexpected_response("without JSON", self.redactor.redact)
        return content

    def get(self, collection: str, id_: str) -> dict[str, Any]:
        """GET one entity; it comes as a list of one."""
        response = self.request("GET", _build_path(collection, id_))
        items = response.json_object(self.redactor.redact).get("items")
        if not isinstance(items, list) or len(items) != 1 or not isinstance(items[0], dict):
            raise response.to_unexpected_response("without the one item that was asked for", self.redactor.redact)
        if str(items[0].get("id", id_)).lower() != id_.lower():
            # Under this id's name another's secrets would be overwritten.
            raise response.to_unexpected_response("with another item than was asked for", self.redactor.redact)
        return items[0]

    def update(self, collection: str, id_: str, operations: Sequence[PatchOperation], etag: str) -> WriteResult:
        """PATCH an entity, if it still has this etag; the etag goes out as it was received, quotes included."""
        response = self.request("PATCH", _build_path(collection, id_), json=list(operations), headers={"If-Match": etag})
        return self._parse_write_result(response)

    def delete(self, collection: str, id_: str) -> bool:
        """DELETE an entity; a missing one is `errors.NotFound`.

        Gives whether it is gone: Adobe's sources documentation says 204, its destinations specification 202, "marked".
        """
        return self.request("DELETE", _build_path(collection, id_)).status == _NO_CONTENT

    def list(self, collection: str, query: Sequence[tuple[str, str]] = ()) -> list[dict[str, Any]]:
        """GET a collection, page by page to the last.

        Adobe: the next page is at `_links.next.href`, `_links` is empty or missing after the last (monitor.md).
        """
        return [entity for page in self.iterate_pages(collection, query) for entity in page]

    def iterate_pages(self, collection: str, query: Sequence[tuple[str, str]] = ()) -> Iterator[Sequence[dict[str, Any]]]:
        """The same, each page when it is asked for."""
        requested_pages: set[tuple[tuple[str, str], ...]] = set()
        page = tuple(query)
        while True:
            requested_pages.add(page)
            response = self.request("GET", _build_path(collection), query=page)
            if response.status == _NO_CONTENT:
                return
            body = response.json_object(self.redactor.redact)
            items = body.get("items")
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise response.to_unexpected_response("without a list of items", self.redactor.redact)
            yield items
            next_page = _parse_next_page(body)
            if next_page is None:
                raise response.to_unexpected_response("with a next page whose address makes no sense", self.redactor.redact)
            if not next_page:
                return
            if next_page in requested_pages:
                raise response.to_unexpected_response("with a next page that was read already", self.redactor.redact)
            page = next_page

    def test_connection(self, collection: str, id_: str) -> bool:
        """Whether Flow Service can use the credentials of a connection; it asks the source itself."""
        response = self.request("GET", _build_path(collection, id_, "test"))
        result = response.json_object(self.redactor.redact).get("result")
        if not isinstance(result, bool):
            raise response.to_unexpected_response("without a result", self.redactor.redact)
        return result

    def request(  # noqa: PLR0913 - what a request is made of
        self,
        method: str,
        path: str,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        query: Sequence[tuple[str, str]] = (),
        *,
        idempotent: bool = False,
    ) -> Response:
        """Any request to the endpoint, token and retries included. ``repeatable``: a POST that does no harm twice."""
        http_request = Request(
            method,
            self.credentials.endpoint + path,
            headers={**self._headers, "x-sandbox-name": self.credentials.sandbox, **(headers or {})},
            query=query,
            json=json,
            # A PATCH too: it names the etag that it is for, so a second one of the same is refused.
            idempotent=idempotent or method in {"GET", "DELETE", "PATCH"},
        )
        deadline = self.clock.now() + self.credentials.timeout
        response = self._send_with_retries(http_request, deadline, self._authorizing_sender(deadline))
        if response.date is not None:
            self._clock_offset = response.date - datetime.now(timezone.utc)
        if not response.is_success:
            raise response.to_error(self.redactor.redact)
        return response

    def _authorizing_sender(self, deadline: float) -> Callable[[Request], Response]:
        fetch = self._token_sender(deadline)
        return lambda request: self._auth.send(request, lambda each: self._send(each, deadline), fetch)

    def _token_sender(self, deadline: float) -> Callable[[Request], Response]:
        return lambda token_request: self._send_with_retries(
            token_request, deadline, lambda each: self._send(each, deadline)
        )

    def _send_with_retries(self, request: Request, deadline: float, send: Callable[[Request], Response]) -> Response:
        attempt, may_have_taken_effect_before = 0, False
        while True:
            attempt += 1
            response, outcome, reason = _try_send(send, request)
            may_have_taken_effect_before = may_have_taken_effect_before or may_have_taken_effect(outcome)
            if outcome.status == _TOO_MANY_REQUESTS and outcome.retry_after:
                self._rate_limit.pause(outcome.retry_after)
            delay = retry_delay(outcome, attempt, idempotent=request.idempotent, jitter=random.uniform(0.5, 1.0))  # noqa: S311 - spreads load, keeps no secret
            if delay is None or self.clock.now() + delay >= deadline:
                if response is None:
                    raise build_send_failure(request, outcome, reason, attempt, may_have_taken_effect=may_have_taken_effect_before)
                return response
            self.clock.sleep(delay)

    def _send(self, request: Request, deadline: float) -> Response:
        wait = self._rate_limit.reserve_slot()
        while True:
            remaining = deadline - self.clock.now() - wait
            if remaining <= 0:
                raise SendError(SendFailure.NO_TIME, f"no time was left of the {self.credentials.timeout:g} s of adobe:timeout")
            if not wait:
                return self._get_transport().send(request, timeout=remaining)
            self.clock.sleep(wait)
            wait = self._rate_limit.remaining_pause()

    def _get_transport(self) -> Transport:
        """The session, one for all threads. Its imports cost more than a run that sends nothing should pay."""
        with self._transport_lock:
            if self._transport is None:
                from pulumi_adobe.flow_service.wire import Transport  # noqa: PLC0415 - see above

                self._transport = Transport()
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


def _parse_next_page(body: Mapping[str, Any]) -> tuple[tuple[str, str], ...] | None:
    """The query of the next page, empty after the last; the rest of the address, relative or absolute, is ours.

    None where something stands there that has no query: a list cut short would make duplicates.
    """
    link = get_member(body, "_links", "next")
    href = link.get("href") if isinstance(link, dict) else link
    if not href:
        return ()
    if not isinstance(href, str):
        return None
    return tuple(parse_qsl(href.partition("#")[0].partition("?")[2])) or None


def _build_path(*segments: str) -> str:
    for segment in segments:
        # HTTP libraries resolve dots, escaped or not: a DELETE would go to the whole collection, or above it.
        if segment in {"", ".", ".."}:
            raise errors.InvalidRequest(f'"{segment}" is no id of Flow Service.', "Correct the id; nothing was sent.")
    return "/".join((_BASE_PATH, *(quote(segment, safe="") for segment in segments)))


def _try_send(send: Callable[[Request], Response], request: Request) -> tuple[Response | None, Outcome, str]:
    try:
        response = send(request)
    except SendError as error:
        return None, Outcome(failure=error.failure), error.reason
    return response, Outcome(status=response.status, retry_after=response.retry_after), ""
