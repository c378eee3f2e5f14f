"""How far a command is, told on standard error while its result is still to come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """Gives a function to call with each part that is done: a bar at a terminal, else a line for each."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(what, total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda part: bar.update(task, advance=1, description=f"{what} {escape(_line(part))}")


def _lines(what: str, total: int) -> Callable[[str], None]:
    done = 0

    def step(part: str) -> None:
        nonlocal done
        done += 1
        sys.stderr.write(f"{what} {done}/{total}: {_line(part)}\n")

    return step


def _line(text: str) -> str:
    return " ".join(text.split())
