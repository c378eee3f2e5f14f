"""The exit codes of the commands."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
"""It did what was asked, and there is nothing to attend to."""

FOUND: Final = 1
"""It did what was asked, and found something to attend to: a difference, a failed test, something that expires."""

FAILED: Final = 3
"""It could not be done: settings, the service, the stack. The message says whether anything was changed."""

DEFECT: Final = 4
"""A defect of this command line ended it. The message names the file with the details."""

INTERRUPTED: Final = 130
"""Ended with Ctrl-C; the message says what is left to do, if anything. Other signals: 128 and their number."""
