"""Messages to the person at the terminal: the engine shows each at the resource that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Final

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from pulumi_adobe.plugin.messages import REDACTOR

_WARNING: Final = "warning: "
"""How a message begins that the engine shows as a warning."""

_SECONDS: Final = 10.0
_URN: Final[ContextVar[str]] = ContextVar("urn", default="")


class EngineMessages:
    """The messages of this process to its engine."""

    def __init__(self, address: str) -> None:
        self.connect(address)

    def connect(self, address: str) -> None:
        """Send the messages to the engine at this address from now on."""
        self._engine = engine_pb2_grpc.EngineStub(grpc.insecure_channel(address))

    def show(self, text: str) -> None:
        """Show a text without any known secret, at the resource of the call that this thread serves."""
        shown_text = REDACTOR.to_message(text)
        is_warning = shown_text.startswith(_WARNING)
        engine = self._engine
        with suppress(grpc.RpcError):  # an engine that is gone shows nothing
            engine.Log(
                engine_pb2.LogRequest(
                    severity=engine_pb2.WARNING if is_warning else engine_pb2.INFO,
                    message=shown_text.removeprefix(_WARNING),
                    urn=_URN.get(),
                ),
                timeout=_SECONDS,
            )


@contextmanager
def show_at(urn: str) -> Iterator[None]:
    """Have the messages of this thread belong to the resource with this URN; to the stack if it is empty."""
    token = _URN.set(urn)
    try:
        yield
    finally:
        _URN.reset(token)
