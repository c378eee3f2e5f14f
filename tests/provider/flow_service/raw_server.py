"""A server that treats every connection in one way, which may be one that no proper HTTP server would choose."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Behaviour = Callable[[socket.socket], None]


@contextmanager
def serve(behaviour: Behaviour, tls: Path | None = None, port: int = 0) -> Iterator[int]:
    """Yield the port of a server with this behaviour; ``tls`` is a file with a certificate and its key.

    ``port`` is the port to listen at; by default a free one.
    """
    with socket.create_server(("127.0.0.1", port)) as server:
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
            threading.Thread(target=_handle, args=(connection, behaviour, context), daemon=True).start()


def _handle(connection: socket.socket, behaviour: Behaviour, context: ssl.SSLContext | None) -> None:
    with suppress(OSError), connection:
        if context is None:
            behaviour(connection)
            return
        with context.wrap_socket(connection, server_side=True) as tls_connection:
            behaviour(tls_connection)


def read_request(connection: socket.socket) -> bytes:
    """Return the whole request with its body.

    To close a connection with unread bytes would reset it, and the response could get lost.
    """
    data = b""
    while b"\r\n\r\n" not in data or len(data.partition(b"\r\n\r\n")[2]) < _content_length(data):
        chunk = connection.recv(65536)
        if not chunk:
            break
        data += chunk
    return data


def _content_length(data: bytes) -> int:
    headers = [line for line in data.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return int(headers[0].split(b":")[1]) if headers else 0


def respond_with(*parts: bytes) -> Behaviour:
    """Return a behaviour that reads the request, sends these bytes, and closes the connection."""

    def behave(connection: socket.socket) -> None:
        read_request(connection)
        for part in parts:
            connection.sendall(part)

    return behave


def reset_connection(connection: socket.socket) -> None:
    """Read the request, then reset the connection."""
    read_request(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
