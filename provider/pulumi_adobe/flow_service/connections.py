"""Connections to servers and proxies, which report a failure to connect apart from all later failures."""

from __future__ import annotations

import socket
import ssl
import time
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from pulumi_adobe.config.parsers import is_loopback
from pulumi_adobe.flow_service.deadline_reader import DeadlineResponse
from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.flow_service.send_errors import SendError

if TYPE_CHECKING:
    from collections.abc import Callable

    from urllib3 import ProxyManager

_POOL_SIZE = 4
"""Connections that are kept open: callers run four operations at a time, so more would be idle."""

_MIN_TIMEOUT = 0.001
"""Seconds of a timeout that is used up; zero would mean a socket that never waits."""


class _Connection(HTTPConnection):
    """A connection that reports failures while it connects, to a proxy too: only then no request was sent for sure.

    A later failure is ambiguous: behind a proxy, urllib3 raises a ProxyError also for a reset after the request.
    """

    response_class = DeadlineResponse

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, HTTPError, HTTPException) as error:
            # Neither urllib3 nor requests catches a SendError, so it reaches Transport.send unchanged.
            raise _to_connect_error(error, self.host) from None

    def _new_conn(self) -> socket.socket:
        return _connect_with_remaining_timeout(super()._new_conn)


class _TLSConnection(HTTPSConnection):
    """The same with TLS; the handshake is a part of connecting."""

    response_class = DeadlineResponse

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, HTTPError, HTTPException) as error:
            raise _to_connect_error(error, self.host) from None

    def _new_conn(self) -> socket.socket:
        return _connect_with_remaining_timeout(super()._new_conn)


def _connect_with_remaining_timeout(connect: Callable[[], socket.socket]) -> socket.socket:
    """Return a new socket whose timeout, for the proxy and the handshake, is what connecting left of it."""
    started_at = time.monotonic()
    sock = connect()
    timeout = sock.gettimeout()
    if timeout is not None:
        sock.settimeout(max(timeout - (time.monotonic() - started_at), _MIN_TIMEOUT))
    return sock


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _TLSConnection


_POOLS = {"http": _Pool, "https": _TLSPool}


class Adapter(HTTPAdapter):
    """An adapter that keeps few connections, never retries, and connects with the classes above."""

    def __init__(self) -> None:
        """Open no connection yet."""
        super().__init__(pool_connections=2, pool_maxsize=_POOL_SIZE, max_retries=0)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> ProxyManager:
        """Return the manager of the connections through a proxy."""
        manager: ProxyManager = super().proxy_manager_for(proxy, **proxy_kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def cert_verify(self, *args: Any, **kwargs: Any) -> None:
        """Look for the CA bundle, before anything is sent; requests does not wrap the error of a missing one.

        Raises:
            SendError: There is none.
        """
        try:
            super().cert_verify(*args, **kwargs)  # type: ignore[no-untyped-call] # in the stubs of requests
        except OSError as error:
            reason = f"the CA bundle cannot be read: {_describe_cause(error)}"
            raise SendError(SendFailure.NOT_TRUSTED, reason) from None


def _to_connect_error(error: Exception, host: str) -> SendError:
    """Return the error for a failure while connecting to ``host``, which is that of a proxy where there is one."""
    cause = _find_root_cause(error)
    if isinstance(cause, HTTPException):
        # Its text is the proxy's answer.
        return SendError(SendFailure.NOT_SENT, "the proxy's answer is no HTTP")
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
