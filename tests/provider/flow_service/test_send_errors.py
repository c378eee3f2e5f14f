"""Errors for requests that got no complete response: whether something may have changed, and the cause."""

from __future__ import annotations

import pytest

from pulumi_adobe.flow_service.errors import FlowServiceError, NoResponse, Unreachable
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.retry import Outcome, SendFailure
from pulumi_adobe.flow_service.send_errors import SendError, build_no_response, build_unreachable

URL = "https://user@platform.example.com/data/x?next=//a@b/c"
LOCAL = "http://127.0.0.1:8765/data/x"
NO_RESPONSE, NOT_SENT, NO_TIME = (
    Outcome(failure=failure) for failure in (SendFailure.NO_RESPONSE, SendFailure.NOT_SENT, SendFailure.NO_TIME)
)


def build_error(request: Request, outcome: Outcome, attempts: int, *, was_sent: bool) -> FlowServiceError:
    if was_sent:
        return build_no_response(request, "the reason", attempts)
    return build_unreachable(request, outcome, "the reason", attempts)


@pytest.mark.parametrize(("attempts", "tries"), [(1, ""), (2, " after 2 attempts"), (3, " after 3 attempts")])
def test_message_counts_the_attempts_if_there_were_several(attempts: int, tries: str) -> None:
    request = Request("POST", URL)

    no_response = build_error(request, NO_RESPONSE, attempts, was_sent=True)
    unreachable = build_error(request, NOT_SENT, attempts, was_sent=False)

    assert no_response.message == f"{request.name} got no response{tries}: the reason."
    assert unreachable.message == f"{request.name} could not be sent to platform.example.com{tries}: the reason."


@pytest.mark.parametrize(
    ("request_", "may_have_taken_effect"),
    [
        (Request("GET", URL), False),
        (Request("POST", URL, form={"a": "b"}), False),
        (Request("POST", URL, json={}), True),
        (Request("DELETE", URL), True),
    ],
    ids=["read", "token", "create", "delete"],
)
def test_only_a_write_may_have_taken_effect(request_: Request, *, may_have_taken_effect: bool) -> None:
    error = build_error(request_, NO_RESPONSE, 1, was_sent=True)

    assert isinstance(error, NoResponse)
    assert error.may_have_taken_effect is may_have_taken_effect


@pytest.mark.parametrize(
    ("url", "outcome", "is_out_of_time", "is_loopback"),
    [(URL, NO_TIME, True, False), (LOCAL, NOT_SENT, False, True), (URL, NOT_SENT, False, False)],
    ids=["no time", "this machine", "elsewhere"],
)
def test_unsent_request_is_unreachable_with_its_cause(
    url: str, outcome: Outcome, *, is_out_of_time: bool, is_loopback: bool
) -> None:
    error = build_error(Request("POST", url), outcome, 1, was_sent=False)

    assert isinstance(error, Unreachable)
    assert (error.is_out_of_time, error.is_loopback) == (is_out_of_time, is_loopback)


def test_send_error_keeps_failure_and_reason() -> None:
    error = SendError(SendFailure.NO_RESPONSE, "timed out")

    assert (error.failure, error.reason) == (SendFailure.NO_RESPONSE, "timed out")
    assert error.args == (SendFailure.NO_RESPONSE, "timed out")
