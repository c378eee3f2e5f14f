"""Requests that got no complete response: the internal error, and the error for the caller after the last attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.retry import SendFailure

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.request import Request
    from pulumi_adobe.flow_service.retry import Outcome


class SendError(Exception):
    """No complete response came back. The reason has neither an address nor a body."""

    def __init__(self, failure: SendFailure, reason: str) -> None:
        """Keep the failure for the retry policy, and the reason for people."""
        super().__init__(failure, reason)
        self.failure = failure
        self.reason = reason


def build_send_failure(
    request: Request, outcome: Outcome, reason: str, attempts: int, *, was_sent: bool
) -> errors.FlowServiceError:
    """Return the error for a request that got no complete response.

    Args:
        request: The request.
        outcome: The outcome of the last attempt.
        reason: The reason of the last failure.
        attempts: How many attempts were made.
        was_sent: Whether this attempt or an earlier one may have reached the service.
    """
    attempts_suffix = f" after {attempts} attempts" if attempts > 1 else ""
    if was_sent:
        return errors.NoResponse(
            f"{request.name} got no response{attempts_suffix}: {reason}.",
            may_have_taken_effect=request.method != "GET" and request.form is None,
        )
    host = request.url.partition("//")[2].partition("/")[0].rpartition("@")[2]
    return errors.Unreachable(
        f"{request.name} could not be sent to {host}{attempts_suffix}: {reason}.",
        is_out_of_time=outcome.failure is SendFailure.NO_TIME,
        # The parser of addresses allows plain HTTP for this machine alone.
        is_loopback=request.url.startswith("http://"),
    )
