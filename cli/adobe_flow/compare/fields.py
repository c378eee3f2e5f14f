"""What differs between two connections that are one and the same to people: a pure function."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from adobe_flow.compare.facts import Facts
from adobe_flow.problem import Problem
from adobe_flow.reading import UNREADABLE
from pulumi_adobe.suggestions import find_similar_names

FIELDS = ("name", "source", "description", "authSpec", "state", "dataflows")
"""What can differ, beside `parameters.<name>`."""


def checked(ignored: Collection[str]) -> list[str]:
    """The fields that a person wants to be ignored, each once. Raises Problem for what is none."""
    for name in ignored:
        if name not in FIELDS and not re.fullmatch(r"parameters\.\S+", name):
            near = find_similar_names(name, FIELDS, limit=1, cutoff=0.6)
            hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(FIELDS)} and parameters.NAME."
            raise Problem(f"There is no field {name} to be ignored.", hint)
    return list(dict.fromkeys(ignored))


@dataclass(frozen=True)
class Differing:
    """One field, and what it is on either side; None where it is not there."""

    field: str
    a: Any
    b: Any


def differing(a: Facts, b: Facts, ignored: Collection[str] = ()) -> tuple[Differing, ...]:
    """Each field that differs, but for those to be ignored.

    Of another source or auth spec, the parameters are others too: what follows from that is not listed again.
    """
    return tuple(each for each in _candidates(a, b) if each.field not in ignored and _unlike(each.a, each.b))


def _candidates(a: Facts, b: Facts) -> Iterator[Differing]:
    yield Differing("name", a.name, b.name)
    yield Differing("source", a.source, b.source)
    yield Differing("description", a.description, b.description)
    if a.source == b.source:
        yield Differing("authSpec", a.auth_spec, b.auth_spec)
        yield from _parameters(a, b)
    if a.state is not None and b.state is not None:
        yield Differing("state", a.state, b.state)
    if a.dataflows is not None and b.dataflows is not None:
        yield Differing("dataflows", sorted(a.dataflows), sorted(b.dataflows))


def _parameters(a: Facts, b: Facts) -> Iterator[Differing]:
    """Those of one auth spec; of two, those that both have. What is a secret on one side alone is one."""
    names = {*a.parameters, *b.parameters} - a.secrets - b.secrets
    if a.auth_spec != b.auth_spec:
        names &= {*a.parameters} & {*b.parameters}
    for name in sorted(names):
        yield Differing(f"parameters.{name}", a.parameters.get(name), b.parameters.get(name))


def _unlike(a: Any, b: Any) -> bool:
    """To Python, True is 1; to Flow Service it is not. Nobody knows whether what cannot be read is the same."""
    return UNREADABLE in (a, b) or isinstance(a, bool) is not isinstance(b, bool) or a != b
