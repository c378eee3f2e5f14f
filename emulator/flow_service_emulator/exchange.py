"""One request and its response, around all routes: latency, faults, the request id, the journal."""

from __future__ import annotations

import asyncio
import logging
import math
import re
import sqlite3
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from flow_service_emulator import redaction
from flow_service_emulator.clock import format_http_date
from flow_service_emulator.errors import ControlError, FlowServiceError
from flow_service_emulator.faults import BASE, Fault
from flow_service_emulator.local_only import refuse_foreign_name, refuse_foreign_requests
from flow_service_emulator.response import CompleteResponse, build_error_response, build_fault_response

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from flow_service_emulator.emulator import Emulator

    Message = MutableMapping[str, Any]
    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

_OWN_PATHS = re.compile(r"/(favicon\.ico|(console|_emulator)(/.*)?)?")
"""The control paths and the console, which are no part of the service: without faults, and not in the journal."""
_MAX_REFUSED_BODY = 1024 * 1024
"""The maximum of bytes that are read of a refused request; the sender of a larger one may not see the response."""
_ERRORS = 400
_log = logging.getLogger(__name__)


def record_changed_entity(request: Request, entity_id: str) -> None:
    """Record that a request changed an entity."""
    request.scope["exchange"].changed = entity_id


@dataclass
class Exchange:
    """One request: its content, the entity that it changed, and its fault."""

    method: str
    path: str
    body: bytes
    at: float = field(default_factory=time.time)
    changed: str = ""
    fault: Fault | None = None
    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def entity_id(self) -> str:
        """The entity that the request is about, if it is about one: `/flows/{id}`."""
        parts = self.path.removeprefix(BASE).split("/")
        return self.changed or (parts[2] if len(parts) > 2 else "")  # noqa: PLR2004


class ExchangeMiddleware:
    """The outermost ASGI layer: it applies faults, stores changes and writes the journal.

    Responses are small, so each is complete before its first byte is sent.
    """

    def __init__(self, app: App, emulator: Emulator) -> None:
        """``app`` holds the routes."""
        self._app = app
        self._emulator = emulator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request of ASGI; the journal has it before the client has the response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["path"] = scope["path"].rstrip("/") or "/"
        aside = _OWN_PATHS.fullmatch(scope["path"]) is not None
        refusal = self._find_refusal(scope, aside=aside)
        if refusal is not None:
            await _send_refusal(refusal, receive, send)
            return
        exchange = Exchange(scope["method"], scope["path"], await _read_body(receive))
        resets = self._emulator.resets
        if not aside:
            exchange.fault = self._emulator.faults.take_matching(exchange.method, _get_encoded_path(scope))
            await asyncio.sleep(
                self._emulator.options.latency + (exchange.fault.delayMs if exchange.fault else 0) / 1000
            )
        answer = await self._answer_and_store(exchange, scope, None if aside else resets)
        await _send_response(exchange.fault, answer, scope, receive, send)

    def _find_refusal(self, scope: Scope, *, aside: bool) -> ControlError | None:
        """Return the refusal for a sender who may not use the path; the body is not read for it."""
        refuse = refuse_foreign_requests if aside else refuse_foreign_name
        try:
            refuse(Request(scope), self._emulator.options.host)
        except ControlError as error:
            return error
        return None

    async def _answer_and_store(self, exchange: Exchange, scope: Scope, resets: int | None) -> CompleteResponse:
        """Return the response once the data file has the changes; ``resets`` is None for a path without a journal."""
        answer = _build_internal_error("the data file cannot be used; the emulator's log has the details")
        try:
            with self._emulator.transaction():
                answer = await self._compute_response(exchange, scope)
                if resets is None and answer.status >= _ERRORS and exchange.method != "GET":
                    # A control path that refuses a request must have changed nothing.
                    self._emulator.undo_transaction()
                answer.headers.append((b"x-request-id", exchange.request_id.encode()))
                if all(name != b"date" for name, _ in answer.headers):
                    answer.headers.append((b"date", format_http_date().encode()))
                if resets == self._emulator.resets:
                    self._emulator.journal.add(_build_entry(exchange, scope, answer))
        except sqlite3.Error:
            _log.exception("%s %s was not kept", exchange.method, exchange.path)
            if exchange.method != "GET":
                return _build_internal_error("the data file cannot be written; the emulator's log has the details")
        return answer

    async def _compute_response(self, exchange: Exchange, scope: Scope) -> CompleteResponse:
        fault = exchange.fault
        if fault is None:
            return await self._serve_exchange(exchange, scope)
        if fault.keeps_from_service:
            return build_fault_response(fault)
        if fault.staleEtag and exchange.method == "PATCH":
            self._emulator.renew_etag(exchange.entity_id)
        answer = await self._serve_exchange(exchange, scope)
        if fault.staleEtag and exchange.method != "PATCH":
            self._emulator.renew_etag(exchange.entity_id)
        return build_fault_response(fault) if fault.has_own_response else answer

    async def _serve_exchange(self, exchange: Exchange, scope: Scope) -> CompleteResponse:
        answer = CompleteResponse()
        try:
            await self._app(
                {**scope, "exchange": exchange}, _create_body_receiver(exchange.body), answer.collect_response
            )
        except Exception:  # noqa: BLE001 - the client gets an answer, the log the traceback
            _log.exception("%s %s", exchange.method, exchange.path)
            self._emulator.undo_transaction()
            exchange.changed = ""
            return _build_internal_error("internal error of the emulator; its log has the details")
        return answer


