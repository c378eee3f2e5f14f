"""The progress of a command, on standard error until its result is there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final, TypeVar

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from adobe_flow.safe_output import REDACTOR, SafeConsole, write_to_stderr

DELAY: Final = 1.0
"""Seconds without a line, unless standard error is a terminal: a quick command says nothing."""

_REPEAT: Final = 10.0

T = TypeVar("T")


@contextmanager
def show_progress(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """Yield a function to call with each part that is done: it shows a bar at a terminal, else a line for each part."""
    console = SafeConsole(stderr=True)
    if not console.is_terminal:
        yield _count_lines(what, total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda part: bar.update(task, advance=1, description=f"{what} {escape(_redact_step_name(part))}")


@contextmanager
def show_steps(delay: float = DELAY, repeat: float = _REPEAT) -> Iterator[Callable[[str], None]]:
    """Yield a function to call with the name of each step before it begins.

    At a terminal it shows the step beside a spinner. Elsewhere, such as in a pipeline, it writes a line with the
    current step after ``delay`` seconds, and every ``repeat`` seconds from then on.
    """
    console = SafeConsole(stderr=True)
    if console.is_terminal:
        with console.status("") as status:
            yield lambda step: status.update(escape(_redact_step_name(step)))
        return
    lines = _DelayedProgressLines(delay, repeat)
    lines.start()
    try:
        yield lines.set_step
    finally:
        lines.stop()


def run_step(step: str, action: Callable[[], T]) -> T:
    """Return what the action returns; meanwhile show the name of the step as `show_steps` does."""
    with show_steps() as report_step:
        report_step(step)
        return action()


class _DelayedProgressLines:
    """A writer of the present step, with a thread of its own, because the command waits in the main thread."""

    def __init__(self, delay: float, repeat: float) -> None:
        self._step = ""
        self._delay, self._repeat = delay, repeat
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def set_step(self, step: str) -> None:
        self._step = step

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        pause = self._delay
        while not self._ended.wait(pause):
            if self._step:
                with suppress(OSError, ValueError):  # standard error may be closed; the result does not depend on it
                    write_to_stderr(_to_single_line(self._step))
            pause = self._repeat


def _count_lines(what: str, total: int) -> Callable[[str], None]:
    count = 0

    def step(part: str) -> None:
        nonlocal count
        count += 1
        write_to_stderr(f"{what} {count}/{total}: {_to_single_line(part)}")

    return step


def _redact_step_name(part: str) -> str:
    return REDACTOR.to_message(_to_single_line(part))


def _to_single_line(text: str) -> str:
    return " ".join(text.split())
