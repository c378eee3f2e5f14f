"""When to send a request again, and after how long: one pure function.

The gateway's 429 carries Retry-After in seconds, or nothing (facts: User Management API, ServiceNow KB3006995).
A second POST could make a second connection, since Flow Service knows no idempotency key and no unique names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum

from pulumi_adobe.flow_service.clock import parse_http_date


class SendFailure(Enum):
    """Why there is no answer."""

    NOT_SENT = "no connection could be made"
    NOT_TRUSTED = "the server's certificate was refused"
    IMPOSSIBLE = "the request itself cannot be sent: its address, a header or its body"
    NO_TIME = "no time was left to send it"
    NO_ANSWER = "the connection ended, or timed out, before a whole answer came"


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt: a status, or why there is none. ``retry_after`` is in seconds."""

    status: int | None = None
    failure: SendFailure | None = None
    retry_after: float | None = None


_FINAL_FAILURES = {SendFailure.NOT_TRUSTED, SendFailure.IMPOSSIBLE, SendFailure.NO_TIME}
MAX_ATTEMPTS = 6
_FIRST_DELAY = 0.5
_MAX_DELAY = 20.0
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500


def retry_delay(outcome: Outcome, attempt: int, *, idempotent: bool, jitter: float = 1.0) -> float | None:
    """Seconds to wait before sending again, or None where the outcome is final.

    ``attempt`` counts from 1. ``repeatable`` says that a second effect of the same request does no harm.
    ``jitter``, in (0, 1], spreads clients that failed together; it never shortens what the service asked for.
    """
    if attempt >= MAX_ATTEMPTS or not _should_retry(outcome, idempotent=idempotent):
        return None
    if outcome.retry_after is not None:
        return max(outcome.retry_after, 0.0)
    return min(_FIRST_DELAY * 2.0 ** (attempt - 1), _MAX_DELAY) * jitter


def _should_retry(outcome: Outcome, *, idempotent: bool) -> bool:
    if outcome.failure in _FINAL_FAILURES:
        return False
    if outcome.failure is SendFailure.NOT_SENT or outcome.status == _TOO_MANY_REQUESTS:
        return True
    return idempotent and may_have_taken_effect(outcome)


def may_have_taken_effect(outcome: Outcome) -> bool:
    """Whether nobody here can tell if the service did what was asked."""
    return outcome.failure is SendFailure.NO_ANSWER or (outcome.status or 0) >= _SERVER_ERROR


def parse_retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """The seconds that a Retry-After header asks for, given as seconds or as a date; None where it says nothing."""
    if not header:
        return None
    # Nine digits are thirty years: more is no answer, and the whole process would stand still for it.
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", header):
        return float(header)
    until = parse_http_date(header)
    return None if until is None else max((until - (now or datetime.now(timezone.utc))).total_seconds(), 0.0)
