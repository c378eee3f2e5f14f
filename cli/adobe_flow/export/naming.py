"""Readable names for resources, variables and config keys: made of the entity's name, unique, the same every time."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from adobe_flow.aep.entities import Entity, get_source_name
from adobe_flow.export.declaration import BASE, EntityKind

_LONGEST: Final = 40
_TAKEN_VARIABLES: Final = frozenset(
    {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "l", "config", "pulumi", "annotations", "find_dataset"}
)
"""Names that a program cannot give to a variable: Python's own, those of the program, and `l`, which looks like 1."""


def build_slug(text: str) -> str:
    """Return lower-case letters, digits and hyphens; an empty text if nothing of it can be written so."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")


def name_resources(
    entities: Iterable[tuple[EntityKind, Entity]], prefix: str = "", taken: Collection[str] = ()
) -> dict[str, str]:
    """Return the resource name of each entity, by its id.

    The oldest has the plain name and each later one of the same a part of its id: what is created later renames
    nothing. The names of other kinds than base connections end like those of the parts of `Ingestion`.

    Args:
        entities: The entities with their kinds.
        prefix: The beginning of each name.
        taken: Names that are taken already.
    """
    names: dict[str, str] = {}
    used = set(taken)
    for kind, entity in sorted(entities, key=lambda kind_and_entity: _get_age_sort_key(kind_and_entity[1])):
        id_ = str(entity.get("id"))
        plain = "-".join(part for part in (prefix, _build_stem(kind, entity)) if part)
        names[id_] = _find_unused_name(plain, build_slug(id_), used)
        used.add(names[id_])
    return names


def build_variable(resource: str) -> str:
    """Return the variable of a resource with such a name."""
    name = resource.replace("-", "_")
    if not name[:1].isalpha():
        # No resource begins with a hyphen, so no other one has this variable.
        name = f"_{name}"
    return f"{name}_" if name in _TAKEN_VARIABLES else name


def build_config_key(resource: str, parameter: str, used: Collection[str]) -> str:
    """Return the config key of a value: the resource and, as Adobe writes it, the parameter."""
    plain = f"{resource}-{re.sub('[^A-Za-z0-9]+', '-', parameter).strip('-') or 'secret'}"
    return next(key for key in (plain, *(f"{plain}-{number}" for number in range(2, 99))) if key not in used)


def _build_stem(kind: EntityKind, entity: Entity) -> str:
    """Return the entity's name and the suffix of its kind.

    If the name has letters, and none of them can be written, the source of a base connection or the kind comes first.
    """
    text = str(entity.get("name") or "")
    stem = build_slug(text)
    if not stem or (any(map(str.isalpha, text)) and not any(map(str.isalpha, stem))):
        return "-".join(part for part in (get_source_name(entity) if kind == BASE else kind.suffix, stem) if part)
    is_complete = not kind.suffix or stem.rpartition("-")[2] == kind.suffix
    return stem if is_complete else f"{stem}-{kind.suffix}"


def _get_age_sort_key(entity: Entity) -> tuple[float, str]:
    created_at = entity.get("createdAt")
    return (created_at if isinstance(created_at, (int, float)) else 0.0, str(entity.get("id")))


def _find_unused_name(plain: str, id_: str, used: Collection[str]) -> str:
    choices: Sequence[str] = [plain, *(f"{plain}-{id_[:length]}" for length in (4, 8, 40))]
    return next((choice for choice in choices if choice not in used), f"{plain}-{len(used)}")
