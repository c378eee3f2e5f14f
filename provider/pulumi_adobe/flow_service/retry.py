"""The retry policy: when to send a request again, and after how long.

The gateway's 429 has a Retry-After header in seconds, or none (User Management API; ServiceNow KB3006995). A second
POST could create a second connection, because Flow Service has neither idempotency keys nor unique names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum

from pulumi_adobe.flow_service.clock import parse_http_date


class SendFailure(Enum):
    """Why a request got no response; the value completes "the request failed because …"."""

    NOT_SENT = "no connection could be made"
    REFUSED = "the host refused the connection"
    NO_LISTENER = "nothing on this machine listens at the address"
    NO_SUCH_HOST = "the host name does not exist"
    NOT_TRUSTED = "the server's certificate was refused"
    IMPOSSIBLE = "the request itself cannot be sent: its address, a header or its body"
    NO_TIME = "no time was left to send it"
    NO_RESPONSE = "the connection ended, or timed out, before a complete response came"


@dataclass(frozen=True)
class Outcome:
    """The outcome of one attempt: a status, or why there is none. ``retry_after`` is in seconds.

    ``is_unreadable`` says that a request which only reads got a response that does not have what was asked for.
    """

    status: int | None = None
    failure: SendFailure | None = None
    retry_after: float | None = None
    is_unreadable: bool = False


_FINAL_FAILURES = {
    SendFailure.NO_LISTENER,
    SendFailure.NO_SUCH_HOST,
    SendFailure.NOT_TRUSTED,
    SendFailure.IMPOSSIBLE,
    SendFailure.NO_TIME,
}
_RETRIED_FAILURES = {SendFailure.NOT_SENT, SendFailure.REFUSED}
"""Failures that may pass by themselves, such as a server that restarts or a name server that does not answer."""

MAX_ATTEMPTS = 6
_FIRST_DELAY = 0.5
_MAX_DELAY = 20.0
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500
_GAVE_UP_WAITING = {408, 499}
"""Request Timeout (RFC 9110), and the status of proxies for a connection that ended before the response."""


def retry_delay(outcome: Outcome, attempt: int, *, idempotent: bool, jitter: float = 1.0) -> float | None:
    """Return the seconds to wait before the next attempt, or None where the outcome is final.

    Args:
        outcome: The outcome of the attempt.
        attempt: The number of the attempt, counted from 1.
        idempotent: Whether sending the request twice does no more than sending it once.
        jitter: A factor in (0, 1] that spreads clients which failed together. It never shortens a Retry-After.
    """
    if attempt >= MAX_ATTEMPTS or not _should_retry(outcome, idempotent=idempotent):
        return None
    if outcome.retry_after is not None:
        return max(outcome.retry_after, 0.0)
    return min(_FIRST_DELAY * 2.0 ** (attempt - 1), _MAX_DELAY) * jitter


def _should_retry(outcome: Outcome, *, idempotent: bool) -> bool:
    if outcome.failure in _FINAL_FAILURES:
        return False
    if outcome.failure in _RETRIED_FAILURES or outcome.status == _TOO_MANY_REQUESTS:
        return True
    if idempotent and outcome.is_unreadable:
        return True
    return idempotent and may_have_taken_effect(outcome)


def may_have_taken_effect(outcome: Outcome) -> bool:
    """Return whether the service may have executed the request without the client knowing it."""
    status = outcome.status or 0
    return outcome.failure is SendFailure.NO_RESPONSE or status >= _SERVER_ERROR or status in _GAVE_UP_WAITING


def parse_retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """Return the seconds of a Retry-After header, which has seconds or a date; None where it has neither.

    Args:
        header: The value of the header.
        now: The time by the service's clock, against which a date is measured; by default this machine's.
    """
    if not header:
        return None
    # Nine digits are thirty years. A longer number is an error, and would stop the whole process.
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", header):
        return float(header)
    until = parse_http_date(header)
    return None if until is None else max((until - (now or datetime.now(timezone.utc))).total_seconds(), 0.0)
