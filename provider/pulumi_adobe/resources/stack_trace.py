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
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from pulumi.runtime import resource as sdk_resource
from pulumi.runtime.proto import source_pb2

_PACKAGE = __name__.partition(".")[0]

_PROGRAM_TRACE: ContextVar[source_pb2.StackTrace | None] = ContextVar("program_trace", default=None)


@contextmanager
def limit_stack_trace() -> Iterator[None]:
    """Have the SDK store only the program's frames of the resource that is constructed inside."""
    frames = _find_program_frames(sys._getframe(2))  # noqa: SLF001 - documented; 2: past contextlib
    token = _PROGRAM_TRACE.set(source_pb2.StackTrace(frames=map(_describe_frame, frames)))
    try:
        yield
    finally:
        _PROGRAM_TRACE.reset(token)


def _find_program_frames(frame: FrameType | None) -> Iterator[FrameType]:
    """Return the frames, from ``frame`` outwards, between this package and the end of the program's module.

    A callback outside the program's module, as in `apply`, has all of its frames.
    """
    while frame is not None and str(frame.f_globals.get("__name__")).partition(".")[0] == _PACKAGE:
        frame = frame.f_back
    while frame is not None:
        yield frame
        if frame.f_globals.get("__name__") == "__main__" and frame.f_code.co_name == "<module>":
            return
        frame = frame.f_back


def _describe_frame(frame: FrameType) -> source_pb2.StackFrame:
    """Return the frame as the SDK describes it (`_get_source_position_for_frame`), but without reading its source."""
    uri = _get_uri(frame.f_code.co_filename)
    return source_pb2.StackFrame(pc=source_pb2.SourcePosition(uri=uri, line=frame.f_lineno) if uri else None)


@cache
def _get_uri(file_name: str) -> str | None:
    return Path(file_name).as_uri() if os.path.isabs(file_name) else None  # noqa: PTH117 - no Path for "<string>"


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
        program_trace = _PROGRAM_TRACE.get()
        trace: source_pb2.StackTrace = original() if program_trace is None else program_trace
        return trace

    sdk_resource._get_stack_trace = get_program_stack_trace  # noqa: SLF001 - see the module's docstring


_wrap_sdk_function()
