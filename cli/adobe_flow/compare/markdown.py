"""A comparison as Markdown, for a pull request or a wiki: GitHub's tables, every value as plain text."""

from __future__ import annotations

import re

from adobe_flow.compare.words import label, rows, summary, title
from adobe_flow.output import Result

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")


def markdown(result: Result) -> str:
    """The whole report, its last line ended."""
    lines = [f"# {_text(title(result))}", "", _text(summary(result)), ""]
    found = list(rows(result))
    if found:
        head = ("connection", "source", "difference", label(result["a"]), label(result["b"]))
        lines += [_line(*head), "|---" * len(head) + "|"]
        lines += [_line(row.name, row.source, row.difference, row.a, row.b) for row in found]
        lines.append("")
    lines.append(_text(f"Compared {result['at']} by adobe-flow compare."))
    return "\n".join(lines) + "\n"


def _line(*cells: str) -> str:
    return f"| {' | '.join(_text(cell) for cell in cells)} |"


def _text(value: str) -> str:
    """What means something within a line is escaped; a line break would end the table's row."""
    return "<br>".join(_SPECIAL.sub(r"\\\1", line) for line in value.splitlines() or [""])
