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
from pulumi_adobe.flow_service.access import Access
from pulumi_adobe.flow_service.answer import Answer
from pulumi_adobe.flow_service.auth import Auth, ReadyToken, ServerToServer
from pulumi_adobe.flow_service.clock import Clock, SystemClock
from pulumi_adobe.flow_service.json_patch import Operation
from pulumi_adobe.flow_service.no_answer import SendError, no_answer
from pulumi_adobe.flow_service.pace import Pace
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.retry import Failure, Outcome, may_have_taken_effect, pause
from pulumi_adobe.members import member

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.wire import Wire

_BASE_PATH = "/data/foundation/flowservice"
_TOKEN_PATH = "/ims/token/v3"  # noqa: S105 - a path, no password
_TOO_MANY_REQUESTS = 429
_NO_CONTENT = 204


@dataclass(frozen=True)
class Written:
    """What a create or an update answers: the id, and the etag with the quotes that are part of it."""

    id: str
    etag: str | None


class FlowService:
    """One organization's sandbox. Every method may raise a `FlowServiceError`."""

    def __init__(self, access: Access, redactor: Redactor | None = None, clock: Clock | None = None) -> None:
        """No request is sent before the first method is called."""
        self.access = access
        self.redactor = redactor or Redactor()
        self.clock = clock or SystemClock()
        for secret in (access.client_secret, access.access_token):
            self.redactor.learn(secret)
        self._wire: Wire | None = None
        self._opening = Lock()
        self._pace = Pace(self.clock, access.requests_per_second)
        self._auth = self._authentication()
        self._ahead = timedelta()
        self._headers = {
            "Accept": "application/json",
            "x-api-key": access.client_id,
            "x-gw-ims-org-id": access.org_id,
        }

    def in_sandbox(self, name: str) -> FlowService:
        """The same organization's other sandbox: session, token and pace are shared, as one client's are."""
        self._opened()
        other = copy(self)
        other.access = replace(self.access, sandbox=name)
        return other

    def sign_in(self) -> None:
        """Get an access token where none is held that will do, and ask nothing else; a ready one is taken as it is."""
        deadline = self.clock.now() + self.access.timeout
        self._auth.send(Request("GET", ""), lambda _: Answer("", _NO_CONTENT, ""), self._fetch(deadline))

    def time(self) -> datetime:
        """What time it is for the service, by its last answer: its clock decides what has passed, not this one."""
        return datetime.now(timezone.utc) + self._ahead

    def create(self, collection: str, body: Mapping[str, Any], *, draft: bool = False) -> Written:
        """POST a new entity; a draft waits until `act` publishes it (Adobe: draft.md)."""
        query = (("mode", "draft"),) if draft else ()
        return self._written(self.ask("POST", _path(collection), json=body, query=query))

    def act(self, collection: str, id_: str, action: str) -> Written:
        """POST an action: `publish`, of flows `enable` and `disable` too. One that is done already is refused."""
        return self._written(self.ask("POST", _path(collection, id_, "action"), query=(("op", action),)))

    def explore(self, id_: str, query: Sequence[tuple[str, str]]) -> Any:
        """What a base connection's source holds; a list for the root, an object for a table (tabular.md)."""
        answer = self.ask("GET", _path("connections", id_, "explore"), query=query)
        found = answer.json()
        if found is None:
            raise answer.unexpected("without JSON", self.redactor.redact)
        return found

    def get(self, collection: str, id_: str) -> dict[str, Any]:
        """GET one entity; it comes as a list of one."""
        answer = self.ask("GET", _path(collection, id_))
        items = answer.object(self.redactor.redact).get("items")
        if not isinstance(items, list) or len(items) != 1 or not isinstance(items[0], dict):
            raise answer.unexpected("without the one item that was asked for", self.redactor.redact)
        if str(items[0].get("id", id_)).lower() != id_.lower():
            # Under this id's name another's secrets would be overwritten.
            raise answer.unexpected("with another item than was asked for", self.redactor.redact)
        return items[0]

    def update(self, collection: str, id_: str, operations: Sequence[Operation], etag: str) -> Written:
        """PATCH an entity, if it still has this etag; the etag goes out as it was received, quotes included."""
        answer = self.ask("PATCH", _path(collection, id_), json=list(operations), headers={"If-Match": etag})
        return self._written(answer)

    def delete(self, collection: str, id_: str) -> bool:
        """DELETE an entity; a missing one is `errors.NotFound`.

        Gives whether it is gone: Adobe's sources documentation says 204, its destinations specification 202, "marked".
        """
        return self.ask("DELETE", _path(collection, id_)).status == _NO_CONTENT

    def list(self, collection: str, query: Sequence[tuple[str, str]] = ()) -> list[dict[str, Any]]:
        """GET a collection, page by page to the last.

        Adobe: the next page is at `_links.next.href`, `_links` is empty or missing after the last (monitor.md).
        """
        return [entity for page in self.pages(collection, query) for entity in page]

    def pages(self, collection: str, query: Sequence[tuple[str, str]] = ()) -> Iterator[Sequence[dict[str, Any]]]:
        """The same, each page when it is asked for."""
        asked: set[tuple[tuple[str, str], ...]] = set()
        page = tuple(query)
        while True:
            asked.add(page)
            answer = self.ask("GET", _path(collection), query=page)
            if answer.status == _NO_CONTENT:
                return
            body = answer.object(self.redactor.redact)
            items = body.get("items")
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise answer.unexpected("without a list of items", self.redactor.redact)
            yield items
            following = _next_page(body)
            if following is None:
                raise answer.unexpected("with a next page whose address makes no sense", self.redactor.redact)
            if not following:
                return
            if following in asked:
                raise answer.unexpected("with a next page that was read already", self.redactor.redact)
            page = following

    def test(self, collection: str, id_: str) -> bool:
        """Whether Flow Service can use the credentials of a connection; it asks the source itself."""
        answer = self.ask("GET", _path(collection, id_, "test"))
        result = answer.object(self.redactor.redact).get("result")
        if not isinstance(result, bool):
            raise answer.unexpected("without a result", self.redactor.redact)
        return result

    def ask(  # noqa: PLR0913 - what a request is made of
        self,
        method: str,
        path: str,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        query: Sequence[tuple[str, str]] = (),
        *,
        repeatable: bool = False,
    ) -> Answer:
        """Any request to the endpoint, token and retries included. ``repeatable``: a POST that does no harm twice."""
        request = Request(
            method,
            self.access.endpoint + path,
            headers={**self._headers, "x-sandbox-name": self.access.sandbox, **(headers or {})},
            query=query,
            json=json,
            # A PATCH too: it names the etag that it is for, so a second one of the same is refused.
            repeatable=repeatable or method in {"GET", "DELETE", "PATCH"},
        )
        deadline = self.clock.now() + self.access.timeout
        answer = self._with_retries(request, deadline, self._authorized(deadline))
        if answer.date is not None:
            self._ahead = answer.date - datetime.now(timezone.utc)
        if not answer.succeeded:
            raise answer.error(self.redactor.redact)
        return answer

    def _authorized(self, deadline: float) -> Callable[[Request], Answer]:
        fetch = self._fetch(deadline)
        return lambda request: self._auth.send(request, lambda each: self._send(each, deadline), fetch)

    def _fetch(self, deadline: float) -> Callable[[Request], Answer]:
        return lambda token_request: self._with_retries(
            token_request, deadline, lambda each: self._send(each, deadline)
        )

    def _with_retries(self, request: Request, deadline: float, send: Callable[[Request], Answer]) -> Answer:
        attempt, unclear = 0, False
        while True:
            attempt += 1
            answer, outcome, reason = _attempt(send, request)
            unclear = unclear or may_have_taken_effect(outcome)
            if outcome.status == _TOO_MANY_REQUESTS and outcome.retry_after:
                self._pace.hold(outcome.retry_after)
            seconds = pause(outcome, attempt, repeatable=request.repeatable, jitter=random.uniform(0.5, 1.0))  # noqa: S311 - spreads load, keeps no secret
            if seconds is None or self.clock.now() + seconds >= deadline:
                if answer is None:
                    raise no_answer(request, outcome, reason, attempt, unclear=unclear)
                return answer
            self.clock.sleep(seconds)

    def _send(self, request: Request, deadline: float) -> Answer:
        wait = self._pace.wait_time()
        while True:
            left = deadline - self.clock.now() - wait
            if left <= 0:
                raise SendError(Failure.NO_TIME, f"no time was left of the {self.access.timeout:g} s of adobe:timeout")
            if not wait:
                return self._opened().send(request, timeout=left)
            self.clock.sleep(wait)
            wait = self._pace.held()

    def _opened(self) -> Wire:
        """The session, one for all threads. Its imports cost more than a run that sends nothing should pay."""
        with self._opening:
            if self._wire is None:
                from pulumi_adobe.flow_service.wire import Wire  # noqa: PLC0415 - see above

                self._wire = Wire()
            return self._wire

    def _authentication(self) -> Auth:
        access = self.access
        if access.access_token:
            return ReadyToken(access.access_token)
        form = {
            "grant_type": "client_credentials",
            "client_id": access.client_id,
            "client_secret": access.client_secret or "",
            "scope": access.scopes,
        }
        token_request = Request("POST", access.ims_endpoint + _TOKEN_PATH, form=form, repeatable=True)
        return ServerToServer(token_request, self.clock, self.redactor)

    def _written(self, answer: Answer) -> Written:
        body = answer.object(self.redactor.redact)
        id_, etag = body.get("id"), body.get("etag")
        if not isinstance(id_, str) or not id_:
            raise answer.unexpected("without an id", self.redactor.redact)
        return Written(id_, etag if isinstance(etag, str) else None)


def _next_page(body: Mapping[str, Any]) -> tuple[tuple[str, str], ...] | None:
    """The query of the next page, empty after the last; the rest of the address, relative or absolute, is ours.

    None where something stands there that has no query: a list cut short would make duplicates.
    """
    following = member(body, "_links", "next")
    href = following.get("href") if isinstance(following, dict) else following
    if not href:
        return ()
    if not isinstance(href, str):
        return None
    return tuple(parse_qsl(href.partition("#")[0].partition("?")[2])) or None


def _path(*segments: str) -> str:
    for segment in segments:
        # HTTP libraries resolve dots, escaped or not: a DELETE would go to the whole collection, or above it.
        if segment in {"", ".", ".."}:
            raise errors.InvalidRequest(f'"{segment}" is no id of Flow Service.', "Correct the id; nothing was sent.")
    return "/".join((_BASE_PATH, *(quote(segment, safe="") for segment in segments)))


def _attempt(send: Callable[[Request], Answer], request: Request) -> tuple[Answer | None, Outcome, str]:
    try:
        answer = send(request)
    except SendError as error:
        return None, Outcome(failure=error.failure), error.reason
    return answer, Outcome(status=answer.status, retry_after=answer.retry_after), ""
