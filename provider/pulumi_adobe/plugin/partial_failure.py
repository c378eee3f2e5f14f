"""Reports partial failures: the entity was created or changed although a later step failed, so the state needs its id.

The engine's way to say so is the error detail `ErrorResourceInitFailed`. With id and outputs in the state the next
`pulumi up` calls update.
"""

from __future__ import annotations

from typing import Any, Final

DETAILS_KEY: Final = "grpc-status-details-bin"
"""The trailing metadata of a gRPC call that has the details of its status."""

_GRPC_UNKNOWN: Final = 2
"""The number of gRPC's status UNKNOWN, which the packed status must repeat."""


def build_failure_details(id_: str, properties: Any, reason: str, inputs: Any = None) -> bytes:
    """Return the value of `DETAILS_KEY` with which the engine stores id, outputs and inputs after a failed call.

    Args:
        id_: The id of the entity.
        properties: The outputs, as a protobuf `Struct`.
        reason: What failed; a redacted text.
        inputs: The inputs, as a protobuf `Struct`; None leaves those of the call.
    """
    from google.protobuf.any_pb2 import Any as PackedAny  # noqa: PLC0415 - a program imports this module too
    from pulumi.runtime.proto import provider_pb2, status_pb2  # noqa: PLC0415 - the same

    detail = PackedAny()
    detail.Pack(provider_pb2.ErrorResourceInitFailed(id=id_, properties=properties, reasons=[reason], inputs=inputs))
    status = status_pb2.Status(code=_GRPC_UNKNOWN, message=reason, details=[detail])
    return bytes(status.SerializeToString())
