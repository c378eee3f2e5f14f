"""Values as Python source that reads back as the same value, in the form that ruff format gives it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from rich.cells import cell_len

WIDTH: Final = 120

_ESCAPES: Final = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PLAIN: Final = ((0xC0, 0x17F), (0x3041, 0x3096), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0x1F300, 0x1F6FF))
"""Letters and emoji that are written as they are; the others might be taken for ASCII, or not be seen."""
_SIGNS: Final = frozenset("—…„“”«»§°€•→✓")
"""Signs that people write, and that look like no other."""

_LOOK_ALIKE: Final = frozenset("\u00d7\u0131\u017f\u4e36\u4e3f")
"""Those among them that ruff's RUF001 takes for another character."""


def format_literal(value: Any) -> str:
    """Return a text, a number, a Boolean or None as a literal on one line."""
    # ruff format writes 1e16, Python 1e+16.
    return _quote_text(value) if isinstance(value, str) else repr(value).replace("e+", "e")


def format_literal_lines(before: str, value: Any, after: str, indent: int) -> list[str]:
    """Return the lines of ``before``, the value and ``after``; a text that is too long for one line takes several."""
    start = " " * indent + before
    whole = f"{start}{format_literal(value)}{after}"
    if not isinstance(value, str) or cell_len(whole) <= WIDTH:
        return [whole]
    inner = " " * (indent + 4)
    # ruff format joins what fits on one line, so the whole is measured with the quotes that it gets.
    is_one = cell_len(_quote_text(value)) <= WIDTH - len(inner)
    parts = [f"{inner}{_quote_text(part)}" for part in ([value] if is_one else _split_text(value, WIDTH - indent - 8))]
    return [f"{start}(", *parts, f"{' ' * indent}){after}"]


def _quote_text(text: str) -> str:
    quote = "'" if text.count('"') > text.count("'") else '"'
    return f"{quote}{''.join(_escape_character(character, quote) for character in text)}{quote}"


def _escape_character(character: str, quote: str) -> str:
    if character == quote:
        return f"\\{quote}"
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    if 0x20 <= code < 0x7F or _is_plain_character(character):  # noqa: PLR2004 - printable ASCII
        return character
    if code <= 0xFF:  # noqa: PLR2004 - what \x can say
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - what \u can say


def _is_plain_character(character: str) -> bool:
    listed = any(first <= ord(character) <= last for first, last in _PLAIN)
    letter = listed and character not in _LOOK_ALIKE and unicodedata.category(character)[0] in "LS"
    return letter or character in _SIGNS


def _split_text(text: str, most: int) -> Iterator[str]:
    """Yield the pieces of a text whose literals fit ``width``, cut after a blank if there is one."""
    rest = text
    while rest:
        end = _count_fitting_characters(rest, most)
        blank = rest.rfind(" ", 1, end) + 1
        cut = blank if blank > end // 2 and end < len(rest) else end
        yield rest[:cut]
        rest = rest[cut:]


def _count_fitting_characters(text: str, most: int) -> int:
    width, end = 2, 0
    for character in text:
        width += max(cell_len(_escape_character(character, '"')), cell_len(_escape_character(character, "'")))
        if width > most:
            break
        end += 1
    return max(end, 1)
