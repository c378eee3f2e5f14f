"""A comparison in words, the same in a terminal, in Markdown and in HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from adobe_flow.compare.comparison import DIFFERS, MISSING_IN_A
from adobe_flow.output import Result


@dataclass(frozen=True)
class Row:
    """One line of a report. ``name`` and ``source`` are empty where the line goes on about the connection before."""

    name: str
    source: str
    difference: str
    a: str
    b: str
    kind: str = DIFFERS


def rows(result: Result) -> Iterator[Row]:
    """A line per difference; a line per field where both sides have the connection."""
    for each in result["differences"]:
        there = each["a"] or each["b"]
        name, source = str(there["name"]), str(there["source"])
        if each["kind"] != DIFFERS:
            missing = label(result["a" if each["kind"] == MISSING_IN_A else "b"])
            yield Row(name, source, f"missing in {missing}", _end(each["a"]), _end(each["b"]), each["kind"])
            continue
        for number, field in enumerate(each["fields"]):
            shown = (name, source) if number == 0 else ("", "")
            yield Row(*shown, _field(field["field"]), value(field["a"]), value(field["b"]))


def label(side: Mapping[str, Any]) -> str:
    """How the person called a side."""
    return str(side["side"])


def title(result: Result) -> str:
    """What was compared, and with which outcome."""
    count = len(result["differences"])
    found = "no differences" if not count else f"{count} difference{'' if count == 1 else 's'}"
    return f"{label(result['a'])} and {label(result['b'])}: {found}"


def summary(result: Result) -> str:
    """How much was compared, and what could not be."""
    parts = [f"{_connections(result[side]['connections'])} in {label(result[side])}" for side in ("a", "b")]
    text = f"{', '.join(parts)}; {result['equal']} equal."
    secrets = sum(len(each["secrets"]) for each in result["notCompared"])
    if secrets:
        those = f"{secrets} secret{'' if secrets == 1 else 's'} of {_connections(len(result['notCompared']))}"
        text += f" {those} cannot be compared: Flow Service shows none."
    if result["ignored"]:
        text += f" Not looked at: {', '.join(result['ignored'])}."
    return text


def value(shown: Any) -> str:
    """A value as the service has it: text bare, anything else as JSON, nothing said so."""
    if shown is None:
        return "(none)"
    return shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False)


def _connections(count: int) -> str:
    return f"{count} connection{'' if count == 1 else 's'}"


def _field(name: str) -> str:
    return {"authSpec": "auth spec", "source": "source", "name": "name"}.get(name, name.removeprefix("parameters."))


def _end(side: Mapping[str, Any] | None) -> str:
    return "missing" if side is None else str(side["resource"] or "there")
