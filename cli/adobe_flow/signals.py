"""Signals that end a command. SIGTERM and SIGHUP end it in the same order as Ctrl-C: Pulumi first, folders last."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

ENDING_SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""Ctrl-C, an end by the system or a CI, and a terminal that is closed. Windows has no SIGHUP."""


class EndedBySignal(KeyboardInterrupt):
    """The command received SIGTERM or SIGHUP; handlers of Ctrl-C handle it too."""


@contextmanager
def handle_ending_signals() -> Iterator[None]:
    """Raise `EndedBySignal` at the first SIGTERM or SIGHUP, and exit with 128 + its number.

    Later ones are ignored, because a closed terminal sends SIGHUP twice. A signal that the parent process has set to be
    ignored stays ignored, as `nohup` wants it.
    """
    received: list[int] = []

    def raise_once(number: int, _frame: object) -> None:
        if not received:
            received.append(number)
            raise EndedBySignal

    previous = {
        number: signal.signal(number, raise_once)
        for number in ENDING_SIGNALS
        if number != signal.SIGINT and signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        if not received:
            raise
        sys.exit(128 + received[0])
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
