"""Sending of requests over the network: every request of this package passes `Transport.send`."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from requests import PreparedRequest, exceptions
from requests.utils import default_headers
from urllib3 import Timeout
from urllib3.exceptions import ReadTimeoutError

from pulumi_adobe.flow_service.bodies import read_body
from pulumi_adobe.flow_service.connections import ConnectionAdapter
from pulumi_adobe.flow_service.debug_log import log_round_trip
from pulumi_adobe.flow_service.name_resolution import LookUp, look_up
from pulumi_adobe.flow_service.proxies import choose_proxies, describe_proxy
from pulumi_adobe.flow_service.response import Response
from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.flow_service.send_errors import SendError
from pulumi_adobe.version import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_adobe.flow_service.request import Request

CONNECT_TIMEOUT = 10.0
"""Seconds to wait for a connection: the resolution of the host's name, all of its addresses, and the TLS handshake."""

_USER_AGENT = f"{PRODUCT} python/{sys.version_info.major}.{sys.version_info.minor}"

_INVALID_ADDRESS_ERRORS = (exceptions.InvalidURL, exceptions.InvalidSchema, exceptions.InvalidProxyURL)
"""Errors about an address that requests raises before it connects; it raises no other one for an address."""


def _keep_authorization(request: PreparedRequest) -> PreparedRequest:
    """Change nothing, so that no name and password in an address replace our header."""
    return request


class Transport:
    """The sending of requests by connections that are kept alive, with verified certificates.

    Proxies and CA bundles come from the environment variables that the library requests reads. This machine is never
    asked through a proxy. A request passes the adapter of requests and no session. A session would keep cookies, follow
    redirects and read the passwords of a .netrc file, which Flow Service does not need, and takes a tenth of the CPU.
    """

    def __init__(self, redact: Callable[[str], str] = str, look_up: LookUp = look_up, threads: int = 1) -> None:
        """Open no connection yet.

        Args:
            redact: Removes the known secrets from the debug log.
            look_up: Finds the addresses of a host.
            threads: The number of threads that send at the same time.
        """
        self._redact = redact
        self._settings: dict[tuple[str, str], dict[str, Any]] = {}
        self._adapter = ConnectionAdapter(threads, look_up)
        self._headers = {**default_headers(), "User-Agent": _USER_AGENT}

    def send(self, request: Request, timeout: float) -> Response:
        """Send the request once, follow no redirect, and log the round trip.

        Args:
            request: The request.
            timeout: The seconds for the request and its response as a whole.

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
        prepared_request = self._prepare(request)
        settings = self._get_settings(str(prepared_request.url))
        proxy = describe_proxy(str(prepared_request.url), settings["proxies"])
        try:
            return self._exchange(request, prepared_request, timeout, settings, proxy)
        except SendError as error:
            raise error.through_proxy(proxy) if proxy else error from None

    def _get_settings(self, url: str) -> dict[str, Any]:
        """Return how requests connects to the host of this address: proxies, CA bundle and client certificate.

        The environment is read once for each host: to look for its proxies takes longer than to send a request.
        """
        parts = urlsplit(url)
        origin = (parts.scheme, parts.netloc)
        if origin not in self._settings:
            settings: dict[str, Any] = dict(
                requests.Session().merge_environment_settings(url, {}, stream=True, verify=None, cert=None)
            )
            self._settings[origin] = {**settings, "proxies": choose_proxies(url, settings["proxies"])}
        return self._settings[origin]

    def _prepare(self, request: Request) -> PreparedRequest:
        """Return the request as requests sends it. A failure is one before anything is sent."""
        try:
            prepared_request = PreparedRequest()
            prepared_request.prepare(
                request.method,
                request.url,
                params=list(request.query),
                headers={**self._headers, **request.headers},
                json=request.json,
                data=request.form,
                auth=_keep_authorization,
            )
            for value in prepared_request.headers.values():
                # As http.client encodes them. Its error would quote the value.
                str(value).encode("latin-1")
        except requests.RequestException as error:
            reason = f"{type(error).__name__}: the request is invalid"
            raise SendError(SendFailure.IMPOSSIBLE, reason) from None
        except UnicodeError:
            reason = "a header has a character that HTTP does not allow"
            raise SendError(SendFailure.IMPOSSIBLE, reason) from None
        return prepared_request

    def _exchange(
        self, request: Request, prepared_request: PreparedRequest, timeout: float, settings: dict[str, Any], proxy: str
    ) -> Response:
        deadline = time.monotonic() + timeout
        # The stubs of requests do not know that it takes this class of urllib3 too.
        limits: Any = Timeout(total=timeout, connect=min(CONNECT_TIMEOUT, timeout), read=timeout)
        try:
            with self._adapter.send(prepared_request, timeout=limits, **settings) as response:
                text = read_body(response, deadline)
        except SendError:
            raise
        except _INVALID_ADDRESS_ERRORS as error:
            reason = f"{type(error).__name__}: the request is invalid"
            raise SendError(SendFailure.IMPOSSIBLE, reason) from None
        except Exception as error:  # noqa: BLE001 - whatever it is, the request may have been sent and taken effect
            raise SendError(SendFailure.NO_RESPONSE, _describe_lost_response(error)) from None
        return Response(request.name, response.status_code, text, response.headers, proxy)


def _describe_lost_response(error: Exception) -> str:
    """Return why no complete response came after a connection was made. No error of the libraries is quoted."""
    if isinstance(error, (exceptions.Timeout, ReadTimeoutError, TimeoutError)):
        return "timed out"
    return "the connection ended before a complete response came"
