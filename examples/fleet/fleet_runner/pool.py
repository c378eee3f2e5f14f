"""A thread pool that runs a bounded number of calls at once and, after a signal, starts no more."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

_T = TypeVar("_T")
_SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals of Ctrl-C, of a CI that cancels, and of a closed terminal, which Windows does not have."""


def run_concurrently(items: Sequence[_T], work: Callable[[_T], None], at_once: int) -> bool:
    """Call ``work`` for each item with a limited number of threads; return False after a signal.

    After a signal, the calls that run come to their end and no more begin. An error of ``work`` is raised at the end.
    Call this in the main thread.
    """
    with _set_event_on_signal() as signalled, ThreadPoolExecutor(at_once) as pool:

        def run_unless_signalled(item: _T) -> None:
            if not signalled.is_set():
                work(item)

        for future in [pool.submit(run_unless_signalled, item) for item in items]:
            future.result()
    return not signalled.is_set()


@contextmanager
def _set_event_on_signal() -> Iterator[threading.Event]:
    """Yield an event that SIGINT, SIGTERM or SIGHUP sets, in place of an exception that would leave threads running."""
    signalled = threading.Event()
    old_handlers = {number: signal.signal(number, lambda _number, _frame: signalled.set()) for number in _SIGNALS}
    try:
        yield signalled
    finally:
        for number, handler in old_handlers.items():
            signal.signal(number, handler)
