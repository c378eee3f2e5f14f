"""The TCP connection of a request, by which faults cut it, and the journal tells connections apart."""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import struct
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

_numbers = itertools.count(1)
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER on, with no time: closing the socket sends a reset instead of an orderly end."""


class TcpConnection:
    """One TCP connection; ``name`` is unique across restarts, which the journal outlives."""

    def __init__(self, transport: asyncio.Transport) -> None:
        """``transport`` is uvicorn's."""
        self.name = f"{os.getpid()}-{next(_numbers)}"
        self._transport = transport
        self._socket = transport.get_extra_info("socket")
        # asyncio does this for sockets of protocol TCP only, and one that was made without naming it has protocol 0:
        # head and body of an answer are two writes, and the second would wait 40 ms for the client's delayed ACK.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def reset(self) -> None:
        """Drop the connection; what was not sent yet is lost."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._transport.abort()

    def close_after(self, data: bytes) -> None:
        """Send ``data`` as it is, then close."""
        self._transport.write(data)
        self._transport.close()


class TcpConnectionProtocol(H11Protocol):
    """The HTTP/1.1 protocol of uvicorn, with the connection's `TcpConnection` in the scope of each of its requests."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn narrows it
        """Wrap the application for this one connection."""
        super().connection_made(transport)
        connection, inner = TcpConnection(transport), self.app

        async def call_app_with_connection(
            scope: MutableMapping[str, Any], receive: Callable[[], Any], send: Callable[..., Any]
        ) -> None:
            await inner({**scope, "tcp_connection": connection}, receive, send)

        self.app = call_app_with_connection
