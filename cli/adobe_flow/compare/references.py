"""References between entities. The ids differ from sandbox to sandbox, so the names behind them are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.aep.reading import UNREADABLE

DATASET: Final = "dataset"
SCHEMA: Final = "XDM schema"


@dataclass(frozen=True)
class Reference:
    """A reference to an entity: its id, and its name if that is known.

    Attributes:
        kind: What is referred to: one of `KINDS`, `DATASET` or `SCHEMA`.
        id: The id.
        name: The name, None if there is no such entity, or if its name is not known.
        is_missing: Whether the sandbox has no such entity.
        is_declared: Whether a stack's state has the id, and nobody was asked for the name.
    """

    kind: str
    id: str
    name: str | None = None
    is_missing: bool = False
    is_declared: bool = False

    def describe(self) -> str:
        """Return the name; without a name, the id, and whether its entity does not exist."""
        if self.name is not None:
            return self.name
        return f"{self.id} (does not exist)" if self.is_missing else self.id


@dataclass(frozen=True)
class EntityNames:
    """The names of the entities of a sandbox or a stack, by kind and id.

    A kind that is absent, or whose names are None, is not known. ``fallback`` has the names of the stack's sandbox.
    """

    by_kind: Mapping[str, Mapping[str, str] | None]
    is_stack: bool = False
    fallback: EntityNames | None = field(default=None, repr=False)

    def refer(self, kind: str, id_: Any) -> Reference:
        """Return the reference to the entity with this id."""
        if not isinstance(id_, str) or id_ == UNREADABLE:
            return Reference(kind, UNREADABLE)
        names = self.by_kind.get(kind)
        if names is not None and id_ in names:
            return Reference(kind, id_, names[id_])
        if self.is_stack:
            return self.fallback.refer(kind, id_) if self.fallback else Reference(kind, id_, is_declared=True)
        return Reference(kind, id_, is_missing=names is not None)


def refer_to_same_entities(a: Sequence[Reference], b: Sequence[Reference]) -> bool | None:
    """Return whether two lists refer to the same entities in any order; None if a stack's state lacks the names."""
    if _has_unreadable_reference(a) or _has_unreadable_reference(b):
        return False
    only_a, only_b = _omit_references_with_ids(a, b), _omit_references_with_ids(b, a)
    if len(only_a) == len(only_b) and any(reference.is_declared for reference in (*only_a, *only_b)):
        return None
    names_a, names_b = [reference.name for reference in only_a], [reference.name for reference in only_b]
    return None not in (*names_a, *names_b) and sorted(map(str, names_a)) == sorted(map(str, names_b))


def _has_unreadable_reference(references: Sequence[Reference]) -> bool:
    return any(reference.id == UNREADABLE for reference in references)


def _omit_references_with_ids(references: Sequence[Reference], others: Sequence[Reference]) -> list[Reference]:
    """Return the references whose id is not among the other references."""
    ids = {reference.id for reference in others}
    return [reference for reference in references if reference.id not in ids]
