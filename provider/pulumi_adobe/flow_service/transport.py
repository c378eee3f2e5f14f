"""Sending of requests over the network: every request of this package passes `Transport.send`."""

from __future__ import annotations

import socket
import ssl
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError

from pulumi_adobe.config.parsers import is_loopback
from pulumi_adobe.flow_service.debug_log import log_round_trip
from pulumi_adobe.flow_service.response import Response
from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.flow_service.send_errors import SendError
from pulumi_adobe.version import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Callable

    from requests import PreparedRequest
    from urllib3 import ProxyManager

    from pulumi_adobe.flow_service.request import Request

CONNECT_TIMEOUT = 10.0
"""Seconds to wait for a connection."""

READ_TIMEOUT = 60.0
"""Seconds to wait for a response: Adobe's gateway gives up after 60."""

_USER_AGENT = f"{PRODUCT} python/{sys.version_info.major}.{sys.version_info.minor}"

_POOL_SIZE = 4
"""Connections that are kept open: callers run four operations at a time, so more would be idle."""

_CHUNK_SIZE = 65536
_MAX_BODY_LENGTH = 32 * 1024 * 1024
"""The most bytes that are read of a response; a page of a thousand connections takes about 2 MiB."""


class _KeepAuthorization(requests.auth.AuthBase):
    """An authorization that changes nothing, so that no password of a .netrc file replaces our header."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        return request


class _Connection(HTTPConnection):
    """A connection that reports failures while it connects, to a proxy too: only then no request was sent for sure.

    A later failure is ambiguous: behind a proxy, urllib3 raises a ProxyError also for a reset after the request.
    """

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, HTTPError) as error:
            # Neither urllib3 nor requests catches a SendError, so it reaches Transport.send unchanged.
            raise _to_connect_error(error, self.host) from None


class _TLSConnection(HTTPSConnection):
    """The same with TLS; the handshake is a part of connecting."""

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, HTTPError) as error:
            raise _to_connect_error(error, self.host) from None


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _TLSConnection


_POOLS = {"http": _Pool, "https": _TLSPool}


class _Adapter(HTTPAdapter):
    """An adapter that keeps few connections, never retries, and connects with the classes above."""

    def __init__(self) -> None:
        super().__init__(pool_connections=2, pool_maxsize=_POOL_SIZE, max_retries=0)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(proxy, **proxy_kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager


class Transport:
    """An HTTP session that keeps connections alive and verifies certificates.

    Proxies and CA bundles come from the environment variables that the library requests reads.
    """

    def __init__(self, redact: Callable[[str], str] = str) -> None:
        """Open no connection yet; ``redact`` removes the known secrets from the debug log."""
        self._redact = redact
        self._session = requests.Session()
        self._session.headers["User-Agent"] = _USER_AGENT
        self._session.auth = _KeepAuthorization()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, _Adapter())

    def send(self, request: Request, timeout: float) -> Response:
        """Send the request once, follow no redirect, and log the round trip.

        Args:
            request: The request.
            timeout: The seconds for each wait, and for the body as a whole.

        Raises:
            SendError: No complete response came back.
        """
        started_at = time.monotonic()
        try:
            response = self._send_once(request, timeout)
        except SendError as error:
            log_round_trip(request, error, time.monotonic() - started_at, self._redact)
            raise
        log_round_trip(request, response, time.monotonic() - started_at, self._redact)
        return response

    def _send_once(self, request: Request, timeout: float) -> Response:
        deadline = time.monotonic() + timeout
        try:
            with self._session.request(
                request.method,
                request.url,
                params=list(request.query),
                headers=dict(request.headers),
                json=request.json,
                data=request.form,
                timeout=(min(CONNECT_TIMEOUT, timeout), min(READ_TIMEOUT, timeout)),
                allow_redirects=False,
                stream=True,
            ) as response:
                text = _read_body(response, deadline)
        except (requests.RequestException, HTTPError) as error:
            raise _to_send_error(error) from None
        except OSError as error:
            # requests looks for the CA bundle before it connects, and does not wrap this error.
            reason = f"the CA bundle cannot be read: {_describe_cause(error)}"
            raise SendError(SendFailure.NOT_TRUSTED, reason) from None
        except UnicodeError:
            # Headers are encoded before anything is sent. The original error would quote them.
            raise SendError(SendFailure.IMPOSSIBLE, "a header has a character that HTTP does not allow") from None
        return Response(request.name, response.status_code, text, response.headers)


def _read_body(response: requests.Response, deadline: float) -> str:
    """Return the body, up to a length that no valid response has; a longer one is cut off, and so no JSON."""
    chunks: list[bytes] = []
    remaining = _MAX_BODY_LENGTH
    while remaining > 0 and (chunk := _read_chunk(response, deadline)):
        chunks.append(chunk)
        remaining -= len(chunk)
    return _decode_body(b"".join(chunks), response)


def _decode_body(body: bytes, response: requests.Response) -> str:
    """Decode the body by its charset; as UTF-8 (RFC 8259, 8.1) where none, or an unknown one, is named.

    It must be decoded in any case: the response may be to a POST that took effect, whose id would be lost.
    """
    charset = response.encoding if "charset" in response.headers.get("Content-Type", "").lower() else None
    if charset:
        with suppress(LookupError, ValueError):
            return body.decode(charset, "replace")
    return body.decode("utf-8", "replace")


def _read_chunk(response: requests.Response, deadline: float) -> bytes:
    """Return the next bytes, waiting no longer than is left for the whole body, which may come byte by byte."""
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise SendError(SendFailure.NO_RESPONSE, "timed out in the middle of the response")
    sock = getattr(response.raw.connection, "sock", None)
    if sock is not None:
        sock.settimeout(min(READ_TIMEOUT, remaining))
    chunk: bytes = response.raw.read1(_CHUNK_SIZE, decode_content=True)
    return chunk


def _to_connect_error(error: Exception, host: str) -> SendError:
    """Return the error for a failure while connecting to ``host``, which is that of a proxy where there is one."""
    cause = _find_root_cause(error)
    return SendError(classify_connect_failure(cause, host), _describe_cause(cause))


def classify_connect_failure(cause: BaseException, host: str) -> SendFailure:
    """Return what an error of the operating system, the resolver or the TLS library means for a retry."""
    if isinstance(cause, ssl.SSLError):
        return SendFailure.NOT_TRUSTED
    if isinstance(cause, socket.gaierror) and cause.errno in _NO_SUCH_HOST_CODES:
        return SendFailure.NO_SUCH_HOST
    if isinstance(cause, ConnectionRefusedError):
        return SendFailure.NO_LISTENER if is_loopback(host) else SendFailure.REFUSED
    return SendFailure.NOT_SENT


_NO_SUCH_HOST_CODES = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
"""The resolver's answers that a name, or an address of it, does not exist; EAI_AGAIN is a temporary failure."""


