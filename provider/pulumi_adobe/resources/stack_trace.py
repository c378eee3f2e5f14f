"""The stack trace that Pulumi stores with each resource, limited to the program's own frames.

The SDK stores every frame (`_get_stack_trace` in pulumi/runtime/resource.py): those of this package above the program's
line, and a dozen of the language host and asyncio below it. They are the same for every resource, make up a third of
the state, and Pulumi writes the whole state at each step of an update. The SDK has no option for it, so its function is
wrapped. The wrapper changes nothing except inside `limit_stack_trace`, in the same thread;
`tests/provider/resources/test_stack_trace.py` fails if an SDK has no such function any more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType
from typing import Any

from pulumi.runtime import resource as sdk_resource
from pulumi.runtime.proto import source_pb2

_PACKAGE = __name__.partition(".")[0]

_FRAMES_TO_KEEP: ContextVar[slice | None] = ContextVar("frames_to_keep", default=None)


@contextmanager
def limit_stack_trace() -> Iterator[None]:
    """Have the SDK store only the program's frames of the resource that is constructed inside.

    Must be entered in the constructor that calls the SDK's constructor: the SDK's first frame is that one.
    """
    token = _FRAMES_TO_KEEP.set(_find_program_frames(sys._getframe(2)))  # noqa: SLF001 - documented; 2: past contextlib
    try:
        yield
    finally:
        _FRAMES_TO_KEEP.reset(token)


def _find_program_frames(frame: FrameType) -> slice:
    """Return which frames, from ``frame`` outwards, lie between this package and the end of the program's module."""
    depth, start, current = 0, None, frame
    while True:
        module = current.f_globals.get("__name__")
        if start is None and str(module).partition(".")[0] != _PACKAGE:
            start = depth
        if module == "__main__" and current.f_code.co_name == "<module>":
            return slice(start, depth + 1)
        if current.f_back is None:
            # A callback that runs outside of the program's module, as in `apply`.
            return slice(start, None)
        current, depth = current.f_back, depth + 1


def describe_program_line() -> str:
    """Return the file and the line of the program that called into this package, as the last line of a message.

    It is empty if no frame of a program is on the stack.
    """
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - documented
    while frame is not None and str(frame.f_globals.get("__name__")).partition(".")[0] == _PACKAGE:
        frame = frame.f_back
    if frame is None:
        return ""
    return f"\n(in {os.path.relpath(frame.f_code.co_filename)}, line {frame.f_lineno})"


def _wrap_sdk_function() -> None:
    original: Any = getattr(sdk_resource, "_get_stack_trace", None)
    if original is None:
        return

    def get_program_stack_trace() -> source_pb2.StackTrace:
        trace: source_pb2.StackTrace = original()
        frames_to_keep = _FRAMES_TO_KEEP.get()
        return trace if frames_to_keep is None else source_pb2.StackTrace(frames=trace.frames[frames_to_keep])

    sdk_resource._get_stack_trace = get_program_stack_trace  # noqa: SLF001 - see the module's docstring


_wrap_sdk_function()
