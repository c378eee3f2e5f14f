"""Reading of an HTTP response until a deadline, whatever the server sends, and in whatever pieces."""

from __future__ import annotations

import io
import time
from http.client import HTTPMessage, HTTPResponse
from typing import TYPE_CHECKING, Any

from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.flow_service.send_errors import SendError

if TYPE_CHECKING:
    import socket

    from typing_extensions import Buffer

READ_TIMEOUT = 60.0
"""Seconds to wait for the next bytes of a response: Adobe's gateway gives up after 60."""

_FIRST_FINAL_STATUS = 200


class _DeadlineReader(io.RawIOBase):
    """The bytes of a socket. Each wait for more of them ends at the deadline."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int | None:
        remaining = self._deadline - time.monotonic()
        if remaining <= 0:
            raise TimeoutError("timed out")
        self._sock.settimeout(min(READ_TIMEOUT, remaining))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class DeadlineResponse(HTTPResponse):
    """A response whose parts, from the status line to the trailer, all arrive before one deadline.

    The deadline is as far away as the timeout of the socket when the response begins.
    """

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        timeout = sock.gettimeout()
        self.fp.close()
        deadline = time.monotonic() + (READ_TIMEOUT if timeout is None else timeout)
        self.fp = io.BufferedReader(_DeadlineReader(sock, deadline))

    def begin(self) -> None:
        """Read the status line and the headers of the final response, and skip those of interim ones.

        The standard library skips a 100 only. RFC 9110, 15.2: a client must be able to parse any number of them.
        """
        super().begin()
        while self.status < _FIRST_FINAL_STATUS:
            self.headers = self.msg = None  # type: ignore[assignment] # as before the first call
            super().begin()
        _require_one_length(self.headers)


def _require_one_length(headers: HTTPMessage) -> None:
    """Raise a `SendError` if the headers name several lengths of the body: nobody knows where it ends.

    urllib3 calls that an invalid header, as it does with one of a request that was never sent.
    """
    lengths = {part.strip() for header in headers.get_all("Content-Length", ()) for part in header.split(",")}
    if len(lengths) > 1:
        raise SendError(SendFailure.NO_RESPONSE, "the response names several lengths of its body")
