"""The one door to the network: every request of this package passes `Wire.send`."""

from __future__ import annotations

import ssl
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError

from pulumi_adobe.flow_service.answer import Response
from pulumi_adobe.flow_service.no_answer import SendError
from pulumi_adobe.flow_service.retry import SendFailure

if TYPE_CHECKING:
    from requests import PreparedRequest
    from urllib3 import ProxyManager

    from pulumi_adobe.flow_service.request import Request

CONNECT_TIMEOUT = 10.0
"""Seconds to wait for a connection."""

READ_TIMEOUT = 60.0
"""Seconds to wait for an answer: Adobe's gateway gives up after 60 (facts, section 7)."""

_POOL_SIZE = 4
"""The plugin runs four calls at a time, so more connections would stand idle."""

_CHUNK_SIZE = 65536
_MAX_BODY_LENGTH = 32 * 1024 * 1024
"""Bytes that are read of one answer: a page of a thousand connections takes two of these 32 MiB."""


class _OwnAuthorization(requests.auth.AuthBase):
    """Keeps requests from putting a .netrc password in the place of our Authorization header."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        return request


class _Connection(HTTPConnection):
    """Names what fails while it connects, proxy included: only then is it certain that no request went out.

    Afterwards it cannot be told: behind a proxy, urllib3 calls a reset that follows the request a ProxyError too.
    """

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, HTTPError) as error:
            # Neither urllib3 nor requests knows SendError, so it comes out as it is.
            raise _to_connect_error(error) from None


class _TLSConnection(HTTPSConnection):
    """The same with TLS, whose handshake is part of connecting."""

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, HTTPError) as error:
            raise _to_connect_error(error) from None


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _TLSConnection


_POOLS = {"http": _Pool, "https": _TLSPool}


class _Adapter(HTTPAdapter):
    """Keeps few connections, never sends again by itself, and connects with the classes above."""

    def __init__(self) -> None:
        super().__init__(pool_connections=2, pool_maxsize=_POOL_SIZE, max_retries=0)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(proxy, **proxy_kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager


class Transport:
    """A session with kept-alive connections, certificates verified, proxies and CA bundles from the environment."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.auth = _OwnAuthorization()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, _Adapter())

    def send(self, request: Request, timeout: float) -> Response:
        """Send once. ``timeout`` is in seconds and bounds each wait, and the body as a whole. No redirect is followed.

        Raises SendError where no whole answer came back.
        """
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
            # requests looks for the CA bundle before it connects, and lets this error out as it is.
            raise SendError(SendFailure.NOT_TRUSTED, f"the CA bundle cannot be read: {_describe_cause(error)}") from None
        except UnicodeError:
            # Headers are encoded before anything is sent. The error would quote them.
            raise SendError(SendFailure.IMPOSSIBLE, "a header holds a character that HTTP cannot carry") from None
        return Response(request.name, response.status_code, text, response.headers)


def _read_body(response: requests.Response, deadline: float) -> str:
    """The body, up to a length that no sensible answer has; what is longer is no JSON once it is cut off."""
    parts: list[bytes] = []
    remaining = _MAX_BODY_LENGTH
    while remaining > 0 and (part := _read_chunk(response, deadline)):
        parts.append(part)
        remaining -= len(part)
    return _decode_body(b"".join(parts), response)


def _decode_body(body: bytes, response: requests.Response) -> str:
    """UTF-8, as JSON is (RFC 8259, 8.1), where no charset is named, or one that Python has no text codec for.

    Such an answer may be that of a POST that took effect: it must be read, or its id is lost.
    """
    charset = response.encoding if "charset" in response.headers.get("Content-Type", "").lower() else None
    if charset:
        with suppress(LookupError, ValueError):
            return body.decode(charset, "replace")
    return body.decode("utf-8", "replace")


def _read_chunk(response: requests.Response, deadline: float) -> bytes:
    """The next bytes. A body that drips meets no read time-out, so each wait is cut to what is left of the whole."""
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise SendError(SendFailure.NO_ANSWER, "timed out in the middle of the answer")
    sock = getattr(response.raw.connection, "sock", None)
    if sock is not None:
        sock.settimeout(min(READ_TIMEOUT, remaining))
    part: bytes = response.raw.read1(_CHUNK_SIZE, decode_content=True)
    return part


def _to_connect_error(error: Exception) -> SendError:
    cause = _find_root_cause(error)
    return SendError(SendFailure.NOT_TRUSTED if isinstance(cause, ssl.SSLError) else SendFailure.NOT_SENT, _describe_cause(cause))


def _to_send_error(error: Exception) -> SendError:
    """What went wrong once there was a connection, or before one was even tried."""
    if isinstance(error, _INVALID_REQUEST_ERRORS):
        return SendError(SendFailure.IMPOSSIBLE, f"{type(error).__name__}: the request could not be made")
    if isinstance(error, (requests.exceptions.Timeout, ReadTimeoutError)):
        return SendError(SendFailure.NO_ANSWER, "timed out")
    # Whatever is not known to have failed before the request went out may have reached the server.
    return SendError(SendFailure.NO_ANSWER, "the connection ended before a whole answer came")


_INVALID_REQUEST_ERRORS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidHeader,
    requests.exceptions.InvalidProxyURL,
    requests.exceptions.InvalidJSONError,
)
"""Raised while a request is put together."""


def _find_root_cause(error: BaseException) -> BaseException:
    """The operating system's or the TLS library's own error: the layers above it repeat the whole URL."""
    while True:
        nested_errors = (*error.args, error.__cause__, error.__context__)
        nested_error = next((each for each in nested_errors if isinstance(each, BaseException)), None)
        if nested_error is None or nested_error is error:
            return error
        error = nested_error


def _describe_cause(cause: BaseException) -> str:
    """What went wrong, without an address."""
    return str(cause.args[-1] if cause.args else type(cause).__name__)
