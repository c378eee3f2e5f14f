"""The stack config that brings one side to the other, worked out of their comparison: a pure function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.compare.comparison import Comparison, PairDifference
from adobe_flow.compare.facts import Facts
from adobe_flow.export.classes import DATABRICKS
from adobe_flow.export.naming import slug
from adobe_flow.export.stack_config import FIELDS as PARAMETERS

_FIELDS: Final = ("name", "description", *PARAMETERS)
"""What an entry of `connections` can say; the token stands in `accessTokens`."""

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One entry of `connections`: what each of its fields is, and is to be; None is none.

    ``missing`` are the fields that A keeps secret or encrypted, so that a person has to give them.
    """

    resource: str
    name: str
    new: bool
    fields: Mapping[str, tuple[Any, Any]]
    token: bool
    missing: tuple[str, ...] = ()
    unmanaged: str | None = None


@dataclass(frozen=True)
class Left:
    """What no stack config brings about, and why."""

    name: str
    source: str
    reason: str


@dataclass
class Promotion:
    """What is to be changed, and what is left."""

    changes: list[Change] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def merged(self, connections: Mapping[str, Entry]) -> dict[str, dict[str, Any]]:
        """The `connections` of the stack with the changes made; all others as they are."""
        found = {name: dict(entry) for name, entry in connections.items()}
        for change in self.changes:
            entry = found.setdefault(change.resource, {})
            entry.update({name: after for name, (_, after) in change.fields.items()})
            found[change.resource] = {name: value for name, value in entry.items() if value is not None}
        return found

    def fragment(self) -> dict[str, dict[str, Any]]:
        """What the changes alone say, as a stack's file would."""
        return {
            change.resource: {name: after for name, (_, after) in change.fields.items() if after is not None}
            for change in self.changes
            if change.fields
        }


def promotion(comparison: Comparison, connections: Mapping[str, Entry], tokens: frozenset[str]) -> Promotion:
    """What brings B to A. ``connections`` and ``tokens`` (names alone) are the config that B's stack has now."""
    found = Promotion()
    a, b = comparison.a.label, comparison.b.label
    for each in comparison.differences:
        found.left += _left(each, a, b)
        if each.a and each.a.source == DATABRICKS:
            used = {*connections, *(change.resource for change in found.changes)}
            change = _change(each, each.a, connections, tokens, used)
            if change.fields or change.missing or change.token:
                found.changes.append(change)
    return found


def _left(difference: PairDifference, a: str, b: str) -> Iterator[Left]:
    one, other = difference.a, difference.b
    if other and one is None:
        yield Left(other.name, other.source, f"not in {a}: it stays in {b}")
    if one is None:
        return
    if one.source != DATABRICKS:
        how = f"the stack config declares {DATABRICKS} alone; for a program: adobe-flow export"
        yield Left(one.name, one.source, how)
        return
    if other and other.source != one.source:
        yield Left(other.name, other.source, f"made of another source than in {a}: it stays in {b}")
    for each in difference.fields:
        if each.field in {"state", "dataflows"}:
            yield Left(one.name, one.source, f"{each.field}: no part of the stack config")


def _change(
    difference: PairDifference, one: Facts, connections: Mapping[str, Entry], tokens: frozenset[str], used: set[str]
) -> Change:
    other = difference.b if difference.b and difference.b.source == one.source else None
    resource = _declared_as(other or one, connections)
    before: Entry = connections[resource] if resource else {}
    key = resource or _unused(slug(one.name) or DATABRICKS, used)
    wanted = _entry(one)
    if other:
        # Only what differs, and is not to be ignored: the rest is as B has it.
        differing = {each.field.removeprefix("parameters.") for each in difference.fields}
        rest = before if resource else _entry(other)
        wanted = {name: wanted.get(name) if name in differing else rest.get(name) for name in _FIELDS}
    fields = {name: (before.get(name), wanted.get(name)) for name in _FIELDS if before.get(name) != wanted.get(name)}
    return Change(
        resource=key,
        name=one.name,
        new=resource is None,
        fields=fields,
        token=key not in tokens,
        missing=tuple(name for name in PARAMETERS if name in one.secrets and name not in before),
        unmanaged=other.id if other and resource is None else None,
    )


def _declared_as(facts: Facts, connections: Mapping[str, Entry]) -> str | None:
    """The entry that declares it: the one that the stack's state names, else the only one of that name."""
    if facts.resource in connections:
        return facts.resource
    found = [key for key, entry in connections.items() if entry.get("name") == facts.name]
    return found[0] if len(found) == 1 else None


def _entry(facts: Facts) -> dict[str, Any]:
    about = {"name": facts.name, "description": facts.description}
    found = {**about, **{name: facts.parameters.get(name) for name in PARAMETERS}}
    return {name: value for name, value in found.items() if value is not None}


def _unused(plain: str, used: set[str]) -> str:
    numbered = (f"{plain}-{number}" for number in range(2, len(used) + 3))
    return next(each for each in (plain, *numbered) if each not in used)
