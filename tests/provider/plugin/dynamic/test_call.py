"""The gRPC call that the SDK's plugin is serving is found, and ended with a status of our own."""

from __future__ import annotations

import grpc
import pytest

from pulumi_adobe.plugin.dynamic.call import CallAborted, find_call
from tests.provider.plugin.dynamic.grpc_context import CallEndedError, RecordingContext, serve


def _abort(message: str, trailing_metadata: tuple[tuple[str, bytes], ...] = ()) -> None:
    call = find_call()
    assert call is not None
    call.abort(message, trailing_metadata)


def test_grpc_call_is_not_found_outside_of_one() -> None:
    assert find_call() is None


def test_variable_named_context_of_another_type_is_not_taken_for_a_call() -> None:
    context = {"abort_with_status": "text"}

    assert context
    assert find_call() is None


def test_abort_ends_the_call_with_message_and_metadata() -> None:
    context = RecordingContext()

    with pytest.raises(CallAborted):
        serve(context, lambda: _abort("message", (("key", b"value"),)))

    (status,) = context.statuses
    assert (status.code, status.details) == (grpc.StatusCode.UNKNOWN, "message")
    assert status.trailing_metadata == (("key", b"value"),)


def test_sdk_cannot_replace_the_message_afterwards() -> None:
    """The SDK catches every exception and aborts the call with its traceback."""
    context = RecordingContext()
    with pytest.raises(CallAborted):
        serve(context, lambda: _abort("message"))

    with pytest.raises(CallAborted):
        context.abort(grpc.StatusCode.UNKNOWN, "Traceback …")

    assert context.aborts == []


def test_other_grpc_calls_keep_their_own_abort() -> None:
    with pytest.raises(CallAborted):
        serve(RecordingContext(), lambda: _abort("message"))

    with pytest.raises(CallEndedError):
        RecordingContext().abort(grpc.StatusCode.UNKNOWN, "another call")
