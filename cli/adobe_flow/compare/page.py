"""A comparison as a page of HTML that stands alone: no network, no scripts, good on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template

from adobe_flow.compare.comparison import DIFFERS
from adobe_flow.compare.words import (
    COLUMN_TITLES,
    DifferenceRow,
    build_difference_rows,
    format_notes,
    format_summary,
    format_title,
    get_side_label,
)
from adobe_flow.output import Result


def build_comparison_page(result: Result) -> str:
    """Return the comparison as an HTML page."""
    template = Template(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))
    rows = list(build_difference_rows(result))
    return template.substitute(
        title=escape(format_title(result)),
        summary=escape(format_summary(result)),
        differences=_build_table(rows, get_side_label(result["a"]), get_side_label(result["b"])) if rows else "",
        notes=_build_list(format_notes(result)),
        secrets=_build_secrets(result),
        at=escape(str(result["at"])),
    )


def _build_table(rows: Sequence[DifferenceRow], a: str, b: str) -> str:
    titles = (*(title.capitalize() for title in COLUMN_TITLES), a, b)
    cells = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    body = "".join(_build_row(row, titles) for row in rows)
    return f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"


def _build_row(row: DifferenceRow, titles: Sequence[str]) -> str:
    """Return a table row; on a phone each cell is a line with its column title before it."""
    kind = "goes-on" if not row.entity else "differs" if row.kind == DIFFERS else "missing"
    name, *values = row.cells
    cells = "".join(
        f'<td data-head="{escape(title)}">{_escape_lines(value)}</td>'
        for title, value in zip(titles[1:], values, strict=True)
    )
    return f'<tr class="{kind}"><th scope="row">{_escape_lines(name)}</th>{cells}</tr>\n'


def _build_secrets(result: Result) -> str:
    entries = [
        f"<li>{escape(entry['name'])} <small>({escape(entry['source'])})</small>: "
        f"{escape(', '.join((*entry['secrets'], *entry['fields'])))}\n"
        for entry in result["notCompared"]
    ]
    if not entries:
        return ""
    return f"<details>\n<summary>What cannot be compared</summary>\n<ul>\n{''.join(entries)}</ul>\n</details>"


def _build_list(texts: Sequence[str]) -> str:
    items = "".join(f"<li>{_escape_lines(text)}\n" for text in texts)
    return f"<ul>\n{items}</ul>" if items else ""


def _escape_lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
