"""Tells the engine that something was made or changed although a later step failed, so that its id reaches the state.

The SDK has no way to say so. The engine has one, the error detail `ErrorResourceInitFailed`, which its other providers
use; it is put on the gRPC call that the plugin is answering (run with SDK 3.259 and 3.272). With the id and the outputs
in the state the next `pulumi up` calls update.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from contextlib import suppress
from types import FrameType
from typing import Any


class CallAborted(Exception):
    """The call has its answer; nothing that is raised after it is heard."""


def report_partial_failure(id_: str, properties: Mapping[str, Any], reason: str) -> None:
    """End the plugin's present call so. Returns where there is no such call: the caller must find another way.

    ``properties`` are the outputs as the plugin sends them, the pickled provider included.
    """
    import grpc  # noqa: PLC0415 - a program that declares resources imports this module too
    from google.protobuf.any_pb2 import Any as Packed  # noqa: PLC0415 - the same
    from pulumi.runtime import rpc  # noqa: PLC0415 - the same
    from pulumi.runtime.proto import provider_pb2, status_pb2  # noqa: PLC0415 - the same

    context = _find_call_context()
    if context is None:
        return
    loop = asyncio.new_event_loop()
    try:
        struct = loop.run_until_complete(rpc.serialize_properties(dict(properties), {}))
    finally:
        loop.close()
    detail = Packed()
    detail.Pack(provider_pb2.ErrorResourceInitFailed(id=id_, properties=struct, reasons=[reason]))
    # The plugin answers every exception with UNKNOWN, so the packed code must be that of UNKNOWN too.
    code = grpc.StatusCode.UNKNOWN
    packed = status_pb2.Status(code=code.value[0], message=reason, details=[detail])
    with suppress(Exception):
        context.abort_with_status(_Status(code, reason, (("grpc-status-details-bin", packed.SerializeToString()),)))
    raise CallAborted(reason)


class _Status:
    """What gRPC asks of a status."""

    def __init__(self, code: Any, details: str, trailing_metadata: tuple[tuple[str, bytes], ...]) -> None:
        self.code = code
        self.details = details
        self.trailing_metadata = trailing_metadata


def _find_call_context() -> Any:
    """The context of the call that is being answered: a local of the servicer's frame, somewhere above us."""
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - there is no public way
    while frame is not None:
        context = frame.f_locals.get("context")
        if hasattr(context, "abort_with_status"):
            return context
        frame = frame.f_back
    return None
