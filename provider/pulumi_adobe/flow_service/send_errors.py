"""Requests that got no complete response: the internal error, and the error for the caller after the last attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.retry import SendFailure
from pulumi_adobe.printable import end_sentence

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

    def through_proxy(self, proxy: str) -> SendError:
        """Return the same error, naming the proxy that the request was sent through."""
        return SendError(self.failure, f"{self.reason} (through the proxy {proxy})")


def build_no_response(request: Request, reason: str, attempts: int) -> errors.NoResponse:
    """Return the error for a request that may have reached the service, in one of its attempts.

    Args:
        request: The request.
        reason: The reason of the last failure.
        attempts: How many attempts were made.
    """
    return errors.NoResponse(
        end_sentence(f"{request.name} got no response{_describe_attempts(attempts)}: {reason}"),
        may_have_taken_effect=not request.only_reads,
    )


def build_unreachable(request: Request, outcome: Outcome, reason: str, attempts: int) -> errors.Unreachable:
    """Return the error for a request that was not sent; ``outcome`` is that of the last attempt, see above."""
    return errors.Unreachable(
        end_sentence(f"{request.name} could not be sent to {request.host}{_describe_attempts(attempts)}: {reason}"),
        is_out_of_time=outcome.failure is SendFailure.NO_TIME,
        # The parser of addresses allows plain HTTP for this machine alone.
        is_loopback=request.url.startswith("http://"),
    )


def _describe_attempts(attempts: int) -> str:
    return f" after {attempts} attempts" if attempts > 1 else ""
