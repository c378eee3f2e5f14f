"""Adobe's access token: fetched once, shared by all threads, renewed before it expires and once after a 401.

OAuth server-to-server of Adobe IMS, grant `client_credentials`; `expires_in` is in seconds.
Adobe: developer.adobe.com, "Server to Server authentication", IMS API reference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Protocol, TypeAlias

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.answer import Response
from pulumi_adobe.flow_service.clock import Clock
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.flow_service.request import Request

Send: TypeAlias = Callable[[Request], Response]
"""Sends a request and gives the answer, whatever its status."""

_UNAUTHORIZED = 401
_REFUSED_STATUSES = {400, 401, 403}
"""RFC 6749, 5.2: wrong credentials are a 400 or a 401 there; Adobe does not document its own."""
_RENEWAL_MARGIN = 300.0
"""Seconds before its end in which a token is not used any more: an operation that starts with it must end with it."""


class Auth(Protocol):
    """Puts the Authorization header on a request, and knows what to do when it is refused."""

    def send(self, request: Request, send: Send, fetch: Send) -> Response:
        """Send with a token; where a fresh one may help against a 401, once more with that.

        ``fetch`` sends a token request, retries included, within the time of the operation that needs the token.
        """


class StaticToken:
    """A token that somebody else fetched; when it has expired nothing can be done here."""

    def __init__(self, access_token: str) -> None:
        self._access_token = access_token

    def send(self, request: Request, send: Send, fetch: Send) -> Response:  # noqa: ARG002 - the protocol names it
        """Send once, with the token."""
        return send(request.with_headers(Authorization=f"Bearer {self._access_token}"))


@dataclass(frozen=True)
class _Token:
    value: str
    expires_at: float


class ServerToServer:
    """Tokens for the client id and client secret of a server-to-server credential."""

    def __init__(self, token_request: Request, clock: Clock, redactor: Redactor) -> None:
        """What the token request gets back is learned as a secret."""
        self._token_request = token_request
        self._clock = clock
        self._redactor = redactor
        self._token: _Token | None = None
        self._lock = Lock()

    def send(self, request: Request, send: Send, fetch: Send) -> Response:
        """Send with the token; after a 401 once more with a new one (it may have been revoked)."""
        token = self._get_token(fetch)
        response = send(_add_token(request, token))
        if response.status != _UNAUTHORIZED:
            return response
        return send(_add_token(request, self._get_token(fetch, rejected=token)))

    def _get_token(self, fetch: Send, rejected: str | None = None) -> str:
        """The token to use; a new one where there is none, it ends soon, or it is the ``rejected`` one.

        Under a lock: of four threads that find the token missing, one fetches and three wait for it.
        """
        with self._lock:
            token = self._token
            if token is None or token.value == rejected or token.expires_at <= self._clock.now():
                token = self._token = self._fetch_token(fetch)
            return token.value

    def _fetch_token(self, fetch: Send) -> _Token:
        requested_at = self._clock.now()
        response = fetch(self._token_request)
        redact = self._redactor.redact
        if not response.is_success:
            raise response.to_error(redact, errors.CredentialsRejected if response.status in _REFUSED_STATUSES else None)
        body = response.json_object(redact)
        value, lifetime = body.get("access_token"), body.get("expires_in")
        self._redactor.add_secret(value)
        if not isinstance(value, str) or not value or not (isinstance(lifetime, (int, float)) and lifetime > 0):
            raise response.to_unexpected_response("without a token and its life time", redact)
        return _Token(value, requested_at + max(lifetime - _RENEWAL_MARGIN, lifetime / 2))


def _add_token(request: Request, token: str) -> Request:
    return request.with_headers(Authorization=f"Bearer {token}")
