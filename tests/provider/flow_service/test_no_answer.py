"""What is told of a request that got no whole answer: whether something may have changed, and what to look at."""

from __future__ import annotations

import pytest

from pulumi_adobe.flow_service.errors import FlowServiceError, NoResponse, Unreachable
from pulumi_adobe.flow_service.no_answer import SendError, build_send_failure
from pulumi_adobe.flow_service.request import Request
from pulumi_adobe.flow_service.retry import SendFailure, Outcome

URL = "https://user@platform.example.com/data/x?next=//a@b/c"
LOCAL = "http://127.0.0.1:8765/data/x"
NO_ANSWER, NOT_SENT, NO_TIME = (
    Outcome(failure=failure) for failure in (SendFailure.NO_ANSWER, SendFailure.NOT_SENT, SendFailure.NO_TIME)
)


def told(request: Request, outcome: Outcome, attempts: int, *, unclear: bool) -> FlowServiceError:
    return build_send_failure(request, outcome, "the reason", attempts, may_have_taken_effect=unclear)


@pytest.mark.parametrize(("attempts", "tries"), [(1, ""), (2, " after 2 attempts"), (3, " after 3 attempts")])
def test_attempts_are_counted_where_there_was_more_than_one(attempts: int, tries: str) -> None:
    request = Request("POST", URL)

    lost = told(request, NO_ANSWER, attempts, unclear=True)
    unsent = told(request, NOT_SENT, attempts, unclear=False)

    assert lost.message == f"{request.name} got no answer{tries}: the reason."
    assert unsent.message == f"{request.name} could not be sent to platform.example.com{tries}: the reason."


@pytest.mark.parametrize(
    ("request_", "hint"),
    [
        (Request("GET", URL), "Nothing was changed; try again later."),
        (Request("POST", URL, form={"a": "b"}), "Nothing was changed; try again later."),
        (
            Request("POST", URL, json={}),
            "The change may have taken effect: run `pulumi refresh` before the next `pulumi up`.",
        ),
        (
            Request("DELETE", URL),
            "The change may have taken effect: run `pulumi refresh` before the next `pulumi up`.",
        ),
    ],
    ids=["read", "token", "create", "delete"],
)
def test_whether_it_may_have_taken_effect_is_told(request_: Request, hint: str) -> None:
    error = told(request_, NO_ANSWER, 1, unclear=True)

    assert isinstance(error, NoResponse)
    assert error.hint == hint


@pytest.mark.parametrize(
    ("url", "outcome", "hint"),
    [
        (
            URL,
            NO_TIME,
            (
                "Nothing was changed. Set a longer adobe:timeout: a request also waits for its turn under "
                "adobe:requestsPerSecond, for the pause that Adobe asks for with a 429, and for the access token."
            ),
        ),
        (
            LOCAL,
            NOT_SENT,
            (
                "Nothing was changed. Start the emulator (`make emulator` in its folder), or correct adobe:endpoint "
                "and adobe:imsEndpoint."
            ),
        ),
        (
            URL,
            NOT_SENT,
            (
                "Nothing was changed. Check adobe:endpoint and adobe:imsEndpoint, the network, HTTPS_PROXY, and the CA "
                "certificates (REQUESTS_CA_BUNDLE)."
            ),
        ),
    ],
    ids=["no time", "this machine", "elsewhere"],
)
def test_what_was_not_sent_is_told_with_what_to_look_at(url: str, outcome: Outcome, hint: str) -> None:
    error = told(Request("POST", url), outcome, 1, unclear=False)

    assert isinstance(error, Unreachable)
    assert error.hint == hint


def test_a_failure_keeps_its_class_and_its_reason() -> None:
    failed = SendError(SendFailure.NO_ANSWER, "timed out")

    assert (failed.failure, failed.reason) == (SendFailure.NO_ANSWER, "timed out")
    assert failed.args == (SendFailure.NO_ANSWER, "timed out")
