"""A comparison as Markdown, for a pull request or a wiki: GitHub's tables, every value as plain text."""

from __future__ import annotations

import re

from adobe_flow.compare.words import (
    COLUMN_TITLES,
    build_rows,
    format_notes,
    format_summary,
    format_title,
    get_label,
)
from adobe_flow.output import Result

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")


def build_markdown(result: Result) -> str:
    """Return the whole report, its last line ended."""
    lines = [f"# {_escape(format_title(result))}", "", _escape(format_summary(result)), ""]
    rows = list(build_rows(result))
    if rows:
        titles = (*COLUMN_TITLES, get_label(result["a"]), get_label(result["b"]))
        lines += [_build_line(*titles), "|---" * len(titles) + "|"]
        lines += [_build_line(*row.cells) for row in rows]
        lines.append("")
    notes = format_notes(result)
    if notes:
        lines += [*(f"- {_escape(note)}" for note in notes), ""]
    lines.append(_escape(f"Compared {result['at']} by adobe-flow compare."))
    return "\n".join(lines) + "\n"


def _build_line(*cells: str) -> str:
    return f"| {' | '.join(_escape(cell) for cell in cells)} |"


def _escape(text: str) -> str:
    """Escape what means something within a line; a line break would end the table's row."""
    return "<br>".join(_SPECIAL.sub(r"\\\1", line) for line in text.splitlines() or [""])
