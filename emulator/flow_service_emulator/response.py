"""A complete response before it is sent, so that a fault can hold it back, change it or cut it."""

from __future__ import annotations

import http
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from flow_service_emulator.errors import EmulatorError
    from flow_service_emulator.faults import Fault

    Message = MutableMapping[str, Any]
    Send = Callable[[Message], Awaitable[None]]

_OK, _NO_CONTENT, _TOO_MANY_REQUESTS = 200, 204, 429


@dataclass
class CompleteResponse:
    """Status, headers and body of a response."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    async def collect_response(self, message: Message) -> None:
        """Call an ASGI application, and return its complete response."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body += message.get("body", b"")

    async def send(self, send: Send) -> None:
        """Send the response to the server."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})

    def build_half(self) -> bytes:
        """Return the head and half of the body, as bytes on the connection; without a body half of the head."""
        lines = [f"HTTP/1.1 {self.status} {_get_phrase(self.status)}".encode()]
        lines += [name + b": " + value for name, value in self.headers]
        head = b"\r\n".join([*lines, b"", b""])
        return head + self.body[: len(self.body) // 2] if self.body else head[: len(head) // 2]


def build_response(status: int, body: bytes, headers: dict[str, str]) -> CompleteResponse:
    """Return a response with these headers and the length of its body."""
    named = {name.lower(): str(value) for name, value in headers.items()}
    if status != _NO_CONTENT:
        named["content-length"] = str(len(body))
    return CompleteResponse(status, [(name.encode(), value.encode()) for name, value in named.items()], body)


def build_error_response(error: EmulatorError, request_id: str = "", style: str = "plain") -> CompleteResponse:
    """Return the response of an error."""
    body = json.dumps(error.build_body(request_id, style)).encode()
    return build_response(error.status, body, {"content-type": "application/json"})


def build_fault_response(fault: Fault) -> CompleteResponse:
    """Return a fault's own response: its body, or one that fits its status."""
    status = fault.status or _OK
    if fault.rawBody is not None:
        return build_response(status, fault.rawBody.encode(), {"content-type": "text/html", **fault.headers})
    if status == _NO_CONTENT:
        return build_response(status, b"", fault.headers)
    body = _build_default_body(status) if fault.body is None else fault.body
    return build_response(status, json.dumps(body).encode(), {"content-type": "application/json", **fault.headers})


def _build_default_body(status: int) -> dict[str, str]:
    """Return a body for a status: the gateway's 429 (User Management API), else the form of Flow Service's errors."""
    if status == _TOO_MANY_REQUESTS:
        return {"error_code": "429050", "message": "Too many requests"}
    text = _get_phrase(status)
    return {"errorMessage": text, "errorDetails": text}


def _get_phrase(status: int) -> str:
    """Return the reason phrase of a status, or `status 520` for a number that HTTP does not define."""
    return http.HTTPStatus(status).phrase if status in set(http.HTTPStatus) else f"status {status}"
