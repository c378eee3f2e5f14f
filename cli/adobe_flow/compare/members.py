"""The members of an entity's objects as details, whatever type the service gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.documents import is_nested_deeper

_MAX_NESTING: Final = 20
_MAX_DIGITS: Final = 15

_MASK: Final = re.compile(r"[*•]{3,}")
"""The mask by which a service hides a value."""


def read_members(value: Any, group: str, *, parse_texts: bool = False) -> dict[str, Any]:
    """Return the members of an object, each under the name `group.member`.

    Null and an empty text are members that are missing. An object of another type is one unreadable member.

    Args:
        value: The object as the service shows it.
        group: The name of the object in the comparison.
        parse_texts: Whether a text such as `15` or `true` stands for a number or a truth value: Adobe's documents have
            both forms for schedules and options.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        return {group: UNREADABLE}
    members = {name: read_shallow_value(member) for name, member in value.items() if member not in (None, "")}
    return {
        f"{group}.{name}": _parse_number_or_boolean(member) if parse_texts else member
        for name, member in members.items()
    }


def read_shallow_value(value: Any) -> Any:
    """Return a value, or `UNREADABLE` if it is nested too deeply to be shown."""
    return UNREADABLE if is_nested_deeper(value, _MAX_NESTING) else value


def is_masked_text(value: Any) -> bool:
    """Return whether Flow Service returns this text as a mask of a secret value."""
    return isinstance(value, str) and _MASK.fullmatch(value) is not None


def group_by_name(items: Any) -> dict[str, Any] | None:
    """Return the objects of a list by their names; None if it is no list of objects with different names."""
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        return None
    names = [item.get("name") for item in items]
    if not all(isinstance(name, str) for name in names) or len(set(names)) != len(names):
        return None
    return {item["name"]: {key: value for key, value in item.items() if key != "name"} for item in items}


def _parse_number_or_boolean(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isdecimal() and len(value) <= _MAX_DIGITS:
        return int(value)
    return {"true": True, "false": False}.get(value.lower(), value)
