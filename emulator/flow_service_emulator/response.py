"""An answer before it is sent: whole, so that a fault can still keep it back, change it or cut it."""

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
class Answer:
    """Status, headers and body."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    async def collect(self, message: Message) -> None:
        """Take an application's answer as it would go to the server."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body += message.get("body", b"")

    async def send(self, send: Send) -> None:
        """Give the answer to the server."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})

    def half(self) -> bytes:
        """The head and half of the body, as they go over the wire; without a body half of the head."""
        lines = [f"HTTP/1.1 {self.status} {_phrase(self.status)}".encode()]
        lines += [name + b": " + value for name, value in self.headers]
        head = b"\r\n".join([*lines, b"", b""])
        return head + self.body[: len(self.body) // 2] if self.body else head[: len(head) // 2]


def plain(status: int, body: bytes, headers: dict[str, str]) -> Answer:
    """An answer with these headers and the length of its body."""
    named = {name.lower(): str(value) for name, value in headers.items()}
    if status != _NO_CONTENT:
        named["content-length"] = str(len(body))
    return Answer(status, [(name.encode(), value.encode()) for name, value in named.items()], body)


def of_error(error: EmulatorError, request_id: str = "", style: str = "plain") -> Answer:
    """The answer that an error stands for."""
    body = json.dumps(error.body_for(request_id, style)).encode()
    return plain(error.status, body, {"content-type": "application/json"})


def of_fault(fault: Fault) -> Answer:
    """What the fault answers in the service's place: its own body, or one that fits its status."""
    status = fault.status or _OK
    if fault.rawBody is not None:
        return plain(status, fault.rawBody.encode(), {"content-type": "text/html", **fault.headers})
    if status == _NO_CONTENT:
        return plain(status, b"", fault.headers)
    body = _usual_body(status) if fault.body is None else fault.body
    return plain(status, json.dumps(body).encode(), {"content-type": "application/json", **fault.headers})


def _usual_body(status: int) -> dict[str, str]:
    """Adobe: the gateway's 429 in the User Management API's documentation; else the shape of Flow Service's errors."""
    if status == _TOO_MANY_REQUESTS:
        return {"error_code": "429050", "message": "Too many requests"}
    text = _phrase(status)
    return {"errorMessage": text, "errorDetails": text}


def _phrase(status: int) -> str:
    """Proxies send numbers that HTTP does not know, such as 520."""
    return http.HTTPStatus(status).phrase if status in set(http.HTTPStatus) else f"status {status}"
