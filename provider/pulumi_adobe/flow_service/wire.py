"""The one door to the network: every request of this package passes `Wire.send`."""

from __future__ import annotations

import ssl
import time
from typing import TYPE_CHECKING

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
)

from pulumi_adobe.flow_service.answer import Answer
from pulumi_adobe.flow_service.retry import Failure

if TYPE_CHECKING:
    from requests import PreparedRequest

    from pulumi_adobe.flow_service.request import Request

CONNECT_TIMEOUT = 10.0
"""Seconds to wait for a connection."""

READ_TIMEOUT = 60.0
"""Seconds to wait for an answer: Adobe's gateway gives up after 60 (facts, section 7)."""

_CONNECTIONS = 4
"""The plugin runs four calls at a time, so more connections would stand idle."""


_CHUNK = 65536

_NEVER_SENT = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidHeader,
    requests.exceptions.InvalidProxyURL,
)

_HANDSHAKE = frozenset(
    {
        "WRONG_VERSION_NUMBER",
        "UNSUPPORTED_PROTOCOL",
        "NO_PROTOCOLS_AVAILABLE",
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        "TLSV1_ALERT_PROTOCOL_VERSION",
        "TLSV1_ALERT_INTERNAL_ERROR",
        "TLSV1_UNRECOGNIZED_NAME",
        "HTTP_REQUEST",
        "UNKNOWN_PROTOCOL",
    }
)
"""OpenSSL's reasons of a handshake that failed, after which no request goes out."""


class SendError(Exception):
    """No whole answer: why, and in words that hold no address and no body."""

    def __init__(self, failure: Failure, reason: str) -> None:
        """Keep the reason beside its class."""
        super().__init__(failure, reason)
        self.failure = failure
        self.reason = reason


class _OwnAuthorization(requests.auth.AuthBase):
    """Keeps requests from putting a .netrc password in the place of our Authorization header."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        return request


class Wire:
    """A session with kept-alive connections, certificates verified, proxies and CA bundles from the environment."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.auth = _OwnAuthorization()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=2, pool_maxsize=_CONNECTIONS, max_retries=0))

    def send(self, request: Request, timeout: float) -> Answer:
        """Send once. ``timeout`` is in seconds and bounds each wait. No redirect is followed.

        Raises SendError where no whole answer came back.
        """
        until = time.monotonic() + timeout
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
                text = _read(response, until)
        except (requests.RequestException, HTTPError) as error:
            raise SendError(*_failure(error)) from None
        return Answer(request.named, response.status_code, text, response.headers)


def _read(response: requests.Response, until: float) -> str:
    """The whole body. Each wait has its time-out; this bounds them together, for a body that drips."""
    parts: list[bytes] = []
    while part := response.raw.read1(_CHUNK, decode_content=True):
        parts.append(part)
        if time.monotonic() > until:
            raise SendError(Failure.NO_ANSWER, "timed out in the middle of the answer")
    # JSON is UTF-8 where nothing else is said; guessing by content could guess wrong.
    return b"".join(parts).decode(response.encoding or "utf-8", "replace")


def _failure(error: Exception) -> tuple[Failure, str]:
    cause = _innermost(error)
    if isinstance(cause, ssl.SSLError):
        return Failure.NOT_TRUSTED if _of_a_handshake(cause) else Failure.NO_ANSWER, _words(cause)
    if isinstance(error, requests.exceptions.ConnectTimeout) or _never_connected(error):
        return Failure.NOT_SENT, _words(cause)
    if isinstance(error, _NEVER_SENT):
        return Failure.NOT_SENT, f"{type(error).__name__}: the request could not be made"
    if isinstance(error, (requests.exceptions.Timeout, ReadTimeoutError)):
        return Failure.NO_ANSWER, "timed out"
    # Whatever is not known to have failed before the request went out may have reached the server.
    return Failure.NO_ANSWER, "the connection ended before a whole answer came"


def _of_a_handshake(error: ssl.SSLError) -> bool:
    """Whether the request cannot have been sent: TLS errors of a later read look the same but for their reason."""
    return isinstance(error, ssl.SSLCertVerificationError) or str(error.reason) in _HANDSHAKE


def _never_connected(error: Exception) -> bool:
    cause = error.args[0] if error.args else None
    cause = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(cause, (NewConnectionError, ConnectTimeoutError, ProxyError))


def _innermost(error: BaseException) -> BaseException:
    """The operating system's or the TLS library's own error: the layers above it repeat the whole URL."""
    while True:
        inside = (getattr(error, "reason", None), *error.args, error.__cause__, error.__context__)
        deeper = next((each for each in inside if isinstance(each, BaseException)), None)
        if deeper is None or deeper is error:
            return error
        error = deeper


def _words(cause: BaseException) -> str:
    """What went wrong, without an address."""
    said = getattr(cause, "strerror", None) or (cause.args[-1] if cause.args else None)
    return str(said or type(cause).__name__)
