"""The doubts about a side: references to nothing, names that several entities share, unreadable mappings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from adobe_flow.compare.facts import KINDS, EntityFacts
from adobe_flow.compare.references import SCHEMA, Reference

_MAX_NAMES: Final = 5


def describe_doubts(entities: Sequence[EntityFacts], unread_mappings: Mapping[str, str]) -> Iterator[str]:
    """Return a sentence for each reason why a comparison of these entities may be wrong or incomplete.

    Args:
        entities: The entities of the side.
        unread_mappings: By the id of a dataflow, why its mapping cannot be read.
    """
    yield from _describe_missing(entities)
    yield from _describe_shared_names(entities)
    yield from _describe_mappings(entities, unread_mappings)


def _describe_missing(entities: Iterable[EntityFacts]) -> Iterator[str]:
    names: dict[tuple[str, str], list[str]] = {}
    for facts in entities:
        kinds = {reference.kind for reference in _list_references_of_entity(facts) if reference.is_missing}
        for kind in kinds:
            names.setdefault((facts.kind, kind), []).append(facts.name)
    for (kind, missing), referring in sorted(names.items()):
        subject = f"{_format_count(referring, kind)} name{'s' if len(referring) == 1 else ''}"
        article = "an" if missing == SCHEMA else "a"
        yield f"{subject} {article} {missing} that does not exist: {_list_names(referring)}."


def _list_references_of_entity(facts: EntityFacts) -> Iterator[Reference]:
    for value in facts.details.values():
        if isinstance(value, Reference):
            yield value
        elif isinstance(value, tuple):
            yield from value


def _describe_shared_names(entities: Sequence[EntityFacts]) -> Iterator[str]:
    for kind in KINDS:
        counts = Counter((facts.source, facts.name) for facts in entities if facts.kind == kind)
        shared = sorted({name for (_, name), count in counts.items() if count > 1})
        if shared:
            yield (
                f"Several {kind}s share a name: {_list_names(shared)}. Those that are most alike are compared with "
                "each other, and references to them are compared by the name."
            )


def _describe_mappings(entities: Iterable[EntityFacts], unread_mappings: Mapping[str, str]) -> Iterator[str]:
    names: dict[str, list[str]] = {}
    for facts in entities:
        if facts.id in unread_mappings:
            names.setdefault(unread_mappings[facts.id], []).append(facts.name)
    for reason, dataflows in names.items():
        count = _format_count(dataflows, "dataflow")
        yield f"The mapping of {count} cannot be read: {_list_names(dataflows)}. {reason}"


def _list_names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
    return ", ".join(names[:_MAX_NAMES]) + more


def _format_count(names: Sequence[str], noun: str) -> str:
    return f"{len(names)} {noun}{'' if len(names) == 1 else 's'}"
