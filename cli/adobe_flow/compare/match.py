"""Which connection of one side is which of the other: a pure function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from typing import TypeAlias

from adobe_flow.compare.facts import Facts
from adobe_flow.compare.fields import differing

Pair: TypeAlias = tuple[Facts | None, Facts | None]
"""One connection on both sides; None where it is missing."""


def matched(a: Sequence[Facts], b: Sequence[Facts], ignored: Collection[str] = ()) -> list[Pair]:
    """Every connection of both sides, each once; the same pairs, turned round, for the sides turned round.

    Flow Service allows many of one name. So: those of one source and name, the most alike first; of what is left, those
    that are the only ones of a source whose names differ in case and blanks alone; then the only ones of a name, made
    of another source.
    """
    pairs: list[Pair] = []
    left_a, left_b = sorted(a, key=_id), sorted(b, key=_id)
    for key, several in ((_same, True), (_nearly, False), (_name, False)):
        found = _by(key, left_a, left_b, ignored, several=several)
        pairs += found
        left_a = _without(left_a, [one for one, _ in found])
        left_b = _without(left_b, [other for _, other in found])
    pairs += [(one, None) for one in left_a]
    pairs += [(None, other) for other in left_b]
    return sorted(pairs, key=_order)


def _same(facts: Facts) -> Hashable:
    return facts.source, facts.name


def _nearly(facts: Facts) -> Hashable:
    return facts.source, " ".join(facts.name.casefold().split())


def _name(facts: Facts) -> Hashable:
    return facts.name


def _by(
    key: Callable[[Facts], Hashable], a: Sequence[Facts], b: Sequence[Facts], ignored: Collection[str], *, several: bool
) -> list[tuple[Facts, Facts]]:
    of_a, of_b = _grouped(key, a), _grouped(key, b)
    found: list[tuple[Facts, Facts]] = []
    for each, ones in of_a.items():
        others = of_b.get(each, [])
        if len(ones) == len(others) == 1:
            found.append((ones[0], others[0]))
        elif others and several:
            found += _most_alike(ones, others, ignored)
    return found


def _most_alike(a: Sequence[Facts], b: Sequence[Facts], ignored: Collection[str]) -> list[tuple[Facts, Facts]]:
    """Which two is decided by what they are, not by the order or the side in which they stand."""
    candidates = sorted(
        (len(differing(one, other, ignored)), sorted((_content(one), _content(other))), here, there)
        for here, one in enumerate(a)
        for there, other in enumerate(b)
    )
    found: list[tuple[Facts, Facts]] = []
    taken_a, taken_b = set[int](), set[int]()
    for _, _, here, there in candidates:
        if here not in taken_a and there not in taken_b:
            found.append((a[here], b[there]))
            taken_a.add(here)
            taken_b.add(there)
    return found


def _grouped(key: Callable[[Facts], Hashable], every: Sequence[Facts]) -> dict[Hashable, list[Facts]]:
    groups: dict[Hashable, list[Facts]] = defaultdict(list)
    for each in every:
        groups[key(each)].append(each)
    return groups


def _content(facts: Facts) -> str:
    flows = sorted(facts.dataflows or ())
    parameters = sorted(facts.parameters.items())
    return repr((facts.name, facts.source, facts.description, facts.auth_spec, parameters, facts.state, flows))


def _without(every: Sequence[Facts], taken: Sequence[Facts]) -> list[Facts]:
    gone = {id(each) for each in taken}
    return [each for each in every if id(each) not in gone]


def _id(facts: Facts) -> str:
    return facts.id


def _order(pair: Pair) -> tuple[str, str, str]:
    there = [each for each in pair if each]
    name, source = min((each.name, each.source) for each in there)
    return name.casefold(), source, min(_content(each) for each in there)
