"""The progress of all stacks, shared by the threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final


class StackState(Enum):
    """The state of a stack as the table shows it, such as `running` or `failed`."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    UP_TO_DATE = "up to date"
    FAILED = "failed"


INTERRUPTED: Final = 130
"""The exit code after Ctrl-C, as in shells."""


@dataclass(frozen=True)
class BoardLine:
    """The progress of one stack: the changes so far, its start or its duration, and the reason of a failure."""

    name: str
    state: StackState = StackState.WAITING
    changed: int = 0
    began: float = 0.0
    seconds: float = 0.0
    reason: str = ""


class Board:
    """The lines of all stacks; ``on_end`` is called with each stack that has ended."""

    def __init__(self, names: Sequence[str], on_end: Callable[[BoardLine], None] = lambda _line: None) -> None:
        self._lines = {name: BoardLine(name) for name in names}
        self._lock = threading.Lock()
        self._on_end = on_end

    def list_lines(self) -> list[BoardLine]:
        """Return the lines of all stacks."""
        with self._lock:
            return list(self._lines.values())

    def begin_stack(self, name: str) -> None:
        """Record the start of a stack's update."""
        self._change_line(name, state=StackState.RUNNING, began=time.monotonic())

    def add_change(self, name: str) -> None:
        """Count one more resource of the stack that was created, updated or deleted."""
        with self._lock:
            line = self._lines[name]
            self._lines[name] = replace(line, changed=line.changed + 1)

    def end_stack(self, name: str, state: StackState, reason: str = "") -> None:
        """Record the end of a stack's update."""
        began = self._lines[name].began
        self._change_line(name, state=state, reason=reason, seconds=time.monotonic() - began)
        self._on_end(self._lines[name])

    def _change_line(self, name: str, **fields: object) -> None:
        with self._lock:
            self._lines[name] = replace(self._lines[name], **fields)  # type: ignore[arg-type]  # the callers above


def compute_exit_code(lines: Sequence[BoardLine], *, interrupted: bool = False) -> int:
    """Return 0 if every stack is as declared, 1 if one failed, 130 if the run was interrupted."""
    if interrupted:
        return INTERRUPTED
    return 0 if all(line.state in (StackState.DONE, StackState.UP_TO_DATE) for line in lines) else 1
