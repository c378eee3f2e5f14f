"""A comparison as a page of HTML that stands alone: no network, no scripts, good on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template

from adobe_flow.compare.comparison import DIFFERS
from adobe_flow.compare.words import Row, label, rows, summary, title
from adobe_flow.output import Result


def page(result: Result) -> str:
    """The whole page."""
    template = Template(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))
    found = list(rows(result))
    return template.substitute(
        title=escape(title(result)),
        summary=escape(summary(result)),
        differences=_table(found, label(result["a"]), label(result["b"])) if found else "",
        secrets=_secrets(result),
        at=escape(str(result["at"])),
    )


def _table(found: Sequence[Row], a: str, b: str) -> str:
    head = ("Connection", "Source", "Difference", a, b)
    cells = "".join(f'<th scope="col">{escape(each)}</th>' for each in head)
    body = "".join(_row(row, head) for row in found)
    return f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"


def _row(row: Row, head: Sequence[str]) -> str:
    """On a phone each cell stands on a line of its own, with the head of its column before it."""
    kind = "goes-on" if not row.name else "differs" if row.kind == DIFFERS else "missing"
    values = (row.source, row.difference, row.a, row.b)
    cells = "".join(
        f'<td data-head="{escape(name)}">{_breaks(value)}</td>' for name, value in zip(head[1:], values, strict=True)
    )
    return f'<tr class="{kind}"><th scope="row">{_breaks(row.name)}</th>{cells}</tr>\n'


def _secrets(result: Result) -> str:
    if not result["notCompared"]:
        return ""
    items = "".join(
        f"<li>{escape(each['name'])} <small>({escape(each['source'])})</small>: {escape(', '.join(each['secrets']))}\n"
        for each in result["notCompared"]
    )
    return f"<details>\n<summary>Secrets that cannot be compared</summary>\n<ul>\n{items}</ul>\n</details>"


def _breaks(value: str) -> str:
    return escape(value).replace("\n", "<br>")
