"""Authorization with Adobe's access token.

A token is fetched once, shared by all threads, and renewed before it expires and once after a 401. It is the OAuth
server-to-server token of Adobe IMS, grant `client_credentials`; `expires_in` is in seconds.
Adobe: developer.adobe.com, "Server to Server authentication", IMS API reference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock
from typing import Protocol, TypeAlias

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.clock import Clock
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.response import Response
from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.flow_service.send_errors import SendError

Send: TypeAlias = Callable[[Request], Response]
"""A function that sends a request and returns the response, whatever its status."""

Fetch: TypeAlias = Callable[[Request, Callable[[Response], object]], Response]
"""A function that sends a token request, again if the other function refuses the response."""

_UNAUTHORIZED = 401
_REFUSED_STATUSES = {400, 401, 403}
"""Statuses of a token request with wrong credentials: RFC 6749, 5.2, names 400 and 401; Adobe documents none."""
_RENEWAL_MARGIN = 300.0
"""Seconds before a token expires from which it is not used: an operation that starts with a token must end with it."""


class Auth(Protocol):
    """A way to authorize requests."""

    def send(self, request: Request, send: Send, fetch: Fetch, deadline: float) -> Response:
        """Send a request with a token, and once more with a new token where that may help against a 401.

        Args:
            request: The request, without an Authorization header.
            send: Sends the request once.
            fetch: Sends a token request, with retries, within the timeout of the operation that needs the token.
            deadline: The time of the clock until which the token that another thread fetches is waited for.

        Raises:
            SendError: The other thread had not fetched a token by then.
        """


class StaticToken:
    """Authorization with a token that somebody else fetched, which cannot be renewed here."""

    def __init__(self, access_token: str) -> None:
        self._access_token = access_token

    def send(
        self,
        request: Request,
        send: Send,
        fetch: Fetch,  # noqa: ARG002 - part of the protocol
        deadline: float,  # noqa: ARG002 - part of the protocol
    ) -> Response:
        """Send the request once, with the token."""
        return send(request.with_headers(Authorization=f"Bearer {self._access_token}"))


@dataclass(frozen=True)
class _Token:
    value: str
    expires_at: float


class ServerToServer:
    """Authorization with the tokens that a client id and a client secret get."""

    def __init__(self, token_request: Request, clock: Clock, redactor: Redactor) -> None:
        """Fetch no token before the first request; each fetched token becomes a secret of ``redactor``."""
        self._token_request = token_request
        self._clock = clock
        self._redactor = redactor
        self._token: _Token | None = None
        self._fetch_under_way: Event | None = None
        self._lock = Lock()

    def send(self, request: Request, send: Send, fetch: Fetch, deadline: float) -> Response:
        """Send the request; after a 401 send it once more with a new token, since the old one may have been revoked."""
        token = self._get_token(fetch, deadline)
        response = send(_add_token(request, token))
        if response.status != _UNAUTHORIZED:
            return response
        return send(_add_token(request, self._get_token(fetch, deadline, rejected_token=token)))

    def _get_token(self, fetch: Fetch, deadline: float, rejected_token: str | None = None) -> str:
        """Return the current token, or fetch one where none is held, it expires soon, or it is ``rejected_token``.

        One of several threads that need a token fetches it, within its own timeout; the others wait, within theirs.
        """
        while True:
            with self._lock:
                token = self._token
                if token is not None and token.value != rejected_token and token.expires_at > self._clock.now():
                    return token.value
                fetch_of_another = self._fetch_under_way
                if fetch_of_another is None:
                    own_fetch = self._fetch_under_way = Event()
                    break
            if not self._clock.wait(fetch_of_another, deadline - self._clock.now()):
                reason = "no time was left of the timeout while another operation fetched the access token"
                raise SendError(SendFailure.NO_TIME, reason)
        try:
            token = self._token = self._fetch_token(fetch)
            return token.value
        finally:
            with self._lock:
                self._fetch_under_way = None
            own_fetch.set()

    def _fetch_token(self, fetch: Fetch) -> _Token:
        requested_at = self._clock.now()
        response = fetch(self._token_request, self._parse_token)
        redact = self._redactor.redact
        if not response.is_success:
            raise response.to_error(
                redact, errors.CredentialsRejected if response.status in _REFUSED_STATUSES else None
            )
        value, lifetime = self._parse_token(response)
        return _Token(value, requested_at + max(lifetime - _RENEWAL_MARGIN, lifetime / 2))

    def _parse_token(self, response: Response) -> tuple[str, float]:
        """Return the token and its lifetime in seconds. May raise `errors.UnexpectedResponse`."""
        redact = self._redactor.redact
        body = response.json_object(redact)
        value, lifetime = body.get("access_token"), body.get("expires_in")
        self._redactor.add_secret(value)
        if not isinstance(value, str) or not value or not (isinstance(lifetime, (int, float)) and lifetime > 0):
            raise response.to_unexpected_response("without a token and its lifetime", redact)
        return value, lifetime


def _add_token(request: Request, token: str) -> Request:
    return request.with_headers(Authorization=f"Bearer {token}")
