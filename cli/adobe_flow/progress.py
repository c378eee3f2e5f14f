"""How far a command is, told on standard error while its result is still to come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from adobe_flow.shown import REDACTOR, SafeConsole, say


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """Gives a function to call with each part that is done: a bar at a terminal, else a line for each."""
    console = SafeConsole(stderr=True)
    if not console.is_terminal:
        yield _lines(what, total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda part: bar.update(task, advance=1, description=f"{what} {escape(_shown(part))}")


def _lines(what: str, total: int) -> Callable[[str], None]:
    done = 0

    def step(part: str) -> None:
        nonlocal done
        done += 1
        say(f"{what} {done}/{total}: {_line(part)}")

    return step


def _shown(part: str) -> str:
    return REDACTOR.to_message(_line(part))


def _line(text: str) -> str:
    return " ".join(text.split())
