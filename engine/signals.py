"""SIGTERM and SIGHUP, which end a command in the same order as Ctrl-C: the running program first, then the set-up."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class EndedBySignal(KeyboardInterrupt):
    """The command received SIGTERM or SIGHUP; handlers of Ctrl-C handle it too."""

    def __init__(self, number: int) -> None:
        """Store the number of the signal."""
        super().__init__(number)
        self.exit_code = 128 + number


@contextmanager
def handle_ending_signals() -> Iterator[None]:
    """Raise `EndedBySignal` at the first SIGTERM or SIGHUP, and ignore later ones: a closed terminal sends two.

    A signal that the parent process has set to be ignored stays ignored, as `nohup` wants it.
    """
    received: list[int] = []

    def raise_once(number: int, _frame: object) -> None:
        if not received:
            received.append(number)
            raise EndedBySignal(number)

    previous = {
        number: signal.signal(number, raise_once)
        for number in _SIGNALS
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
