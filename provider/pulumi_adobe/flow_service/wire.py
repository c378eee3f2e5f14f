"""The one door to the network: every request of this package passes `Wire.send`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError, ProxyError

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
        try:
            response = self._session.request(
                request.method,
                request.url,
                params=list(request.query),
                headers=dict(request.headers),
                json=request.json,
                data=request.form,
                timeout=(min(CONNECT_TIMEOUT, timeout), min(READ_TIMEOUT, timeout)),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise SendError(*_failure(error)) from None
        return Answer(request.named, response.status_code, response.text, response.headers)


def _failure(error: requests.RequestException) -> tuple[Failure, str]:
    if isinstance(error, requests.exceptions.SSLError):
        return Failure.NOT_TRUSTED, _innermost(error)
    if isinstance(error, requests.exceptions.ConnectTimeout) or _never_connected(error):
        return Failure.NOT_SENT, _innermost(error)
    if isinstance(error, requests.exceptions.Timeout):
        return Failure.NO_ANSWER, "timed out"
    if isinstance(error, (requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        return Failure.NO_ANSWER, "the connection ended before a whole answer came"
    return Failure.NOT_SENT, f"{type(error).__name__}: the request could not be made"


def _never_connected(error: requests.RequestException) -> bool:
    cause = error.args[0] if error.args else None
    cause = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(cause, (NewConnectionError, ConnectTimeoutError, ProxyError))


def _innermost(error: BaseException) -> str:
    """The operating system's or the TLS library's own words: the layers above repeat the whole URL."""
    cause: BaseException = error
    while True:
        below = cause.__cause__ or cause.__context__
        nested = next(
            (arg for arg in (getattr(cause, "reason", None), *cause.args) if isinstance(arg, BaseException)), None
        )
        deeper = nested or below
        if deeper is None or deeper is cause:
            return str(getattr(cause, "strerror", None) or cause.args[-1] if cause.args else type(cause).__name__)
        cause = deeper
