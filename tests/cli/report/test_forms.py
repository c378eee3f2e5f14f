"""The forms of a report: Markdown that nothing breaks out of, a page that loads nothing, a drawing that fits."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from rich.console import Console

from adobe_flow.report.console import render_report
from adobe_flow.report.drawing import MAX_BOXES, draw_changed_resources
from adobe_flow.report.gates import parse_gates
from adobe_flow.report.graph import ResourceGraph
from adobe_flow.report.layout import HEIGHT, WIDTH, compute_layout
from adobe_flow.report.markdown import MAX_LENGTH, build_markdown, format_code
from adobe_flow.report.origin import OverrideOrigin
from adobe_flow.report.overrides import parse_overrides
from adobe_flow.report.page import build_report_page
from adobe_flow.report.result import build_result
from tests.cli.report.digests import MADE, UNKNOWN, chain, digest, flow, lake, plan, source, step, urn

EVIL = "```\n</code></details><script>alert(1)</script> | @team [x](http://a.example) ![y](//b.example)\x1b[31m"


def build_report(document: dict[str, Any], fail_on: str = "", *overrides: str, **more: Any) -> dict[str, Any]:
    gates = parse_gates(fail_on) if fail_on else []
    parsed_overrides = parse_overrides(
        overrides, gates, OverrideOrigin("Dana", "GITHUB_ACTOR", "https://ci.example/7"), MADE
    )
    return build_result(plan(document), gates=gates, overrides=parsed_overrides, made=MADE, **more)


def build_hostile_report() -> dict[str, Any]:
    violation = {"policy": EVIL, "pack": EVIL, "level": EVIL, "resource": EVIL, "message": EVIL}
    document = digest(
        step("update", "DatabricksSourceConnection", EVIL, lake(), lake(name=EVIL, description=EVIL)),
        step(EVIL, "SourceConnection", "orders", source(f"{EVIL}-id"), source(f"{EVIL}-id", tableName=EVIL)),
        messages=(EVIL,),
    )
    return build_report(document, "update>0", f"update: {EVIL}", violations=[violation])


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_html_report_loads_and_runs_nothing_whatever_the_plan_contains() -> None:
    for report in (build_hostile_report(), build_report(chain("replace", "replace"), "delete>0")):
        text = build_report_page(report)
        tags = _Tags(text).found

        assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object", "base", "a", "form"}
        assert not [name for _, attrs in tags for name in attrs if name.startswith("on") or name in {"src", "href"}]
        assert "@import" not in text
        assert re.findall(r"url\((?!#)", text) == []
        assert "default-src 'none'" in text


def test_drawing_is_well_formed_and_names_each_change_in_words() -> None:
    text = build_report_page(build_report(chain("replace", "replace")))
    svg = ET.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])  # noqa: S314 - our own page

    output = ["".join(each.itertext()) for each in svg.iter("text")]
    assert output.count("± replace") == 2
    assert {"lake", "orders", "daily", "profiles", "Databricks", "dataset"} <= set(output)
    assert "replace: lake: ACME lake" in [each.text for each in svg.iter("title")]


def test_boxes_of_a_drawing_neither_overlap_nor_leave_it() -> None:
    bases = [step("update", "DatabricksSourceConnection", f"lake{n}", lake(), lake(name="b")) for n in range(7)]
    sources = [
        step("update", "SourceConnection", f"s{n}", source(f"lake{n % 3}-id"), source(f"lake{n % 3}-id", name="c"))
        for n in range(9)
    ]
    flows = [step("same", "Dataflow", f"f{n}", flow(f"s{n % 4}-id"), flow(f"s{n % 4}-id")) for n in range(11)]
    placed = compute_layout(draw_changed_resources(ResourceGraph(plan(digest(*bases, *sources, *flows)))))

    boxes = [(each["x"], each["y"]) for each in placed["nodes"]]
    assert len(boxes) > 30
    for position, (x, y) in enumerate(boxes):
        assert 0 <= x <= placed["width"] - WIDTH
        assert 0 <= y <= placed["height"] - HEIGHT
        others = boxes[position + 1 :]
        assert not [1 for a, b in others if abs(a - x) < WIDTH and abs(b - y) < HEIGHT]


def test_new_dataflow_is_drawn_joined_to_its_new_connection_before_either_has_an_id() -> None:
    depends = {"baseConnectionId": [urn("DatabricksSourceConnection", "lake")], "connectionSpec": []}
    document = digest(
        step("create", "DatabricksSourceConnection", "lake", None, lake()),
        step("create", "SourceConnection", "orders", None, source(UNKNOWN), dependencies=depends),
    )
    drawing = draw_changed_resources(ResourceGraph(plan(document)))
    names = {node["id"]: node["label"] for node in drawing["nodes"]}

    assert [(names[e["from"]], names[e["to"]]) for e in drawing["edges"]] == [
        ("Databricks", "lake"),
        ("lake", "orders"),
    ]


def test_connection_of_another_stack_is_drawn_as_foreign() -> None:
    document = digest(step("update", "SourceConnection", "orders", source("far-id"), source("far-id", name="b")))

    (outside,) = [
        n for n in draw_changed_resources(ResourceGraph(plan(document)))["nodes"] if n["operation"] == "outside"
    ]
    assert (outside["label"], outside["detail"]) == ("not in this stack (base connection)", "far-id")


def test_unchanged_and_excess_resources_are_counted_and_not_drawn() -> None:
    assert draw_changed_resources(ResourceGraph(plan(chain())))["nodes"] == []
    many = digest(*[step("create", "DatabricksSourceConnection", f"l{n}", None, lake()) for n in range(100)])

    drawing = draw_changed_resources(ResourceGraph(plan(many)))
    assert len(drawing["nodes"]) == MAX_BOXES
    assert drawing["leftOut"] == 200 - MAX_BOXES


def test_text_of_a_plan_cannot_break_out_of_its_markdown_context() -> None:
    text = build_markdown(build_hostile_report())

    assert "\x1b" not in text
    outside, fence = [], ""
    for line in text.splitlines():
        marks = re.match("`{3,}", line)
        if marks and not fence:
            fence = marks[0]
        elif fence and line == fence:
            fence = ""
        elif not fence:
            outside.append(re.sub(r"(`+)(?:.*?[^`])\1(?!`)", "", line))
    assert fence == ""
    assert not [line for line in outside if "script" in line or "@team" in line or "example" in line]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a", "`a`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), ("a|b", "`a\\|b`"), ("a\n b", "`a b`"), ("", "` `")],
)
def test_any_text_stays_inside_its_markdown_code_span(text: str, shown: str) -> None:
    assert format_code(text) == shown


def test_comment_never_exceeds_the_length_limit_of_a_pull_request() -> None:
    bases = [
        step("update", "DatabricksSourceConnection", f"lake{n}", lake(), lake(description="long " * 50))
        for n in range(400)
    ]
    text = build_markdown(build_report(digest(*bases, messages=("word " * 30_000,))))

    assert 30_000 < len(text) < 65_536
    assert len(text) < MAX_LENGTH * 1.05
    assert re.search(r"\d+ more changes are in the HTML page", text)
    assert text.startswith("<!-- adobe-flow report dev -->\n")


def test_most_destructive_changes_come_first_in_any_order_of_the_plan() -> None:
    steps = [
        step("create", "DatabricksSourceConnection", "a", None, lake()),
        step("update", "DatabricksSourceConnection", "b", lake(), lake(name="c")),
        step("replace", "SourceConnection", "d", source(), source(tableName="e")),
        step("delete", "DatabricksSourceConnection", "g", lake(), None),
        step("delete", "DatabricksSourceConnection", "f", lake(), None),
    ]
    one, other = build_report(digest(*steps)), build_report(digest(*reversed(steps)))

    assert [each["name"] for each in one["changes"]] == ["f", "g", "d", "b", "a"]
    assert one == other


def test_override_is_recorded_in_every_report_format() -> None:
    report = build_report(chain("update", description="b"), "update>0,delete>0", "update: OPS-12", "delete: in case")
    console = io.StringIO()
    render_report(Console(file=console, width=200), report)

    assert report["verdict"] == "passes"
    for text in (build_markdown(report), build_report_page(report), console.getvalue()):
        assert f"Dana (GITHUB_ACTOR), {MADE}: OPS-12" in text
        assert "in case (it was not needed)" in text
        assert "A gate would stop this plan; it was overridden" in text
    assert "https://ci.example/7" in build_markdown(report)
    assert "https://ci.example/7" in build_report_page(report)


@pytest.mark.parametrize("width", [80, 160])
def test_terminal_report_shows_each_change_within_the_terminal_width(width: int) -> None:
    console = io.StringIO()
    render_report(Console(file=console, width=width), build_report(chain("update", description="new"), "update>0"))
    output = console.getvalue()

    assert '~ update lake "ACME lake" (DatabricksSourceConnection)' in output
    assert "gate update>0 stops it: lake" in output
    assert max(map(len, output.splitlines())) <= width


def test_plan_without_changes_is_reported_as_such_in_every_format() -> None:
    report = build_report(chain())
    console = io.StringIO()
    render_report(Console(file=console), report)

    for text in (build_markdown(report), build_report_page(report), console.getvalue()):
        assert "nothing changes; 4 unchanged" in text
    assert "No gates were set" in build_markdown(report)


def test_no_format_reports_zero_deletions_beside_replacements() -> None:
    report = build_report(chain("replace", "replace"))
    console = io.StringIO()
    render_report(Console(file=console, width=200), report)

    assert report["summary"]["deletions"] == 2
    for text in (build_markdown(report), build_report_page(report), console.getvalue()):
        assert "2 to replace (2 deletions, by replacement)" in text
    assert "<b>0</b> to delete (2 deletions, by replacement)" in build_report_page(report)


def test_deletions_include_those_of_replacements_and_name_their_share() -> None:
    document = digest(
        step("delete", "DatabricksSourceConnection", "lake", lake(), None),
        step("replace", "SourceConnection", "orders", source(), source(tableName="acme.customers")),
    )

    assert "1 to replace, 1 to delete (2 deletions, 1 by replacement)" in build_markdown(build_report(document))


def test_terminal_and_pipe_output_mark_added_removed_and_changed_fields() -> None:
    old = lake(description="old", database="gone")
    new = lake(description="new", catalog="added")
    console = io.StringIO()
    render_report(
        Console(file=console, width=200), build_report(digest(step("update", "BaseConnection", "lake", old, new)))
    )

    lines = [" ".join(line.split()) for line in console.getvalue().splitlines()]
    assert '+ catalog "added"' in lines
    assert '- database "gone"' in lines
    assert '~ description "old" => "new"' in lines
