"""Sending of requests with a token, within a rate limit and a deadline, and again where that may help."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.auth import Auth, Send, ServerToServer, StaticToken
from pulumi_adobe.flow_service.outages import DEFINITE_FAILURES, Outages
from pulumi_adobe.flow_service.rate_limit import RateLimit
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.response import Response
from pulumi_adobe.flow_service.retry import Outcome, SendFailure, may_have_taken_effect, retry_delay
from pulumi_adobe.flow_service.send_errors import SendError, build_no_response, build_unreachable
from pulumi_adobe.library_imports import prefer_installed_libraries

if TYPE_CHECKING:
    from pulumi_adobe.config.credentials import Credentials
    from pulumi_adobe.flow_service.clock import Clock
    from pulumi_adobe.flow_service.redaction import Redactor
    from pulumi_adobe.flow_service.transport import Transport

Check: TypeAlias = Callable[[Response], object]
"""A function that raises `errors.UnexpectedResponse` for a success that its caller cannot use."""

_TOKEN_PATH = "/ims/token/v3"  # noqa: S105 - a path, no password
_UNAUTHORIZED = 401
_TOO_MANY_REQUESTS = 429
_NO_CONTENT = 204


def accept_any(_response: Response) -> None:
    """Refuse no success."""


@dataclass(frozen=True)
class _Attempt:
    """What one attempt to send a request came to: a response, or why none came; and why the response is unusable."""

    outcome: Outcome
    response: Response | None = None
    unexpected: errors.UnexpectedResponse | None = None
    reason: str = ""


class Sender:
    """The requests of one process to one organization: one transport, one token, one rate limit for all threads.

    ``clock`` is the clock of all waits and deadlines.
    """

    def __init__(self, credentials: Credentials, redactor: Redactor, clock: Clock, threads: int) -> None:
        """Send no request yet. ``threads`` is the number of threads that send at the same time."""
        self._credentials = credentials
        self._redactor = redactor
        self.clock = clock
        self._threads = threads
        self._transport: Transport | None = None
        self._transport_lock = Lock()
        self._rate_limit = RateLimit(clock, credentials.requests_per_second)
        self._outages = Outages(clock)
        self._auth = self._create_auth()

    def authenticate(self, deadline: float) -> None:
        """Fetch an access token unless a valid one is held, and send no other request; a ready token is not checked."""
        try:
            self._auth.send(
                Request("GET", ""), lambda _: Response("", _NO_CONTENT, ""), self._token_sender(deadline), deadline
            )
        except SendError as error:
            token_request = Request("POST", self._credentials.ims_endpoint + _TOKEN_PATH)
            raise build_unreachable(token_request, Outcome(failure=error.failure), error.reason, 1) from None

    def send(self, request: Request, deadline: float, check: Check = accept_any) -> Response:
        """Send the request with a token, and return the response to the last attempt, whatever its status.

        Credentials that are refused, a new token included, are an outage.

        Args:
            request: The request.
            deadline: The time of the clock at which everything ends.
            check: Refuses a success that cannot be used. A request that only reads is sent again then.
        """
        fetch, send = self._token_sender(deadline), self._single_sender(deadline)
        try:
            response = self._send_with_retries(
                request,
                deadline,
                lambda numbered_request: self._auth.send(numbered_request, send, fetch, deadline),
                check,
            )
            if response.status == _UNAUTHORIZED:
                raise response.to_error(self._redactor.redact)
        except errors.CredentialsRejected as error:
            raise self._outages.record(request, error) from None
        self._outages.record_response(request, is_authorized=True)
        return response

    def _token_sender(self, deadline: float) -> Callable[[Request, Check], Response]:
        send = self._single_sender(deadline)
        return lambda token_request, check: self._send_with_retries(token_request, deadline, send, check)

    def _single_sender(self, deadline: float) -> Send:
        return lambda request: self._send_once(request, deadline)

    def _send_with_retries(self, request: Request, deadline: float, send: Send, check: Check) -> Response:
        number, limited_count, was_sent = 0, 0, False
        while True:
            self._outages.require_no_outage(request)
            number += 1
            attempt = _try_send(send, replace(request, attempt=number), check)
            outcome, response = attempt.outcome, attempt.response
            was_sent = was_sent or may_have_taken_effect(outcome)
            if outcome.status == _TOO_MANY_REQUESTS and outcome.retry_after:
                self._rate_limit.pause(outcome.retry_after)
                # It says nothing about this request: with many threads, others may be first after each pause.
                limited_count += 1
            jitter = random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, keeps no secret
            counted = max(number - limited_count, 1)
            delay = retry_delay(outcome, counted, idempotent=request.idempotent, jitter=jitter)
            is_definite = outcome.failure in DEFINITE_FAILURES
            if response is not None:
                self._outages.record_response(request, is_authorized=False)
            elif is_definite and self._outages.has_outage(request):
                delay = None
            if delay is None or self.clock.now() + delay >= deadline:
                if attempt.unexpected is not None:
                    raise attempt.unexpected
                if response is not None:
                    return response
                unreachable = build_unreachable(request, outcome, attempt.reason, number)
                if is_definite:
                    unreachable = self._outages.record(request, unreachable)
                raise build_no_response(request, attempt.reason, number) if was_sent else unreachable
            self.clock.sleep(delay)

    def _send_once(self, request: Request, deadline: float) -> Response:
        wait = self._rate_limit.reserve_slot()
        while True:
            remaining = deadline - self.clock.now() - wait
            if remaining <= 0:
                raise SendError(
                    SendFailure.NO_TIME, f"no time was left of the timeout of {self._credentials.timeout:g} s"
                )
            if not wait:
                return self._get_transport().send(request, timeout=remaining)
            self.clock.sleep(wait)
            wait = self._rate_limit.remaining_pause()

    def _get_transport(self) -> Transport:
        """Return the transport, one for all threads, imported here: a run that sends nothing needs no HTTP library."""
        with self._transport_lock:
            if self._transport is None:
                from pulumi_adobe.flow_service.debug_log import configure_logging  # noqa: PLC0415 - see above

                with prefer_installed_libraries():
                    from pulumi_adobe.flow_service.transport import Transport  # noqa: PLC0415 - see above

                configure_logging(self._credentials.log, self._redactor)
                self._transport = Transport(self._redactor.redact, threads=self._threads)
            return self._transport

    def _create_auth(self) -> Auth:
        credentials = self._credentials
        if credentials.access_token:
            return StaticToken(credentials.access_token)
        form = {
            "grant_type": "client_credentials",
            "client_id": credentials.client_id,
            "client_secret": credentials.client_secret or "",
            "scope": credentials.scopes,
        }
        token_request = Request("POST", credentials.ims_endpoint + _TOKEN_PATH, form=form, idempotent=True)
        return ServerToServer(token_request, self.clock, self._redactor)


def _try_send(send: Send, request: Request, check: Check) -> _Attempt:
    try:
        response = send(request)
    except SendError as error:
        return _Attempt(Outcome(failure=error.failure), reason=error.reason)
    outcome = Outcome(status=response.status, retry_after=response.retry_after)
    if not request.only_reads:
        return _Attempt(outcome, response)
    if response.is_unreadable_refusal:
        return _Attempt(replace(outcome, is_unreadable=True), response)
    try:
        if response.is_success:
            check(response)
    except errors.UnexpectedResponse as error:
        return _Attempt(replace(outcome, is_unreadable=True), response, error)
    return _Attempt(outcome, response)
