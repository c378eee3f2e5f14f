"""Ends a call of the SDK's plugin, which has no way of its own to report a partial failure."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from pulumi_adobe.plugin.dynamic.call import find_call
from pulumi_adobe.plugin.partial_failure import DETAILS_KEY, build_failure_details


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
    call.abort(reason, ((DETAILS_KEY, build_failure_details(id_, _serialize(properties), reason)),))


def _serialize(properties: Mapping[str, Any]) -> Any:
    from pulumi.runtime import rpc  # noqa: PLC0415 - a program imports this module too

    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(rpc.serialize_properties(dict(properties), {}))
    finally:
        loop.close()
