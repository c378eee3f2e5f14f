"""Output of the board: a live table on a terminal, else a line for each stack that has ended; and a summary."""

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

from fleet_runner.board import Board, BoardLine, StackState

_STYLES: Final = {
    StackState.WAITING: "dim",
    StackState.RUNNING: "cyan",
    StackState.DONE: "green",
    StackState.UP_TO_DATE: "dim green",
    StackState.FAILED: "bold red",
}
_FIRST: Final = (StackState.FAILED, StackState.RUNNING, StackState.DONE, StackState.UP_TO_DATE, StackState.WAITING)
"""The order in which states are shown if the terminal has too few lines for all stacks."""
_AROUND: Final = 6
"""The lines that the frame of the table and the counts take."""


@contextmanager
def show_board(names: Sequence[str], console: Console) -> Iterator[Board]:
    """Yield a board, and show it until the end of the block."""
    if not console.is_terminal:
        yield Board(names, lambda line: console.print(format_line(line), markup=False, highlight=False, soft_wrap=True))
        return
    board = Board(names)
    with Live(
        get_renderable=lambda: build_table(board.list_lines(), console.height), console=console, refresh_per_second=4
    ):
        yield board


def build_table(lines: Sequence[BoardLine], height: int) -> Group:
    """Build a table of the most important lines that the terminal has room for, and the counts of all."""
    shown_lines = select_lines(lines, height - _AROUND)
    table = Table("sandbox", "state", "changed", "seconds", Column("why", ratio=1), expand=True)
    for line in shown_lines:
        cells = (line.name, line.state.value, str(line.changed or ""), _format_seconds(line), line.reason)
        table.add_row(*(Text(cell, style=_STYLES[line.state], overflow="ellipsis", no_wrap=True) for cell in cells))
    return Group(table, Text(format_counts(lines)))


def select_lines(lines: Sequence[BoardLine], room: int) -> list[BoardLine]:
    """Select at most ``room`` lines, failed stacks first and running ones next, and keep their order."""
    ranked = sorted(range(len(lines)), key=lambda index: _FIRST.index(lines[index].state))
    return [lines[index] for index in sorted(ranked[: max(room, 1)])]


def format_line(line: BoardLine) -> str:
    """Return the line of a log for a stack that has ended."""
    text = f"{line.name}: {line.state.value}, {line.changed} changed, {line.seconds:.1f} s"
    return f"{text}: {line.reason}" if line.reason else text


def format_counts(lines: Sequence[BoardLine]) -> str:
    """Return how many stacks are in each state."""
    number = Counter(line.state for line in lines)
    return ", ".join(f"{number[state]} {state.value}" for state in StackState if number[state])


def format_summary(lines: Sequence[BoardLine], seconds: float) -> str:
    """Return the failed stacks, the counts of the states and the number of changes."""
    failed = [format_line(line) for line in lines if line.state is StackState.FAILED]
    changed = sum(line.changed for line in lines)
    return "\n".join([*failed, f"{format_counts(lines)}; {changed} connections changed in {seconds:.0f} s"])


def format_requests(requests: Counter[str]) -> str:
    """Return the number of all requests, and of each kind."""
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(requests.items()))
    return f"{sum(requests.values())} requests: {kinds}" if kinds else "no request"


def _format_seconds(line: BoardLine) -> str:
    if line.state is StackState.WAITING:
        return ""
    return f"{time.monotonic() - line.began if line.state is StackState.RUNNING else line.seconds:.1f}"
