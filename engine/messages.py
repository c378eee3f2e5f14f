"""Messages for the user, and the error that ends a command; both on stderr, because stdout belongs to the programs."""

from __future__ import annotations

import shutil
import sys
import textwrap

_WIDTH = 110
"""The longest line that is easy to read; a narrower terminal has shorter ones."""


class Problem(Exception):
    """An error that ends the command, shown as one paragraph without a traceback: what happened, and what to do."""


def print_message(text: str) -> None:
    """Print one sentence or paragraph, wrapped."""
    sys.stderr.write(f"{wrap_text(text)}\n")
    sys.stderr.flush()


def wrap_text(text: str) -> str:
    """Wrap the text to the width of the terminal; keep its line breaks, and do not split long paths."""
    width = min(_WIDTH, shutil.get_terminal_size((_WIDTH, 0)).columns)
    lines = (
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False, subsequent_indent="  ")
        for line in text.splitlines()
    )
    return "\n".join(lines)
