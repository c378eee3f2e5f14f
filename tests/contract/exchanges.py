"""HTTP requests with their answers, as a recording proxy sees them between a client and the emulator."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import requests

if TYPE_CHECKING:
    from types import TracebackType

_HOP_BY_HOP = frozenset({"connection", "content-length", "host", "keep-alive", "transfer-encoding"})
_SECONDS = 30


@dataclass(frozen=True)
class Exchange:
    """One request and its answer; ``target`` is the path with the query, header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    status: int = 200
    answer_headers: dict[str, str] = field(default_factory=dict)
    answer: bytes = b""

    @property
    def path(self) -> str:
        """The path without the query, still percent-encoded."""
        return urlsplit(self.target).path

    @property
    def query(self) -> list[tuple[str, str]]:
        """The query parameters in their order."""
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)


def exchange_of(response: requests.Response) -> Exchange:
    """Return the exchange that a response of `requests` ended."""
    sent = response.request
    body = sent.body or b""
    return Exchange(
        method=str(sent.method),
        target=sent.path_url,
        headers={name.lower(): str(value) for name, value in sent.headers.items()},
        body=body.encode() if isinstance(body, str) else bytes(body),
        status=response.status_code,
        answer_headers={name.lower(): value for name, value in response.headers.items()},
        answer=response.content,
    )


class RecordingProxy:
    """A server that hands each request on to ``upstream``, and keeps the exchange; use it as a context manager."""

    def __init__(self, upstream: str) -> None:
        self.exchanges: list[Exchange] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(upstream, self.exchanges))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> RecordingProxy:  # noqa: PYI034 - Self is not in Python 3.10
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(upstream: str, exchanges: list[Exchange]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _hand_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {
                name: value for name, value in self.headers.items() if name.lower() not in {"host", *_HOP_BY_HOP}
            }
            response = requests.request(
                self.command, f"{upstream}{self.path}", headers=headers, data=body, timeout=_SECONDS
            )
            exchanges.append(exchange_of(response))
            self.send_response_only(response.status_code)
            for name, value in response.headers.items():
                if name.lower() not in _HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(response.content)))
            self.end_headers()
            self.wfile.write(response.content)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _hand_on  # noqa: N815 - http.server names them

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server names it
            """Print nothing."""

    return Handler
