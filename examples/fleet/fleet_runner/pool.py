"""Runs one function for many things, a bounded number at once; after a signal what has begun comes to its end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

_T = TypeVar("_T")
_SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Ctrl-C, a CI that cancels, and a terminal that is closed, which Windows does not tell."""


def run_all(things: Sequence[_T], work: Callable[[_T], None], at_once: int) -> bool:
    """Whether no signal came meanwhile; raises what ``work`` raises, at the end. To be called in the main thread."""
    with _stopped_by_signals() as stopped, ThreadPoolExecutor(at_once) as pool:

        def unless_stopped(thing: _T) -> None:
            if not stopped.is_set():
                work(thing)

        for future in [pool.submit(unless_stopped, each) for each in things]:
            future.result()
    return not stopped.is_set()


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """No exception at any line, which would leave threads behind: the signal is only noted."""
    stopped = threading.Event()
    before = {each: signal.signal(each, lambda _number, _frame: stopped.set()) for each in _SIGNALS}
    try:
        yield stopped
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
