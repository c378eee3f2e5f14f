"""The entities that one program cannot declare side by side: those that the provider takes for duplicates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from adobe_flow.aep.entities import Entity, get_spec_id
from adobe_flow.export.declaration import BASE, FLOW, SOURCE, TARGET, EntityKind

_SCOPES: Final[Mapping[EntityKind, tuple[Callable[[Entity], str], str]]] = {
    BASE: (get_spec_id, "name and source"),
    SOURCE: (
        # A source without base connections has its spec alone (`ResourceSchema.fallback_duplicate_scope`).
        lambda entity: str(entity.get("baseConnectionId") or get_spec_id(entity)),
        "name on the same base connection or source",
    ),
    TARGET: (lambda _: "", "name"),
    FLOW: (lambda _: "", "name"),
}
"""What besides the name makes two entities duplicates (`ResourceSchema.duplicate_scope`), in words too."""


def find_duplicates(
    kind: EntityKind, entities: Sequence[Entity], chosen_ids: Collection[str] | None = None
) -> dict[str, str]:
    """Return the reason for each entity that has the name and the scope of another one, by its id.

    If ids are chosen, only those count.
    """
    get_scope, words = _SCOPES[kind]
    ids: dict[tuple[str, str], list[str]] = {}
    for entity in entities:
        if chosen_ids is None or entity.get("id") in chosen_ids:
            ids.setdefault((str(entity.get("name")), get_scope(entity)), []).append(str(entity.get("id")))
    advice = "rename one, or name one by its id" if kind == BASE else "rename one"
    return {
        id_: f"another {kind.label} has its {words} ({', '.join(other for other in group if other != id_)}), so one "
        f"program cannot have both; {advice}"
        for group in ids.values()
        if len(group) > 1
        for id_ in group
    }