def _build_internal_error(text: str) -> CompleteResponse:
    return build_error_response(FlowServiceError("1102-500", text), style="envelope")


async def _send_refusal(refusal: ControlError, receive: Receive, send: Send) -> None:
    answer = build_error_response(refusal)
    if len(await _read_body(receive, _MAX_REFUSED_BODY)) > _MAX_REFUSED_BODY:
        answer.headers.append((b"connection", b"close"))
    await answer.send(send)


def _get_encoded_path(scope: Scope) -> str:
    """Return the path as it was sent: the id of a schema has encoded slashes."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return raw.decode("latin-1").rstrip("/")


async def _send_response(
    fault: Fault | None, answer: CompleteResponse, scope: Scope, receive: Receive, send: Send
) -> None:
    if fault is None or fault.cut is None:
        await answer.send(send)
        return
    if fault.cut == "mid-body":
        scope["tcp_connection"].close_after(answer.build_half())
    else:
        scope["tcp_connection"].reset()
    while (await receive())["type"] != "http.disconnect":
        """The server answers 500 in the place of an application that returns too early."""


async def _read_body(receive: Receive, most: float = math.inf) -> bytes:
    """Return the body; it is cut off soon after ``most`` bytes."""
    parts, length, more = [], 0, True
    while more and length <= most:
        message = await receive()
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        more = message.get("more_body", False)
    return b"".join(parts)


def _create_body_receiver(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _build_entry(exchange: Exchange, scope: Scope, answer: CompleteResponse) -> dict[str, Any]:
    """Return the journal's entry, without secrets: ``at`` in epoch milliseconds, ``status`` null without a response."""
    sent = exchange.fault is None or exchange.fault.cut not in {"before", "after"}
    headers = redaction.redact_headers(
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
    )
    return {
        "method": exchange.method,
        "path": exchange.path,
        "query": redaction.redact_form(scope["query_string"].decode("latin-1")),
        "headers": headers,
        "body": redaction.redact_body(exchange.body, headers.get("content-type", "")),
        "status": answer.status if sent else None,
        "at": int(exchange.at * 1000),
        "durationMs": round((time.time() - exchange.at) * 1000, 1),
        "connection": scope["tcp_connection"].name,
        "effect": bool(exchange.changed),
        "changed": exchange.changed or None,
        "fault": exchange.fault is not None,
        "requestId": exchange.request_id,
    }
