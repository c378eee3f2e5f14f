"""The match of the entities of one side with those of the other: a pure function."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Final, TypeAlias

from adobe_flow.compare.facts import DATAFLOW, EntityFacts
from adobe_flow.compare.fields import find_differences, show_value

_MAX_COMPARISONS: Final = 20_000
"""Comparisons of entities of one name, which take some 0.1 ms each."""

Pair: TypeAlias = tuple[EntityFacts | None, EntityFacts | None]
"""One entity on both sides; None where it is missing."""


def match_entities(a: Sequence[EntityFacts], b: Sequence[EntityFacts], ignored: Collection[str] = ()) -> list[Pair]:
    """Pair the entities of both sides, so that each is returned once. Swapped sides give the same pairs, swapped.

    Flow Service allows many of one name. So: those of one source and name, the most alike first; of what is left, those
    that are the only ones of a source whose names differ in case and blanks alone; then the only ones of a name, made
    of another source.

    Args:
        a: The entities of one kind on one side.
        b: Those of the same kind on the other side.
        ignored: The fields that are not compared.
    """
    pairs: list[Pair] = []
    left_a, left_b = sorted(a, key=_get_id), sorted(b, key=_get_id)
    for key, takes_several in ((_get_name_and_source, True), (_get_folded_name_and_source, False), (_get_name, False)):
        matches = _match_by(key, left_a, left_b, ignored, takes_several=takes_several)
        pairs += matches
        left_a = _omit_matched(left_a, [one for one, _ in matches])
        left_b = _omit_matched(left_b, [other for _, other in matches])
    pairs += [(one, None) for one in left_a]
    pairs += [(None, other) for other in left_b]
    return sorted(pairs, key=_get_pair_sort_key)


def _get_name_and_source(facts: EntityFacts) -> Hashable:
    return _get_source(facts), facts.name


def _get_folded_name_and_source(facts: EntityFacts) -> Hashable:
    return _get_source(facts), " ".join(facts.name.casefold().split())


def _get_name(facts: EntityFacts) -> Hashable:
    return facts.name


def _get_source(facts: EntityFacts) -> str:
    """Return the source of an entity; empty for a dataflow, whose source only its source connections know."""
    return "" if facts.kind == DATAFLOW else facts.source


def _match_by(
    key: Callable[[EntityFacts], Hashable],
    a: Sequence[EntityFacts],
    b: Sequence[EntityFacts],
    ignored: Collection[str],
    *,
    takes_several: bool,
) -> list[tuple[EntityFacts, EntityFacts]]:
    groups_a, groups_b = _group_by_key(key, a), _group_by_key(key, b)
    matches: list[tuple[EntityFacts, EntityFacts]] = []
    for group, ones in groups_a.items():
        others = groups_b.get(group, [])
        if len(ones) == len(others) == 1:
            matches.append((ones[0], others[0]))
        elif others and takes_several:
            matches += _match_most_alike(ones, others, ignored)
    return matches


def _match_most_alike(
    a: Sequence[EntityFacts], b: Sequence[EntityFacts], ignored: Collection[str]
) -> list[tuple[EntityFacts, EntityFacts]]:
    """Pair the entities with the most similar content, whatever their order and their side.

    Those that are equal are matched first. Of what is left, each is compared with each; if that takes too long, they
    are matched in the order of their content.
    """
    contents_a, contents_b = _group_by_key(_serialize_content, a), _group_by_key(_serialize_content, b)
    equal = [
        pair for content, ones in contents_a.items() for pair in zip(ones, contents_b.get(content, ()), strict=False)
    ]
    a, b = _omit_matched(a, [one for one, _ in equal]), _omit_matched(b, [other for _, other in equal])
    a, b = sorted(a, key=_serialize_content), sorted(b, key=_serialize_content)
    if len(a) * len(b) > _MAX_COMPARISONS:
        return equal + list(zip(a, b, strict=False))
    texts_a, texts_b = [_serialize_content(facts) for facts in a], [_serialize_content(facts) for facts in b]
    candidates = sorted(
        (len(find_differences(one, other, ignored)), sorted((texts_a[index_a], texts_b[index_b])), index_a, index_b)
        for index_a, one in enumerate(a)
        for index_b, other in enumerate(b)
    )
    matches: list[tuple[EntityFacts, EntityFacts]] = []
    taken_a, taken_b = set[int](), set[int]()
    for _, _, index_a, index_b in candidates:
        if index_a not in taken_a and index_b not in taken_b:
            matches.append((a[index_a], b[index_b]))
            taken_a.add(index_a)
            taken_b.add(index_b)
    return equal + matches


def _group_by_key(
    key: Callable[[EntityFacts], Hashable], entities: Sequence[EntityFacts]
) -> dict[Hashable, list[EntityFacts]]:
    groups: dict[Hashable, list[EntityFacts]] = defaultdict(list)
    for facts in entities:
        groups[key(facts)].append(facts)
    return groups


def _serialize_content(facts: EntityFacts) -> str:
    """Return the content of an entity without its id, as a text for sorting."""
    details = {name: show_value(value) for name, value in facts.details.items()}
    about = [facts.name, facts.source, facts.description, facts.auth_spec, facts.state, sorted(facts.dataflows or ())]
    return json.dumps([about, facts.parameters, details], sort_keys=True, default=str)


def _omit_matched(entities: Sequence[EntityFacts], taken: Sequence[EntityFacts]) -> list[EntityFacts]:
    taken_objects = {id(facts) for facts in taken}
    return [facts for facts in entities if id(facts) not in taken_objects]


def _get_id(facts: EntityFacts) -> str:
    return facts.id


def _get_pair_sort_key(pair: Pair) -> tuple[str, str, str]:
    present = [facts for facts in pair if facts]
    name, source = min((facts.name, facts.source) for facts in present)
    return name.casefold(), source, min(_serialize_content(facts) for facts in present)
