"""Texts of the service in a Markdown page: nothing in them is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~&$])")


def escape_markdown(text: str) -> str:
    """Return the text as it stands within a line; a line break would end the row of a table."""
    return "<br>".join(_SPECIAL.sub(r"\\\1", line) for line in text.splitlines() or [""])


def format_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table whose cells are plain texts."""
    lines = [tuple(head), *map(tuple, rows)]
    formatted = [f"| {' | '.join(escape_markdown(cell) for cell in cells)} |" for cells in lines]
    return [formatted[0], "|---" * len(head) + "|", *formatted[1:]]
