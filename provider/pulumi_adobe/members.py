"""Members of what a service answers, which may have any shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def get_member(entity: Any, *path: str) -> Any:
    """The member at the end of the path; None where something on the way is missing or no object."""
    value = entity
    for step in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value


def get_objects(entity: Any, *path: str) -> Sequence[Mapping[str, Any]]:
    """The objects in the list at the end of the path; none where there is no list."""
    value = get_member(entity, *path)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
