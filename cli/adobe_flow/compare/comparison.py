"""The comparison of two sides, and what `adobe-flow compare --json` prints of it: pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from adobe_flow.compare.facts import BASE_CONNECTION, DATAFLOW, KINDS, SOURCE_CONNECTION, TARGET_CONNECTION, EntityFacts
from adobe_flow.compare.fields import FieldDifference, find_differences, list_unknown_fields, show_value
from adobe_flow.compare.match import match_entities

MISSING_IN_A, MISSING_IN_B, DIFFERS = "missing-in-a", "missing-in-b", "differs"

COUNTS: Final = {
    BASE_CONNECTION: "connections",
    SOURCE_CONNECTION: "sourceConnections",
    TARGET_CONNECTION: "targetConnections",
    DATAFLOW: "dataflows",
}
"""The member of a side's result that says how many entities of a kind it has."""


@dataclass(frozen=True)
class ComparedSide:
    """The entities of one side, and its name on the command line: a sandbox, or `stack:NAME`.

    ``notes`` say what is doubtful about it, such as a reference to something that does not exist.
    """

    label: str
    entities: Sequence[EntityFacts]
    sandbox: str | None = None
    stack: str | None = None
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class PairDifference:
    """An entity that differs, or is missing on one side, which is then None. ``entity`` is one of `KINDS`."""

    entity: str
    a: EntityFacts | None
    b: EntityFacts | None
    fields: tuple[FieldDifference, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of the difference: missing on one side, or different fields."""
        if self.a and self.b:
            return DIFFERS
        return MISSING_IN_B if self.a else MISSING_IN_A


@dataclass(frozen=True)
class NotCompared:
    """The parts of an entity that cannot be compared: secrets, and references to an unknown name."""

    facts: EntityFacts
    secrets: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """The result of a comparison: both sides, their differences, and the parts that cannot be compared."""

    a: ComparedSide
    b: ComparedSide
    differences: tuple[PairDifference, ...]
    not_compared: tuple[NotCompared, ...]
    equal: int


def compare(a: ComparedSide, b: ComparedSide, ignored: Collection[str] = ()) -> Comparison:
    """Compare the entities of two sides kind by kind, without the ignored fields."""
    pairs = [
        PairDifference(kind, one, other, find_differences(one, other, ignored) if one and other else ())
        for kind in KINDS
        for one, other in match_entities(_select_entities_of_kind(a, kind), _select_entities_of_kind(b, kind), ignored)
    ]
    differences = tuple(pair for pair in pairs if pair.kind != DIFFERS or pair.fields)
    not_compared = tuple(
        entry for pair in pairs if (entry := _list_parts_not_compared(pair)) and (entry.secrets or entry.fields)
    )
    return Comparison(a, b, differences, not_compared, len(pairs) - len(differences))


def select_base_connections(side: ComparedSide) -> ComparedSide:
    """Return a side with its base connections only, and without notes on the other kinds."""
    return replace(side, entities=_select_entities_of_kind(side, BASE_CONNECTION), notes=())


def build_comparison_result(comparison: Comparison, at: str, ignored: Sequence[str] = ()) -> dict[str, Any]:
    """Return the comparison as the JSON of its schema, without any secret; ``at`` is the time of the comparison."""
    sides = {side.label: side for side in (comparison.a, comparison.b)}
    return {
        "at": at,
        "a": _side_to_json(comparison.a),
        "b": _side_to_json(comparison.b),
        "equal": comparison.equal,
        "ignored": list(ignored),
        "differences": [_difference_to_json(difference) for difference in comparison.differences],
        "notCompared": [
            {
                "entity": entry.facts.kind,
                "name": entry.facts.name,
                "source": entry.facts.source,
                "secrets": list(entry.secrets),
                "fields": list(entry.fields),
            }
            for entry in comparison.not_compared
        ],
        "notes": [{"side": label, "note": note} for label, side in sides.items() for note in side.notes],
    }


def _select_entities_of_kind(side: ComparedSide, kind: str) -> list[EntityFacts]:
    return [facts for facts in side.entities if facts.kind == kind]


def _list_parts_not_compared(pair: PairDifference) -> NotCompared | None:
    """Return the parts of an entity that cannot be compared; its secrets only if both sides have the same auth spec."""
    one, other = pair.a, pair.b
    if one is None or other is None:
        return None
    has_same_spec = (one.source, one.auth_spec) == (other.source, other.auth_spec)
    secrets = one.secrets | other.secrets if has_same_spec else ()
    return NotCompared(one, tuple(sorted(secrets)), list_unknown_fields(one, other))


def _side_to_json(side: ComparedSide) -> dict[str, Any]:
    counts = Counter(facts.kind for facts in side.entities)
    return {
        "side": side.label,
        "sandbox": side.sandbox,
        "stack": side.stack,
        **{member: counts[kind] for kind, member in COUNTS.items()},
    }


def _difference_to_json(pair: PairDifference) -> dict[str, Any]:
    return {
        "kind": pair.kind,
        "entity": pair.entity,
        "a": _entity_to_json(pair.a),
        "b": _entity_to_json(pair.b),
        "fields": [
            {"field": difference.field, "a": show_value(difference.a), "b": show_value(difference.b)}
            for difference in pair.fields
        ],
    }


def _entity_to_json(facts: EntityFacts | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    return {"id": facts.id, "name": facts.name, "source": facts.source, "resource": facts.resource}
