"""Readable names for resources and config keys: made of the connection's name, unique, the same at every export."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from adobe_flow.entities import Entity, source_of

_LONGEST = 40


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens; empty where nothing of the text can be written so."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")


def named(entities: Iterable[Entity], prefix: str, taken: Collection[str] = ()) -> dict[str, str]:
    """The resource name of each, by its id.

    The oldest has the plain name and each later one of the same a part of its id: what is made later renames nothing.
    """
    names: dict[str, str] = {}
    used = set(taken)
    for entity in sorted(entities, key=_age):
        id_ = str(entity.get("id"))
        plain = "-".join(part for part in (prefix, slug(str(entity.get("name") or "")) or source_of(entity)) if part)
        names[id_] = _unused(plain, slug(id_), used)
        used.add(names[id_])
    return names


def config_key(resource: str, parameter: str, used: Collection[str]) -> str:
    """The config key of a secret: the resource and, as Adobe writes it, the parameter."""
    plain = f"{resource}-{re.sub('[^A-Za-z0-9]+', '-', parameter).strip('-') or 'secret'}"
    return next(each for each in (plain, *(f"{plain}-{number}" for number in range(2, 99))) if each not in used)


def _age(entity: Entity) -> tuple[float, str]:
    made = entity.get("createdAt")
    return (made if isinstance(made, (int, float)) else 0.0, str(entity.get("id")))


def _unused(plain: str, id_: str, used: Collection[str]) -> str:
    choices: Sequence[str] = [plain, *(f"{plain}-{id_[:length]}" for length in (4, 8, 40))]
    return next((each for each in choices if each not in used), f"{plain}-{len(used)}")
