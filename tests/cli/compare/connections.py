"""Connections as the comparison sees them, drawn at random, and changes of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from adobe_flow.compare.comparison import ComparedSide
from adobe_flow.compare.facts import EntityFacts

SOURCES = ("databricks", "postgresql", "mysql")
NAMES = st.sampled_from(("lake", "Lake", " lake", "two  blanks", "ä/ö", "crm"))
VALUES = st.one_of(st.sampled_from(("x", "y", "1")), st.integers(0, 1), st.booleans())
FACTS = st.builds(
    EntityFacts,
    id=st.uuids().map(str),
    name=NAMES,
    source=st.sampled_from(SOURCES),
    description=st.sampled_from((None, "about", "other")),
    auth_spec=st.sampled_from(("Basic", "Token")),
    parameters=st.dictionaries(st.sampled_from(("host", "port")), VALUES),
    secrets=st.sampled_from((frozenset[str](), frozenset({"password"}))),
    state=st.sampled_from(("enabled", "failed")),
    dataflows=st.sampled_from(((), ("orders",))),
)


def side(connections: list[EntityFacts], label: str = "dev") -> ComparedSide:
    return ComparedSide(label, connections, label)


def alone(connections: list[EntityFacts]) -> list[EntityFacts]:
    """Those whose name no other has, however it is written: only of these it is certain which is which."""
    folded = [" ".join(each.name.casefold().split()) for each in connections]
    return [each for each, name in zip(connections, folded, strict=True) if folded.count(name) == 1]


Change = tuple[str, Callable[[EntityFacts], EntityFacts]]

CHANGES: tuple[Change, ...] = (
    ("name", lambda facts: replace(facts, name=facts.name.swapcase())),
    ("source", lambda facts: replace(facts, source="snowflake")),
    ("description", lambda facts: replace(facts, description="planted")),
    ("authSpec", lambda facts: replace(facts, auth_spec="Planted")),
    ("state", lambda facts: replace(facts, state="draft")),
    ("dataflows", lambda facts: replace(facts, dataflows=("planted",))),
    ("parameters.host", lambda facts: replace(facts, parameters={**facts.parameters, "host": "planted"})),
    ("parameters.added", lambda facts: replace(facts, parameters={**facts.parameters, "added": 0})),
)


def plain(result: dict[str, Any]) -> list[Any]:
    """The differences without the ids: which of two equal ones is meant makes no difference."""
    return [
        (each["kind"], *(each[end] and (each[end]["name"], each[end]["source"]) for end in ("a", "b")), each["fields"])
        for each in result["differences"]
    ]
