"""Shows the board: a live table on a terminal, else a line for each stack that has ended; and the sum of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from rich.console import Console, Group
from rich.live import Live
from rich.table import Column, Table
from rich.text import Text

from fleet_runner.board import Board, Line, State

_STYLES: Final = {
    State.WAITING: "dim",
    State.RUNNING: "cyan",
    State.DONE: "green",
    State.UP_TO_DATE: "dim green",
    State.FAILED: "bold red",
}
_FIRST: Final = (State.FAILED, State.RUNNING, State.DONE, State.UP_TO_DATE, State.WAITING)
"""What is shown where the terminal has not enough lines for all."""
_AROUND: Final = 6
"""Lines of the table's frame and of the counts."""


@contextmanager
def shown(names: Sequence[str], console: Console) -> Iterator[Board]:
    """A board that is shown as long as this lasts."""
    if not console.is_terminal:
        yield Board(names, lambda line: console.print(as_text(line), markup=False, highlight=False, soft_wrap=True))
        return
    board = Board(names)
    with Live(get_renderable=lambda: table(board.lines(), console.height), console=console, refresh_per_second=4):
        yield board


def table(lines: Sequence[Line], height: int) -> Group:
    """As many lines as the terminal has room for, those that matter most, in the list's order, and the counts."""
    shown_lines = most_important(lines, height - _AROUND)
    made = Table("sandbox", "state", "changed", "seconds", Column("why", ratio=1), expand=True)
    for line in shown_lines:
        cells = (line.name, line.state.value, str(line.changed or ""), _seconds(line), line.reason)
        made.add_row(*(Text(cell, style=_STYLES[line.state], overflow="ellipsis", no_wrap=True) for cell in cells))
    return Group(made, Text(counts(lines)))


def most_important(lines: Sequence[Line], room: int) -> list[Line]:
    """At most ``room`` lines: the failed ones first, then the running ones, kept in their order."""
    ranked = sorted(range(len(lines)), key=lambda index: _FIRST.index(lines[index].state))
    return [lines[index] for index in sorted(ranked[: max(room, 1)])]


def as_text(line: Line) -> str:
    """One stack that has ended, as a line of a log."""
    said = f"{line.name}: {line.state.value}, {line.changed} changed, {line.seconds:.1f} s"
    return f"{said}: {line.reason}" if line.reason else said


def counts(lines: Sequence[Line]) -> str:
    """How many stacks are in which state."""
    number = Counter(line.state for line in lines)
    return ", ".join(f"{number[state]} {state.value}" for state in State if number[state])


def summary(lines: Sequence[Line], seconds: float) -> str:
    """What came out of the whole run."""
    failed = [as_text(line) for line in lines if line.state is State.FAILED]
    changed = sum(line.changed for line in lines)
    return "\n".join([*failed, f"{counts(lines)}; {changed} connections changed in {seconds:.0f} s"])


def asked(requests: Counter[str]) -> str:
    """How many requests of which kind."""
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(requests.items()))
    return f"{sum(requests.values())} requests: {kinds}" if kinds else "no request"


def _seconds(line: Line) -> str:
    if line.state is State.WAITING:
        return ""
    return f"{time.monotonic() - line.began if line.state is State.RUNNING else line.seconds:.1f}"
