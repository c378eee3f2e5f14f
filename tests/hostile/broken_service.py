"""A small Flow Service that answers properly, except for the requests of one kind, which meet an attack."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from tests.hostile.attacks import Attack
from tests.provider.flow_service.raw_server import read_request, serve

TOKEN: Final = "planted-token-5d1e8b"
CREATED_ID: Final = "c1"


@dataclass
class BrokenService:
    """The service; ``place`` is the kind of request that meets the attack, after it took effect.

    Attributes:
        connections: What there is.
        writes: The methods of the requests that changed something.
    """

    place: str
    attack: Attack
    connections: list[dict[str, Any]] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)

    @contextmanager
    def run(self) -> Iterator[str]:
        """Yield the address of the running service."""
        with serve(self._answer) as port:
            yield f"http://127.0.0.1:{port}"

    def _answer(self, connection: socket.socket) -> None:
        request = read_request(connection)
        method, path = (request.split(b" ", 2)[0].decode(), request.split(b" ", 2)[1].decode().partition("?")[0])
        place = _find_place(method, path)
        body = json.dumps(self._take_effect(place, request.partition(b"\r\n\r\n")[2])).encode()
        if place == self.place:
            self.attack(connection, body)
        else:
            head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
            connection.sendall(head + body)

    def _take_effect(self, place: str, request_body: bytes) -> dict[str, Any]:
        if place == "token":
            return {"access_token": TOKEN, "expires_in": 86399}
        if place in {"get", "list"}:
            return {"items": self.connections}
        self.writes.append(place)
        if place == "create":
            entity = {"id": CREATED_ID, "etag": '"1"', "state": "enabled", **json.loads(request_body)}
            self.connections.append(entity)
        if place == "delete":
            self.connections.clear()
        return {"id": CREATED_ID, "etag": '"1"'}


def _find_place(method: str, path: str) -> str:
    if path.startswith("/ims/"):
        return "token"
    if method == "GET":
        return "list" if path.endswith("onnections") else "get"
    return {"POST": "create", "PATCH": "update", "DELETE": "delete"}[method]
