"""Signals during the part of a probe that writes: the first one ends it, and none stops the deletion afterwards."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from adobe_flow.signals import ENDING_SIGNALS


@contextmanager
def interrupt_once(explain: Callable[[], None]) -> Iterator[None]:
    """Let the first signal have its usual effect, which is an exception, and call ``explain`` for each later one.

    A signal that is ignored stays ignored.
    """
    received: list[int] = []
    previous: dict[int, Any] = {}

    def handle_signal(number: int, frame: Any) -> None:
        received.append(number)
        if len(received) > 1:
            explain()
            return
        handler = previous[number]
        if callable(handler):
            handler(number, frame)
        raise KeyboardInterrupt

    for number in ENDING_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            previous[number] = signal.getsignal(number)
            signal.signal(number, handle_signal)
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
