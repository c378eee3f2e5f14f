"""Connections to servers and proxies, which report a failure to connect apart from all later failures."""

from __future__ import annotations

import socket
import ssl
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, ClassVar

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from pulumi_adobe.config.parsers import is_loopback
from pulumi_adobe.flow_service.deadline_reader import DeadlineResponse
from pulumi_adobe.flow_service.name_resolution import LookUp, Resolver, look_up
from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.flow_service.send_errors import SendError

if TYPE_CHECKING:
    from urllib3 import ProxyManager


class _Connection(HTTPConnection):
    """A connection that reports failures while it connects, to a proxy too: only then no request was sent for sure.

    A later failure is ambiguous: behind a proxy, urllib3 raises a ProxyError also for a reset after the request.
    """

    response_class = DeadlineResponse
    resolver: ClassVar[Resolver]

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, HTTPError, HTTPException) as error:
            # Neither urllib3 nor requests catches a SendError, so it reaches Transport.send unchanged.
            raise _to_connect_error(error, self.host) from None

    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _TLSConnection(HTTPSConnection):
    """The same with TLS; the handshake is a part of connecting."""

    response_class = DeadlineResponse
    resolver: ClassVar[Resolver]

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, HTTPError, HTTPException) as error:
            raise _to_connect_error(error, self.host) from None

    def _new_conn(self) -> socket.socket:
        return _connect(self)


def _connect(connection: _Connection | _TLSConnection) -> socket.socket:
    """Return a new socket whose timeout, for the proxy and the handshake, is what connecting left of it."""
    # Of urllib3's kinds of timeouts, `Transport` gives seconds alone.
    timeout: Any = connection.timeout
    return connection.resolver.connect(
        connection._dns_host,  # noqa: SLF001 - of the base class; `host` lacks the dot at the end of an absolute name
        connection.port,
        timeout,
        connection.source_address,
        connection.socket_options,
    )


def _build_pools(resolver: Resolver) -> dict[str, type[HTTPConnectionPool]]:
    """Return the classes of pools, by scheme, whose connections look names up with ``resolver``."""
    members = {"resolver": resolver}
    connection, tls_connection = (type(base.__name__, (base,), members) for base in (_Connection, _TLSConnection))
    return {
        "http": type("_Pool", (HTTPConnectionPool,), {"ConnectionCls": connection}),
        "https": type("_TLSPool", (HTTPSConnectionPool,), {"ConnectionCls": tls_connection}),
    }


class ConnectionAdapter(HTTPAdapter):
    """An adapter that keeps a connection for each thread, never retries, and connects with the classes above."""

    def __init__(self, threads: int, look_up: LookUp = look_up) -> None:
        """Open no connection yet.

        Args:
            threads: The number of threads that send at the same time. So many connections to each host are kept open:
                with fewer, each further request would connect anew; more would be idle.
            look_up: Finds the addresses of a host.
        """
        self._pools = _build_pools(Resolver(look_up))
        super().__init__(pool_connections=2, pool_maxsize=threads, max_retries=0)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> ProxyManager:
        """Return the manager of the connections through a proxy."""
        manager: ProxyManager = super().proxy_manager_for(proxy, **proxy_kwargs)
        manager.pool_classes_by_scheme = self._pools
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
