"""Which lines of the program the state notes of a resource."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_ABOVE = 7
"""Frames of the SDK between a constructor of ours and the place where it looks at the stack, and two more, in case."""


@contextmanager
def noted_up_to_the_program() -> Iterator[None]:
    """Have the SDK note the stack down to the program's own module, and not what lies below: runpy, the host, asyncio.

    It notes all frames with each resource (`pulumi/runtime/resource.py`, `_get_stack_trace`). A dozen are the same for
    every resource of every program, are a third of the state, and are written again with each step of an update.
    `traceback.extract_stack`, which it asks, obeys `sys.tracebacklimit`.
    """
    before = getattr(sys, "tracebacklimit", None)
    sys.tracebacklimit = _depth_of_the_program() + _ABOVE
    try:
        yield
    finally:
        if before is None:
            del sys.tracebacklimit
        else:
            sys.tracebacklimit = before


def _depth_of_the_program() -> int:
    """How many frames there are down to the module that runs as `__main__`; all, where a callback declares."""
    frame, depth = sys._getframe(3), 1  # noqa: SLF001 - documented, and the only way; 3: past contextlib's own
    while frame.f_back is not None and not _is_program(frame.f_code.co_name, frame.f_globals.get("__name__")):
        frame, depth = frame.f_back, depth + 1
    return depth


def _is_program(code: str, module: object) -> bool:
    return code == "<module>" and module == "__main__"
