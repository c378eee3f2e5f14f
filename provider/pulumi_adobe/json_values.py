"""Access to members of a JSON value that may have any shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def get_member(entity: Any, *path: str) -> Any:
    """Return the member at the end of the path; None where a step is missing or its parent is no object."""
    value = entity
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def get_objects(entity: Any, *path: str) -> Sequence[Mapping[str, Any]]:
    """Return the objects in the list at the end of the path; an empty list where there is no list."""
    value = get_member(entity, *path)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
