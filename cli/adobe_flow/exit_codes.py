"""What the exit code of a command says."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
"""It did what was asked, and there is nothing to attend to."""

FOUND: Final = 1
"""It did what was asked, and found something to attend to: a difference, a failed test, something that expires."""

USAGE: Final = 2
"""The command was not understood; nothing was done."""

FAILED: Final = 3
"""It could not be done: settings, the service, the stack. The message says whether anything was changed."""

INTERRUPTED: Final = 130
"""Ended with Ctrl-C; the message says what is left to do, if anything. Other signals: 128 and their number."""
