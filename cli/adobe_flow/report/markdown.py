"""The report as a comment on a pull request: Markdown as GitHub, GitLab and Azure DevOps show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from adobe_flow.report.wording import (
    SECRETS,
    SIGNS,
    cut,
    dataflow_said,
    gate_said,
    headline,
    known_dataflows,
    overridden,
    policies_said,
    verdict,
)

MOST: Final = 60_000
"""Characters; GitHub takes 65,536 in a comment, the others more."""

_MARKS: Final = {"unchanged": "  ", "not told": "  "}


def markdown(result: Mapping[str, Any]) -> str:
    """All of it; details of changes that do not fit any more are counted."""
    after = "\n".join([*_dataflows(result), *_policies(result), *_messages(result)])
    # Messages have no bound of their own.
    after = after if len(after) <= MOST // 3 else f"{after[: MOST // 3]}\n{_fence(after)}\n\n… cut off here.\n"
    text = "\n".join([*_head(result), *_gates(result), *_ways(result)])
    left = 0
    for change in result["changes"]:
        details = "\n".join(_details(change))
        if left or len(text) + len(details) + len(after) > MOST:
            left += 1
        else:
            text += f"\n{details}"
    more = f"\n{left} more changes are in the HTML page of this report.\n" if left else ""
    return f"{text}\n{more}{after}".rstrip() + "\n"


def marker(result: Mapping[str, Any]) -> str:
    """The first line, by which a pipeline finds its comment again."""
    return f"<!-- adobe-flow report {re.sub(r'[^A-Za-z0-9._/-]', '-', str(result['stack']))} -->"


def _head(result: Mapping[str, Any]) -> Iterator[str]:
    yield marker(result)
    stack = f" of {code(result['stack'])}" if result["stack"] else ""
    yield f"### Plan{stack}: {headline(result)}"
    yield ""
    mark = {"passes": "✅", "stopped": "⛔", "failed": "❌"}[result["verdict"]]
    yield f"{mark} {verdict(result)}."
    yield ""


def _gates(result: Mapping[str, Any]) -> Iterator[str]:
    if not result["gates"]:
        return
    yield from ("| gate | says | because of |", "|---|---|---|")
    for gate in result["gates"]:
        found = cut(", ".join(gate["found"]))
        yield f"| {code(str(gate['gate']))} | {gate_said(gate)} | {code(found) if found and gate['stops'] else ''} |"
    yield ""
    for gate in result["gates"]:
        if gate["override"]:
            run = gate["override"]["run"]
            yield f"Override of {code(str(gate['gate']))} by {code(overridden(gate))}{f' {code(run)}' if run else ''}"
            yield ""


def _ways(result: Mapping[str, Any]) -> Iterator[str]:
    nodes = {node["id"]: node for node in result["drawing"]["nodes"]}
    following: dict[str, list[str]] = {key: [] for key in nodes}
    reached = set()
    for edge in result["drawing"]["edges"]:
        following[edge["from"]].append(edge["to"])
        reached.add(edge["to"])
    starts = [key for key in nodes if key not in reached]
    lines = [line for start in starts for line in _walk(start, nodes, following)]
    if lines:
        yield from _block(cut_lines(lines), "text")


def _walk(key: str, nodes: Mapping[str, Any], following: Mapping[str, list[str]], before: str = "") -> Iterator[str]:
    node = nodes[key]
    sign = SIGNS.get(node["operation"], "!").replace("=", "")
    label = node["detail"] if node["label"] == "dataset" else node["label"]
    here = f"{before}{' → ' if before else ''}{f'{sign} ' if sign else ''}{one_line(label)}"
    if not following[key]:
        yield here
    for each in following[key]:
        yield from _walk(each, nodes, following, here)


def cut_lines(lines: list[str], most: int = 40) -> list[str]:
    """So many of them, and how many more there are."""
    return lines if len(lines) <= most else [*lines[:most], f"… and {len(lines) - most} more"]


def _details(change: Mapping[str, Any]) -> Iterator[str]:
    sign = SIGNS.get(change["operation"], "!")
    title = f" {code(change['title'])}" if change["title"] and change["title"] != change["name"] else ""
    told = [code(change["kind"])]
    told += [f"because of {code(', '.join(change['reasons']))}"] if change["reasons"] else []
    told += [f"used by {code(', '.join(change['dataflows']))}"] if change["dataflows"] else []
    told += ["protected"] if change["protected"] else []
    yield f"**{sign}** {code(change['operation'])} {code(change['name'])}{title} ({', '.join(told)})"
    yield ""
    yield from _block(list(_lines(change)) or ["  no field differs: an outstanding step is repeated"], "diff")


def _lines(change: Mapping[str, Any]) -> Iterator[str]:
    for each in change["fields"]:
        if how := each["secret"]:
            yield f"{_MARKS.get(how, '! ')}{each['name']}: ({SECRETS[how]})"
            continue
        if each["old"] is not None:
            yield f"- {each['name']}: {cut(each['old'])}"
        if each["new"] is not None:
            yield f"+ {each['name']}: {cut(each['new'])}"


def _dataflows(result: Mapping[str, Any]) -> Iterator[str]:
    if not result["dataflows"] and result["whole"]:
        return
    yield f"**Dataflows that this touches.** {known_dataflows(result)}"
    yield ""
    for flow in result["dataflows"]:
        yield f"- {code(flow['name'])}: {code(dataflow_said(flow))}"
    yield ""


def _policies(result: Mapping[str, Any]) -> Iterator[str]:
    violations = result["policies"] or []
    yield f"**Policies.** {'' if violations else policies_said(result)}"
    for each in violations:
        yield ""
        yield f"- {code(each['policy'])} ({code(each['level'])}) on {code(each['resource'] or 'the stack')}"
        yield ""
        yield from _block(cut(each["message"]).splitlines(), "text")
    yield ""


def _messages(result: Mapping[str, Any]) -> Iterator[str]:
    told = [f"{each['severity']}: {each['message']}" for each in result["diagnostics"]]
    if told:
        yield f"<details><summary>messages of the preview: {len(told)}</summary>"
        yield ""
        yield from _block(cut_lines([line for each in told for line in each.splitlines()], 120), "text")
        yield "</details>"


def code(text: Any) -> str:
    """Text that nothing in it can break out of, in a table too: no link, no mention, no HTML."""
    line = one_line(text).replace("|", "\\|")
    ticks = "`" * (max((len(each) for each in re.findall("`+", line)), default=0) + 1)
    padded = f" {line} " if line.startswith("`") or line.endswith("`") else line
    return f"{ticks}{padded or ' '}{ticks}"


def one_line(text: Any) -> str:
    """The same text without line ends and control characters."""
    return " ".join("".join(each if each.isprintable() else " " for each in str(text)).split())


def _block(lines: list[str], language: str) -> Iterator[str]:
    body = "\n".join("".join(each if each.isprintable() else " " for each in line) for line in lines)
    fence = "`" * max(3, max((len(each) for each in re.findall("`+", body)), default=0) + 1)
    yield f"{fence}{language}"
    yield body
    yield fence
    yield ""


def _fence(text: str) -> str:
    """What ends a block that a cut has left open, if one is."""
    open_ = ""
    for line in text.splitlines():
        found = re.match("`{3,}", line)
        if found and not open_:
            open_ = found[0]
        elif found and line.strip() == open_:
            open_ = ""
    return open_
