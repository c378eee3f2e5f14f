"""The comparison of two sides, and what `adobe-flow compare --json` prints of it: pure functions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from adobe_flow.compare.facts import Facts
from adobe_flow.compare.fields import Differing, differing
from adobe_flow.compare.match import matched

MISSING_IN_A, MISSING_IN_B, DIFFERS = "missing-in-a", "missing-in-b", "differs"


@dataclass(frozen=True)
class Side:
    """What stands on one side, and how the person called it: a sandbox, or `stack:NAME`."""

    label: str
    connections: Sequence[Facts]
    sandbox: str | None = None
    stack: str | None = None


@dataclass(frozen=True)
class Difference:
    """One connection that is not the same on both sides; None where it is missing."""

    a: Facts | None
    b: Facts | None
    fields: tuple[Differing, ...] = ()

    @property
    def kind(self) -> str:
        """Which of the three kinds of difference it is."""
        if self.a and self.b:
            return DIFFERS
        return MISSING_IN_B if self.a else MISSING_IN_A


@dataclass(frozen=True)
class Comparison:
    """Both sides, what differs, and the pairs whose secrets nobody can compare."""

    a: Side
    b: Side
    differences: tuple[Difference, ...]
    not_compared: tuple[tuple[Facts, tuple[str, ...]], ...]
    equal: int


def compared(a: Side, b: Side, ignored: Collection[str] = ()) -> Comparison:
    """Compare them, but for the fields to be ignored."""
    every = [
        Difference(one, other, differing(one, other, ignored) if one and other else ())
        for one, other in matched(a.connections, b.connections, ignored)
    ]
    found = tuple(each for each in every if each.kind != DIFFERS or each.fields)
    return Comparison(a, b, found, tuple(_not_compared(every)), len(every) - len(found))


def as_json(comparison: Comparison, at: str, ignored: Sequence[str] = ()) -> dict[str, Any]:
    """The result as its schema describes it; ``at`` is when it was made. No secret is in it, nor ever was."""
    return {
        "at": at,
        "a": _side(comparison.a),
        "b": _side(comparison.b),
        "equal": comparison.equal,
        "ignored": list(ignored),
        "differences": [_difference(each) for each in comparison.differences],
        "notCompared": [
            {"name": facts.name, "source": facts.source, "secrets": list(secrets)}
            for facts, secrets in comparison.not_compared
        ],
    }


def _not_compared(every: Sequence[Difference]) -> Iterator[tuple[Facts, tuple[str, ...]]]:
    """The secrets of one auth spec; of two, the spec itself is the difference."""
    for each in every:
        one, other = each.a, each.b
        if one and other and (one.source, one.auth_spec) == (other.source, other.auth_spec):
            secrets = one.secrets | other.secrets
            if secrets:
                yield one, tuple(sorted(secrets))


def _side(side: Side) -> dict[str, Any]:
    return {
        "side": side.label,
        "sandbox": side.sandbox,
        "stack": side.stack,
        "connections": len(side.connections),
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "kind": difference.kind,
        "a": _end(difference.a),
        "b": _end(difference.b),
        "fields": [{"field": each.field, "a": each.a, "b": each.b} for each in difference.fields],
    }


def _end(facts: Facts | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    return {"id": facts.id, "name": facts.name, "source": facts.source, "resource": facts.resource}
