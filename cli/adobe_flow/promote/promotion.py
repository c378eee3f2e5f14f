"""The stack config that makes one side equal to the other, computed from their comparison: a pure function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.compare.comparison import Comparison, PairDifference
from adobe_flow.compare.facts import BASE_CONNECTION, EntityFacts
from adobe_flow.export.classes import DATABRICKS
from adobe_flow.export.naming import build_slug
from adobe_flow.export.stack_config import FIELDS as PARAMETERS

_FIELDS: Final = ("name", "description", *PARAMETERS)
"""The members of an entry of `connections`; the token stands in `accessTokens`."""

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class ConfigChange:
    """The change of one entry of `connections` in the stack config.

    Attributes:
        resource: The key of the entry.
        name: The connection's name in Experience Platform.
        new: Whether the stack has no such entry yet.
        fields: The old and the new value of each field that changes; None is a missing one.
        token: Whether a person must give the token.
        missing: The fields that A keeps secret or encrypted, so that a person must give them.
        unmanaged: The id of the connection in B, if it exists and no entry declares it.
    """

    resource: str
    name: str
    new: bool
    fields: Mapping[str, tuple[Any, Any]]
    token: bool
    missing: tuple[str, ...] = ()
    unmanaged: str | None = None


@dataclass(frozen=True)
class UnpromotedConnection:
    """A connection that the change of the stack config cannot make equal, and the reason."""

    name: str
    source: str
    reason: str


@dataclass
class Promotion:
    """The planned changes of the stack config, and the connections that they cannot make equal."""

    changes: list[ConfigChange] = field(default_factory=list)
    unpromoted: list[UnpromotedConnection] = field(default_factory=list)

    def apply(self, connections: Mapping[str, Entry]) -> dict[str, dict[str, Any]]:
        """Return the `connections` of the stack with the changes applied; other entries stay as they are."""
        changed = {name: dict(entry) for name, entry in connections.items()}
        for change in self.changes:
            entry = changed.setdefault(change.resource, {})
            entry.update({name: after for name, (_, after) in change.fields.items()})
            changed[change.resource] = {name: value for name, value in entry.items() if value is not None}
        return changed

    def build_fragment(self) -> dict[str, dict[str, Any]]:
        """Return only the changed entries, in the form of a stack's file."""
        return {
            change.resource: {name: after for name, (_, after) in change.fields.items() if after is not None}
            for change in self.changes
            if change.fields
        }


def plan_promotion(comparison: Comparison, connections: Mapping[str, Entry], tokens: frozenset[str]) -> Promotion:
    """Return the config changes that make sandbox B equal to A; only base connections are promoted.

    Args:
        comparison: The comparison of A and B.
        connections: The `connections` in the config of B's stack.
        tokens: The names of the `accessTokens` there.
    """
    promotion = Promotion()
    a, b = comparison.a.label, comparison.b.label
    for difference in comparison.differences:
        if difference.entity != BASE_CONNECTION:
            continue
        promotion.unpromoted += _find_unpromoted(difference, a, b)
        if difference.a and difference.a.source == DATABRICKS:
            used_names = {*connections, *(change.resource for change in promotion.changes)}
            change = _plan_config_change(difference, difference.a, connections, tokens, used_names)
            if change.fields or change.missing or change.token:
                promotion.changes.append(change)
    return promotion


def _find_unpromoted(difference: PairDifference, a: str, b: str) -> Iterator[UnpromotedConnection]:
    one, other = difference.a, difference.b
    if other and one is None:
        yield UnpromotedConnection(other.name, other.source, f"not in {a}: it stays in {b}")
    if one is None:
        return
    if one.source != DATABRICKS:
        reason = f"the stack config declares {DATABRICKS} alone; for a program: adobe-flow export"
        yield UnpromotedConnection(one.name, one.source, reason)
        return
    if other and other.source != one.source:
        yield UnpromotedConnection(other.name, other.source, f"made of another source than in {a}: it stays in {b}")
    for changed in difference.fields:
        if changed.field in {"state", "dataflows"}:
            yield UnpromotedConnection(one.name, one.source, f"{changed.field}: no part of the stack config")


def _plan_config_change(
    difference: PairDifference,
    one: EntityFacts,
    connections: Mapping[str, Entry],
    tokens: frozenset[str],
    used_names: set[str],
) -> ConfigChange:
    other = difference.b if difference.b and difference.b.source == one.source else None
    resource = _find_config_entry(other or one, connections)
    before: Entry = connections[resource] if resource else {}
    key = resource or _append_free_number(build_slug(one.name) or DATABRICKS, used_names)
    after = _build_new_entry(one)
    if other:
        # Only what differs, and is not ignored, changes: the rest is as B has it.
        differing = {changed.field.removeprefix("parameters.") for changed in difference.fields}
        rest = before if resource else _build_new_entry(other)
        after = {name: after.get(name) if name in differing else rest.get(name) for name in _FIELDS}
    fields = {name: (before.get(name), after.get(name)) for name in _FIELDS if before.get(name) != after.get(name)}
    return ConfigChange(
        resource=key,
        name=one.name,
        new=resource is None,
        fields=fields,
        token=key not in tokens,
        missing=tuple(name for name in PARAMETERS if name in one.secrets and name not in before),
        unmanaged=other.id if other and resource is None else None,
    )


def _find_config_entry(facts: EntityFacts, connections: Mapping[str, Entry]) -> str | None:
    """Return the entry that declares a connection: the one that the state names, else the only one of that name."""
    if facts.resource in connections:
        return facts.resource
    keys = [key for key, entry in connections.items() if entry.get("name") == facts.name]
    return keys[0] if len(keys) == 1 else None


def _build_new_entry(facts: EntityFacts) -> dict[str, Any]:
    parameters = {name: facts.parameters.get(name) for name in PARAMETERS}
    entry = {"name": facts.name, "description": facts.description, **parameters}
    return {name: value for name, value in entry.items() if value is not None}


def _append_free_number(name: str, used_names: set[str]) -> str:
    """Return the name, or the name with the first unused number appended if it is used."""
    numbered = (f"{name}-{number}" for number in range(2, len(used_names) + 3))
    return next(candidate for candidate in (name, *numbered) if candidate not in used_names)
