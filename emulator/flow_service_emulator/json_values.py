"""JSON values: their members, and the shapes that control paths and files accept."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft4Validator
from jsonschema.exceptions import best_match

_MAX_LENGTH = 200


class ObjectSchema:
    """The schema of a JSON object, checked by Draft 4 of JSON Schema, in which 503.0 is no whole number."""

    def __init__(self, properties: dict[str, Any], *required: str, **more: Any) -> None:
        """``more`` are other words of the schema; members that are not named are refused unless it allows them."""
        named = {"required": list(required)} if required else {}
        self.schema = {"type": "object", "properties": properties, "additionalProperties": False, **named, **more}
        self._validator = Draft4Validator(self.schema)

    def check(self, body: Any, what: str) -> None:
        """Raise `ValueError` with what is wrong with a body, its name ``what``, and the members that it may have."""
        error = best_match(self._validator.iter_errors(body))
        if error is not None:
            where = ".".join(map(str, error.absolute_path)) or what
            names = ", ".join(self.schema["properties"]) or "nothing"
            raise ValueError(f"{where}: {error.message[:_MAX_LENGTH]} ({what} has {names})")


def get_member(value: Any, *path: str) -> Any:
    """Return the value at a path of objects; None if the path ends early."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def list_members(value: Any, *path: str) -> list[Any]:
    """Return the list at a path of objects; an empty one if the path ends early, or at anything else."""
    items = get_member(value, *path)
    return items if isinstance(items, list) else []
