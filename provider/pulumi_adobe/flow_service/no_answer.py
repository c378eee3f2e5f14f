"""Requests that got no whole answer: why, and the error for those that are not sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_adobe.flow_service import errors
from pulumi_adobe.flow_service.retry import SendFailure

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.request import Request
    from pulumi_adobe.flow_service.retry import Outcome


class SendError(Exception):
    """No whole answer: why, and in words that hold no address and no body."""

    def __init__(self, failure: SendFailure, reason: str) -> None:
        """Keep the reason beside its class."""
        super().__init__(failure, reason)
        self.failure = failure
        self.reason = reason


def build_send_failure(
    request: Request, outcome: Outcome, reason: str, attempts: int, *, may_have_taken_effect: bool
) -> errors.FlowServiceError:
    """The error for it. ``unclear`` says that this attempt or an earlier one may have reached the service."""
    attempts_suffix = f" after {attempts} attempts" if attempts > 1 else ""
    if may_have_taken_effect:
        return errors.NoResponse(f"{request.name} got no answer{attempts_suffix}: {reason}.", _hint_for_no_response(request))
    host = request.url.partition("//")[2].partition("/")[0].rpartition("@")[2]
    message = f"{request.name} could not be sent to {host}{attempts_suffix}: {reason}."
    if outcome.failure is SendFailure.NO_TIME:
        return errors.Unreachable(
            message,
            "Nothing was changed. Set a longer adobe:timeout: a request also waits for its turn under "
            "adobe:requestsPerSecond, for the pause that Adobe asks for with a 429, and for the access token.",
        )
    if request.url.startswith("http://"):  # which goes to this machine alone: `setting_values.py`
        return errors.Unreachable(
            message,
            "Nothing was changed. Start the emulator (`make emulator` in its folder), or correct adobe:endpoint and "
            "adobe:imsEndpoint.",
        )
    return errors.Unreachable(
        message,
        "Nothing was changed. Check adobe:endpoint and adobe:imsEndpoint, the network, HTTPS_PROXY, and the CA "
        "certificates (REQUESTS_CA_BUNDLE).",
    )


def _hint_for_no_response(request: Request) -> str:
    if request.method == "GET" or request.form is not None:
        return "Nothing was changed; try again later."
    return "The change may have taken effect: run `pulumi refresh` before the next `pulumi up`."
