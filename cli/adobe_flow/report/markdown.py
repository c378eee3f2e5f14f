"""The report as a comment on a pull request: Markdown as GitHub, GitLab and Azure DevOps show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from adobe_flow.report.wording import (
    SECRETS,
    SIGNS,
    describe_dataflow,
    describe_gate,
    describe_listed_dataflows,
    describe_missing_violations,
    describe_override,
    describe_verdict,
    format_headline,
    truncate_text,
)

MAX_LENGTH: Final = 60_000
"""The characters of a comment: GitHub takes 65,536, the others more."""

_SECRET_MARKS: Final = {"unchanged": "  ", "not told": "  "}


def build_markdown(result: Mapping[str, Any]) -> str:
    """Return the report as Markdown. It counts the changes whose details do not fit."""
    after = "\n".join([*_list_dataflows(result), *_list_violations(result), *_list_messages(result)])
    # Messages have no bound of their own.
    after = (
        after
        if len(after) <= MAX_LENGTH // 3
        else f"{after[: MAX_LENGTH // 3]}\n{_find_open_fence(after)}\n\n… cut off here.\n"
    )
    text = "\n".join([*_build_report_head(result), *_list_gates(result), *_list_paths(result)])
    omitted = 0
    for change in result["changes"]:
        details = "\n".join(_describe_change(change))
        if omitted or len(text) + len(details) + len(after) > MAX_LENGTH:
            omitted += 1
        else:
            text += f"\n{details}"
    more = f"\n{omitted} more changes are in the HTML page of this report.\n" if omitted else ""
    return f"{text}\n{more}{after}".rstrip() + "\n"


def build_marker(result: Mapping[str, Any]) -> str:
    """Return the first line, by which a pipeline finds its comment again."""
    return f"<!-- adobe-flow report {re.sub(r'[^A-Za-z0-9._/-]', '-', str(result['stack']))} -->"


def _build_report_head(result: Mapping[str, Any]) -> Iterator[str]:
    yield build_marker(result)
    stack = f" of {format_code(result['stack'])}" if result["stack"] else ""
    yield f"### Plan{stack}: {format_headline(result)}"
    yield ""
    mark = {"passes": "✅", "stopped": "⛔", "failed": "❌"}[result["verdict"]]
    yield f"{mark} {describe_verdict(result)}."
    yield ""


def _list_gates(result: Mapping[str, Any]) -> Iterator[str]:
    if not result["gates"]:
        return
    yield from ("| gate | says | because of |", "|---|---|---|")
    for gate in result["gates"]:
        matches = truncate_text(", ".join(gate["found"]))
        cause = format_code(matches) if matches and gate["stops"] else ""
        yield f"| {format_code(str(gate['gate']))} | {describe_gate(gate)} | {cause} |"
    yield ""
    for gate in result["gates"]:
        if gate["override"]:
            run = gate["override"]["run"]
            address = f" {format_code(run)}" if run else ""
            yield f"Override of {format_code(str(gate['gate']))} by {format_code(describe_override(gate))}{address}"
            yield ""


def _list_paths(result: Mapping[str, Any]) -> Iterator[str]:
    nodes = {node["id"]: node for node in result["drawing"]["nodes"]}
    successors: dict[str, list[str]] = {key: [] for key in nodes}
    reached = set()
    for edge in result["drawing"]["edges"]:
        successors[edge["from"]].append(edge["to"])
        reached.add(edge["to"])
    starts = [key for key in nodes if key not in reached]
    lines = [line for start in starts for line in _list_paths_from_node(start, nodes, successors)]
    if lines:
        yield from _build_section(limit_lines(lines), "text")


def _list_paths_from_node(
    key: str, nodes: Mapping[str, Any], successors: Mapping[str, list[str]], prefix: str = ""
) -> Iterator[str]:
    node = nodes[key]
    sign = SIGNS.get(node["operation"], "!").replace("=", "")
    label = node["detail"] if node["label"] == "dataset" else node["label"]
    path = f"{prefix}{' → ' if prefix else ''}{f'{sign} ' if sign else ''}{join_lines(label)}"
    if not successors[key]:
        yield path
    for successor in successors[key]:
        yield from _list_paths_from_node(successor, nodes, successors, path)


def limit_lines(lines: list[str], limit: int = 40) -> list[str]:
    """Return the first lines, and a line with the number of the others."""
    return lines if len(lines) <= limit else [*lines[:limit], f"… and {len(lines) - limit} more"]


def _describe_change(change: Mapping[str, Any]) -> Iterator[str]:
    sign = SIGNS.get(change["operation"], "!")
    title = f" {format_code(change['title'])}" if change["title"] and change["title"] != change["name"] else ""
    facts = [format_code(change["kind"])]
    facts += [f"because of {format_code(', '.join(change['reasons']))}"] if change["reasons"] else []
    facts += [f"used by {format_code(', '.join(change['dataflows']))}"] if change["dataflows"] else []
    facts += ["protected"] if change["protected"] else []
    yield f"**{sign}** {format_code(change['operation'])} {format_code(change['name'])}{title} ({', '.join(facts)})"
    yield ""
    yield from _build_section(
        list(_list_fields(change)) or ["  no field differs: an outstanding step is repeated"], "diff"
    )


def _list_fields(change: Mapping[str, Any]) -> Iterator[str]:
    for field in change["fields"]:
        if secret := field["secret"]:
            yield f"{_SECRET_MARKS.get(secret, '! ')}{field['name']}: ({SECRETS[secret]})"
            continue
        if field["old"] is not None:
            yield f"- {field['name']}: {truncate_text(field['old'])}"
        if field["new"] is not None:
            yield f"+ {field['name']}: {truncate_text(field['new'])}"


def _list_dataflows(result: Mapping[str, Any]) -> Iterator[str]:
    if not result["dataflows"] and result["whole"]:
        return
    yield f"**Dataflows that this touches.** {describe_listed_dataflows(result)}"
    yield ""
    for dataflow in result["dataflows"]:
        yield f"- {format_code(dataflow['name'])}: {format_code(describe_dataflow(dataflow))}"
    yield ""


def _list_violations(result: Mapping[str, Any]) -> Iterator[str]:
    violations = result["policies"] or []
    yield f"**Policies.** {'' if violations else describe_missing_violations(result)}"
    for violation in violations:
        resource = violation["resource"] or "the stack"
        yield ""
        yield f"- {format_code(violation['policy'])} ({format_code(violation['level'])}) on {format_code(resource)}"
        yield ""
        yield from _build_section(truncate_text(violation["message"]).splitlines(), "text")
    yield ""


def _list_messages(result: Mapping[str, Any]) -> Iterator[str]:
    messages = [f"{diagnostic['severity']}: {diagnostic['message']}" for diagnostic in result["diagnostics"]]
    if messages:
        yield f"<details><summary>messages of the preview: {len(messages)}</summary>"
        yield ""
        yield from _build_section(
            limit_lines([line for message in messages for line in message.splitlines()], 120), "text"
        )
        yield "</details>"


def format_code(text: Any) -> str:
    """Return a text as inline code, also for a table: no link, mention or HTML in the text can take effect."""
    line = join_lines(text).replace("|", "\\|")
    ticks = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    padded = f" {line} " if line.startswith("`") or line.endswith("`") else line
    return f"{ticks}{padded or ' '}{ticks}"


def join_lines(text: Any) -> str:
    """Return the text without line ends and control characters."""
    return " ".join("".join(character if character.isprintable() else " " for character in str(text)).split())


def _build_section(lines: list[str], language: str) -> Iterator[str]:
    body = "\n".join("".join(character if character.isprintable() else " " for character in line) for line in lines)
    fence = "`" * max(3, max(map(len, re.findall("`+", body)), default=0) + 1)
    yield f"{fence}{language}"
    yield body
    yield fence
    yield ""


def _find_open_fence(text: str) -> str:
    """Return the fence that closes a block which the cut has left open; an empty text without one."""
    fence = ""
    for line in text.splitlines():
        match = re.match("`{3,}", line)
        if match and not fence:
            fence = match[0]
        elif match and line.strip() == fence:
            fence = ""
    return fence
