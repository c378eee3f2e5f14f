"""Cancellation: Ctrl-C ends the waits of the plugin process.

The plugin is in a process group of its own, so it gets no SIGINT: the engine calls the gRPC method Cancel of every
provider, and waits for the calls that run. The method of Pulumi's SDK does nothing, and there is no public way to add
to it. gRPC has bound the method before provider code runs, so this module replaces the code of the function.
`tests/plugin/test_sdk.py` pins the SDK versions for which this holds; without it a wait lasts until its timeout.
"""

from __future__ import annotations

import sys
from types import FunctionType
from typing import Any, Final


def watch_cancel_calls() -> None:
    """Have the plugin's method Cancel set `CANCELLED`. Does nothing outside the plugin process."""
    cancel = getattr(getattr(sys.modules["__main__"], SERVICER, None), "Cancel", None)
    if not isinstance(cancel, FunctionType) or cancel.__code__.co_freevars or cancel.__code__ is _cancel.__code__:
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - a program imports this module too

    cancel.__code__ = _cancel.__code__
    # gRPC runs a method in its own pool if it has this attribute (grpc/_server.py). The server's four threads may all
    # be waiting, and the call would wait for one of them.
    cancel.experimental_thread_pool = ThreadPoolExecutor(max_workers=1)  # type: ignore[attr-defined]  # see above


SERVICER: Final = "DynamicResourceProviderServicer"


def _cancel(_servicer: Any, _request: Any, _context: Any) -> Any:
    """Answer Cancel. The code runs with the globals of the SDK's module, so it imports all that it uses."""
    from google.protobuf import empty_pb2  # noqa: PLC0415 - see above

    from pulumi_adobe.plugin.process import CANCELLED  # noqa: PLC0415 - see above

    CANCELLED.set()
    return empty_pb2.Empty()
