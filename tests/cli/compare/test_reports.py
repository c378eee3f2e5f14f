"""Reports say what was found, and what people have written into the service stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt

from adobe_flow.compare.comparison import build_comparison_result, compare
from adobe_flow.compare.facts import EntityFacts
from adobe_flow.compare.markdown import build_markdown
from adobe_flow.compare.page import build_comparison_page
from tests.cli.compare.connections import side

NASTY = (
    "a|b",
    "<script>alert(1)</script>",
    "*bold* _it_ `code` ~~gone~~",
    "[red]x[/red] ![i](http://x.example/i.png)",
    "back\\slash",
    "&amp; $x$",
    '"><img src=x onerror=alert(1)>',
)


class Text(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags = "", list[str]()
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.tags += [name for name, _ in attrs if name.startswith("on") or name in {"src", "href"}]


def result(name: str = "lake", description: str = "here") -> dict[str, Any]:
    a = EntityFacts("1", name, "databricks", description, secrets=frozenset({"accessToken"}))
    b = EntityFacts("2", name, "databricks", "there", secrets=frozenset({"accessToken"}))
    return build_comparison_result(compare(side([a]), side([b], "stage")), "2026-11-25T00:00:00Z")


@pytest.mark.parametrize("nasty", NASTY)
def test_markdown_shows_a_value_as_it_is(nasty: str) -> None:
    shown = Text(MarkdownIt("gfm-like", {"linkify": False}).render(build_markdown(result(nasty, nasty))))

    assert shown.text.count(nasty) == 2
    assert not {"script", "img", "a", "code", "strong", "em", "s", "src"} & set(shown.tags)
    assert shown.tags.count("td") == 6


@pytest.mark.parametrize("nasty", NASTY)
def test_html_shows_a_value_as_it_is(nasty: str) -> None:
    shown = Text(build_comparison_page(result(nasty, nasty)))

    assert shown.text.count(nasty) == 3
    assert not {"script", "img", "a", "code", "onerror", "src"} & set(shown.tags)


@pytest.mark.parametrize("nasty", NASTY)
def test_notes_are_shown_unchanged(nasty: str) -> None:
    doubtful = replace(side([]), notes=(f"Several dataflows share a name: {nasty}.",))
    found = build_comparison_result(compare(doubtful, side([], "stage")), "now")

    markdown = Text(MarkdownIt("gfm-like", {"linkify": False}).render(build_markdown(found)))
    html = Text(build_comparison_page(found))

    for shown in (markdown, html):
        assert f"dev: Several dataflows share a name: {nasty}." in shown.text
        assert not {"script", "img", "a", "code", "strong", "em", "s", "src", "onerror"} & set(shown.tags)


def test_multi_line_value_stays_in_its_table_cell() -> None:
    assert "| one<br>two | there |" in build_markdown(result(description="one\ntwo"))
    assert "one<br>two</td>" in build_comparison_page(result(description="one\ntwo"))


def test_html_report_loads_no_other_file() -> None:
    shown = build_comparison_page(result())

    assert not re.search(r"(?i)https?://|url\(|@import|<script|<link", shown)
    assert "default-src 'none'" in shown
    assert "$" not in shown


def test_comparison_without_differences_has_no_table() -> None:
    same = build_comparison_result(compare(side([]), side([], "stage")), "now")

    assert "|" not in build_markdown(same)
    assert "no differences" in build_markdown(same)
    assert "<table" not in build_comparison_page(same)
