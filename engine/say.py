"""What a person is told while something goes on; on stderr, because stdout belongs to what is run."""

from __future__ import annotations

import sys
import textwrap

_WIDTH = 110


def say(text: str) -> None:
    """One sentence or paragraph, wrapped."""
    sys.stderr.write(f"{wrapped(text)}\n")
    sys.stderr.flush()


def wrapped(text: str) -> str:
    """The text in lines of a terminal's width; its own line breaks are kept, long paths are not cut."""
    lines = (
        textwrap.fill(line, _WIDTH, break_long_words=False, break_on_hyphens=False, subsequent_indent="  ")
        for line in text.splitlines()
    )
    return "\n".join(lines)
