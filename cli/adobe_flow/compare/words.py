"""A comparison in words, the same in a terminal, in Markdown and in HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.compare.comparison import COUNTS, DIFFERS, MISSING_IN_A
from adobe_flow.output import Result

COLUMN_TITLES: Final = ("name", "kind", "source", "difference")
"""The columns of a report before those of the two sides."""


@dataclass(frozen=True)
class DifferenceRow:
    """A line of the difference table. Name, entity and source are empty if the line continues the entity above."""

    name: str
    entity: str
    source: str
    difference: str
    a: str
    b: str
    kind: str = DIFFERS

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts in the order of the columns."""
        return self.name, self.entity, self.source, self.difference, self.a, self.b


def build_difference_rows(result: Result) -> Iterator[DifferenceRow]:
    """Return a line per missing entity, and a line per field of an entity that differs."""
    for difference in result["differences"]:
        end = difference["a"] or difference["b"]
        about = (str(end["name"]), str(difference["entity"]), str(end["source"]))
        kind = difference["kind"]
        if kind != DIFFERS:
            side = get_side_label(result["a" if kind == MISSING_IN_A else "b"])
            yield DifferenceRow(
                *about,
                f"missing in {side}",
                _describe_presence(difference["a"]),
                _describe_presence(difference["b"]),
                kind,
            )
            continue
        for number, field in enumerate(difference["fields"]):
            shown = about if number == 0 else ("", "", "")
            yield DifferenceRow(
                *shown, _describe_field(field["field"]), format_value(field["a"]), format_value(field["b"])
            )


def get_side_label(side: Mapping[str, Any]) -> str:
    """Return the name of a side as the user gave it on the command line."""
    return str(side["side"])


def format_title(result: Result) -> str:
    """Return the title of the report: what was compared, and the number of differences."""
    count = len(result["differences"])
    outcome = _format_count(count, "difference") if count else "no differences"
    return f"{get_side_label(result['a'])} and {get_side_label(result['b'])}: {outcome}"


def format_summary(result: Result) -> str:
    """Return how many entities were compared, and how many parts could not be compared."""
    sides = "; ".join(f"{get_side_label(result[side])} has {_count_entities(result[side])}" for side in ("a", "b"))
    text = f"{sides}. {result['equal']} equal."
    secrets = [entry for entry in result["notCompared"] if entry["secrets"]]
    if secrets:
        phrase = _format_count(sum(len(entry["secrets"]) for entry in secrets), "secret")
        text += f" {phrase} of {_format_count(len(secrets), 'connection')} cannot be compared: Flow Service shows none."
    fields = [entry for entry in result["notCompared"] if entry["fields"]]
    if fields:
        phrase = _format_count(sum(len(entry["fields"]) for entry in fields), "reference")
        text += f" {phrase} cannot be compared: a state has ids, and no sandbox was read that has their names."
    if result["ignored"]:
        text += f" Ignored: {', '.join(result['ignored'])}."
    return text


def format_notes(result: Result) -> list[str]:
    """Return the notes about doubtful results, one sentence each."""
    return [f"{note['side']}: {note['note']}" for note in result["notes"]]


def format_value(value: Any) -> str:
    """Return a value for a table: a text as it is, `(none)` for a missing value, and JSON for anything else."""
    if value is None:
        return "(none)"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _count_entities(side: Mapping[str, Any]) -> str:
    counts = [_format_count(side[member], kind) for kind, member in COUNTS.items() if side[member]]
    return ", ".join(counts) or "nothing"


def _format_count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _describe_field(name: str) -> str:
    """Return the name of a field in words; an auth parameter by its own name."""
    names = {
        "authSpec": "auth spec",
        "baseConnection": "base connection",
        "sourceConnections": "source connections",
        "targetConnections": "target connections",
        "schemaVersion": "schema version",
        "flowSpec": "flow spec",
        "deltaColumn": "delta column",
    }
    return names.get(name, name.removeprefix("parameters."))


def _describe_presence(end: Mapping[str, Any] | None) -> str:
    return "missing" if end is None else str(end["resource"] or "there")
