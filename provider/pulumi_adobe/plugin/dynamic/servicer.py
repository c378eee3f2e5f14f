"""Changes to the servicer of Pulumi's plugin for dynamic providers: Cancel ends waits, and checks wait for no create.

The plugin is in a process group of its own, so Ctrl-C does not reach it: the engine calls the gRPC method Cancel of
every provider, and waits for the calls that run. The SDK's method does nothing. The plugin serves all calls in four
threads. While four creates wait for Flow Service, the Check of the next resource would wait for one of them, and its
create could not begin when they end. So checks and diffs have threads of their own, those of other dynamic providers
in the same process too.

There is no public way to change either. gRPC has bound the methods before provider code runs, so this module changes
the functions. `tests/plugin/test_sdk.py` pins the SDK versions for which this holds; without it a wait lasts until its
timeout, and many creates take longer.
"""

from __future__ import annotations

import sys
from types import FunctionType
from typing import Any, Final

SERVICER: Final = "DynamicResourceProviderServicer"
PLANNING_THREADS: Final = 4
"""The threads of checks and diffs."""

_PLANNING_METHODS: Final = ("Check", "Diff")


def change_servicer() -> None:
    """Change Cancel to set `CANCELLED`, and run checks and diffs in threads of their own.

    Does nothing outside the plugin process.
    """
    servicer = getattr(sys.modules["__main__"], SERVICER, None)
    cancel = getattr(servicer, "Cancel", None)
    if not isinstance(cancel, FunctionType) or cancel.__code__.co_freevars or cancel.__code__ is _cancel.__code__:
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - a program imports this module too

    cancel.__code__ = _cancel.__code__
    planning_threads = ThreadPoolExecutor(max_workers=PLANNING_THREADS)
    pools = {"Cancel": ThreadPoolExecutor(max_workers=1), **dict.fromkeys(_PLANNING_METHODS, planning_threads)}
    for name, pool in pools.items():
        method = getattr(servicer, name, None)
        if isinstance(method, FunctionType):
            # gRPC runs a method in its own pool if it has this attribute (grpc/_server.py).
            method.experimental_thread_pool = pool  # type: ignore[attr-defined]  # see above


def _cancel(_servicer: Any, _request: Any, _context: Any) -> Any:
    """Answer Cancel. The code runs with the globals of the SDK's module, so it imports all that it uses."""
    from google.protobuf import empty_pb2  # noqa: PLC0415 - see above

    from pulumi_adobe.plugin.process import CANCELLED  # noqa: PLC0415 - see above

    CANCELLED.set()
    return empty_pb2.Empty()
