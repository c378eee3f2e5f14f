"""Members of what a service answers, which may have any shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def member(entity: Any, *path: str) -> Any:
    """The member at the end of the path; None where something on the way is missing or no object."""
    value = entity
    for step in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value


def objects(entity: Any, *path: str) -> Sequence[Mapping[str, Any]]:
    """The objects in the list at the end of the path; none where there is no list."""
    found = member(entity, *path)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
