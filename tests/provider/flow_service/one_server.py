"""A server that does one thing to every connection: what no well-behaved HTTP server would do."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Behaviour = Callable[[socket.socket], None]


@contextmanager
def serving(behaviour: Behaviour, tls: Path | None = None) -> Iterator[int]:
    """Give the port of a server that treats each connection so; ``tls`` is a file with a certificate and its key."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        context = None
        if tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls)
        threading.Thread(target=_accept, args=(server, behaviour, context), daemon=True).start()
        yield server.getsockname()[1]


def _accept(server: socket.socket, behaviour: Behaviour, context: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        while True:
            connection, _ = server.accept()
            threading.Thread(target=_treat, args=(connection, behaviour, context), daemon=True).start()


def _treat(connection: socket.socket, behaviour: Behaviour, context: ssl.SSLContext | None) -> None:
    with suppress(OSError), connection:
        if context is None:
            behaviour(connection)
            return
        with context.wrap_socket(connection, server_side=True) as wrapped:
            behaviour(wrapped)


def whole_request(connection: socket.socket) -> bytes:
    """The request, body included: a connection closed with something unread is reset, and the answer may be lost."""
    data = b""
    while b"\r\n\r\n" not in data or len(data.partition(b"\r\n\r\n")[2]) < _length(data):
        part = connection.recv(65536)
        if not part:
            break
        data += part
    return data


def _length(data: bytes) -> int:
    found = [line for line in data.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return int(found[0].split(b":")[1]) if found else 0


def answering(*parts: bytes) -> Behaviour:
    """Read the request, send these bytes, close."""

    def behave(connection: socket.socket) -> None:
        whole_request(connection)
        for part in parts:
            connection.sendall(part)

    return behave


def resetting(connection: socket.socket) -> None:
    """Read the request, then end the connection with a reset."""
    whole_request(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
