"""The gRPC call that the SDK's plugin is serving at the moment, and how to end it with a status of our own.

The SDK catches what provider code raises and answers with its traceback (SDK 3.272), or with `Exception calling
application: …` (SDK 3.259). Neither the clean message nor the engine's error details can be sent through a public API,
so this module finds the gRPC context of the call and ends the call itself. `tests/plugin/test_sdk.py` pins the SDK
versions for which this holds. Outside such a call, as in a test, `find_call` returns None.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn

from pulumi_adobe.plugin.error_reporting import CallStatus


class CallAborted(Exception):
    """The call has its answer: nothing that is raised after it reaches the engine."""


class ServedCall:
    """One gRPC call of the engine."""

    def __init__(self, context: Any, request: Any = None) -> None:
        self._context = context
        self._request = request

    @property
    def urn(self) -> str:
        """The URN of the resource that the call is about; empty if the SDK does not show it."""
        return str(getattr(self._request, "urn", ""))

    @property
    def input_names(self) -> frozenset[str]:
        """The names of the inputs that the state has of the resource; empty if the SDK does not show them.

        The engine sends them with a read (provider.proto, `ReadRequest.inputs`), and the SDK does not pass them on.
        """
        return frozenset(getattr(self._request, "inputs", None) or ())

    def abort(self, message: str, trailing_metadata: tuple[tuple[str, bytes], ...] = ()) -> NoReturn:
        """End the call with this message, and raise `CallAborted`."""
        import grpc  # noqa: PLC0415 - a program that declares resources imports this module too

        # The SDK answers every exception with UNKNOWN, so this does, too.
        status = CallStatus(grpc.StatusCode.UNKNOWN, message, trailing_metadata)
        with suppress(Exception):
            self._context.abort_with_status(status)
        # The SDK aborts the call once more, for the exception below, and would replace our message by a traceback.
        self._context.abort = _raise_call_aborted
        raise CallAborted(message)


def find_call() -> ServedCall | None:
    """Return the call that this thread serves. Its context is a local variable of the servicer's frame above us."""
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - there is no public way, see above
    while frame is not None:
        context = frame.f_locals.get("context")
        if hasattr(context, "abort_with_status"):
            return ServedCall(context, frame.f_locals.get("request"))
        frame = frame.f_back
    return None


def _raise_call_aborted(*_: object) -> NoReturn:
    raise CallAborted