def _to_send_error(error: Exception) -> SendError:
    """Return the error for a failure before connecting, or after a connection was made."""
    if isinstance(error, _INVALID_REQUEST_ERRORS):
        return SendError(SendFailure.IMPOSSIBLE, f"{type(error).__name__}: the request is invalid")
    if isinstance(error, (requests.exceptions.Timeout, ReadTimeoutError)):
        return SendError(SendFailure.NO_RESPONSE, "timed out")
    # Any failure that is not known to come before the request was sent may have come after it.
    return SendError(SendFailure.NO_RESPONSE, "the connection ended before a complete response came")


_INVALID_REQUEST_ERRORS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidHeader,
    requests.exceptions.InvalidProxyURL,
    requests.exceptions.InvalidJSONError,
)
"""Errors that requests raises while it builds a request."""


def _find_root_cause(error: BaseException) -> BaseException:
    """Return the error of the operating system or the TLS library; the layers above it repeat the whole URL."""
    while True:
        nested_errors = (*error.args, error.__cause__, error.__context__)
        nested_error = next((nested for nested in nested_errors if isinstance(nested, BaseException)), None)
        if nested_error is None or nested_error is error:
            return error
        error = nested_error


def _describe_cause(cause: BaseException) -> str:
    """Return the reason without an address."""
    return str(cause.args[-1] if cause.args else type(cause).__name__)
