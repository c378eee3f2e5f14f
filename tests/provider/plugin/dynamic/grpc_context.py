"""A stand-in for the gRPC context of a served call, which records how the call was ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn


class CallEndedError(Exception):
    """What gRPC raises once a call has been ended."""


class RecordingContext:
    """Records the statuses that a call is ended with; as in gRPC, ending a call raises."""

    def __init__(self) -> None:
        self.statuses: list[Any] = []
        self.aborts: list[tuple[Any, ...]] = []

    def abort_with_status(self, status: Any) -> NoReturn:
        self.statuses.append(status)
        raise CallEndedError

    def abort(self, *arguments: Any) -> NoReturn:
        self.aborts.append(arguments)
        raise CallEndedError


def serve(context: RecordingContext, handler: Callable[[], object]) -> object:  # noqa: ARG001 - found by its name
    """Run the handler under a frame with a local variable ``context``, as the SDK's servicer does."""
    return handler()
