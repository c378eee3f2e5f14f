"""What a person is told while something goes on; on stderr, because stdout belongs to what is run."""

from __future__ import annotations

import shutil
import sys
import textwrap

_WIDTH = 110
"""The longest line that is read with ease; a narrower terminal has shorter ones."""


def say(text: str) -> None:
    """One sentence or paragraph, wrapped."""
    sys.stderr.write(f"{wrapped(text)}\n")
    sys.stderr.flush()


def wrapped(text: str) -> str:
    """The text in lines of a terminal's width; its own line breaks are kept, long paths are not cut."""
    width = min(_WIDTH, shutil.get_terminal_size((_WIDTH, 0)).columns)
    lines = (
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False, subsequent_indent="  ")
        for line in text.splitlines()
    )
    return "\n".join(lines)
