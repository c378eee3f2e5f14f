"""Texts of others as a terminal may show them: no escape sequence, and no character that reorders a line."""

from __future__ import annotations

import json
import re
from typing import Final

_UNSAFE: Final = (
    # C0 without tab and line feed, of which messages consist; a carriage return only before a line feed.
    "[\x00-\x08\x0b\x0c\x0e-\x1f]|\r(?!\n)"
    # DEL and C1: 0x9b alone begins an escape sequence.
    "|[\x7f-\x9f]"
    # Unicode's line and paragraph separators, the controls of the writing direction (UAX 9), half characters.
    "|[\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def escape_controls(text: str) -> str:
    r"""Return the text with every control character as its escape, such as `\x1b` or `\u202e`.

    A terminal would obey ESC, BEL and OSC 52 (which writes the clipboard); bidirectional controls show a line in
    another order than it has. Tabs and line feeds stay.
    """
    return re.sub(_UNSAFE, _escape, text)


def end_sentence(text: str) -> str:
    """Return the text with a full stop, unless it has its own end: texts of others are parts of our sentences."""
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text}."


def escape_json_controls(document: str) -> str:
    """Return a JSON document with the same content, in which every control character is JSON's own escape."""
    return re.sub(_UNSAFE, lambda match: json.dumps(match[0])[1:-1] if match[0] != "\x7f" else "\\u007f", document)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004 - two digits of a byte
