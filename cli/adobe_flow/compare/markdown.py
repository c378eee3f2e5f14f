"""A comparison as Markdown, for a pull request or a wiki: GitHub's tables, every value as plain text."""

from __future__ import annotations

from adobe_flow.compare.words import (
    COLUMN_TITLES,
    build_difference_rows,
    format_notes,
    format_summary,
    format_title,
    get_side_label,
)
from adobe_flow.markdown_text import escape_markdown, format_table
from adobe_flow.output import Result


def build_markdown(result: Result) -> str:
    """Return the comparison as a Markdown report."""
    lines = [f"# {escape_markdown(format_title(result))}", "", escape_markdown(format_summary(result)), ""]
    rows = list(build_difference_rows(result))
    if rows:
        titles = (*COLUMN_TITLES, get_side_label(result["a"]), get_side_label(result["b"]))
        lines += [*format_table(titles, [row.cells for row in rows]), ""]
    notes = format_notes(result)
    if notes:
        lines += [*(f"- {escape_markdown(note)}" for note in notes), ""]
    lines.append(escape_markdown(f"Compared {result['at']} by adobe-flow compare."))
    return "\n".join(lines) + "\n"
