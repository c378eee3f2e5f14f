"""Reports partial failures: the entity was created or changed although a later step failed, so the state needs its id.

The SDK has no way to say so. The engine has one, the error detail `ErrorResourceInitFailed`, which its other providers
use. With id and outputs in the state the next `pulumi up` calls update.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from pulumi_adobe.plugin.dynamic.call import find_call


def report_partial_failure(id_: str, properties: Mapping[str, Any], reason: str) -> None:
    """End the call so that the engine stores id and outputs. Returns if there is no call that could be ended.

    Args:
        id_: The id of the entity.
        properties: The outputs as the plugin sends them, including the pickled provider.
        reason: What failed; a redacted text.
    """
    call = find_call()
    if call is None:
        return
    from google.protobuf.any_pb2 import Any as PackedAny  # noqa: PLC0415 - a program imports this module too
    from pulumi.runtime.proto import provider_pb2, status_pb2  # noqa: PLC0415 - the same

    detail = PackedAny()
    detail.Pack(provider_pb2.ErrorResourceInitFailed(id=id_, properties=_serialize(properties), reasons=[reason]))
    status = status_pb2.Status(code=_GRPC_UNKNOWN, message=reason, details=[detail])
    call.abort(reason, (("grpc-status-details-bin", status.SerializeToString()),))


_GRPC_UNKNOWN = 2
"""The number of gRPC's status UNKNOWN, which the packed status must repeat."""


def _serialize(properties: Mapping[str, Any]) -> Any:
    from pulumi.runtime import rpc  # noqa: PLC0415 - a program imports this module too

    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(rpc.serialize_properties(dict(properties), {}))
    finally:
        loop.close()
