"""The values that resource schemas, the life cycle and the adapters pass to each other."""

from __future__ import annotations

import re
from typing import Any, Final, TypeAlias

Properties: TypeAlias = dict[str, Any]
"""Properties of a resource as the state holds them, under Adobe's camelCase names."""

Body: TypeAlias = dict[str, Any]
"""A JSON object as Flow Service takes it in a create and returns it in a read."""


class Unknown:
    """The type of `UNKNOWN`."""

    def __repr__(self) -> str:
        return "<unknown until the update>"


UNKNOWN: Final = Unknown()
"""Stands, during a preview, in the place of a value that only the update will know."""

_MASK: Final = r"[*•xX#.\-]*|\{[^{}]*\}|\[[^\[\]]*\]|<[^<>]*>"
"""How services write "not shown": Adobe's own samples have `{SECRET_KEY}` and `xxxx`."""


def is_masked(value: Any) -> bool:
    """Return whether a service shows this value in the place of one that it keeps secret."""
    return value is None or (isinstance(value, str) and re.fullmatch(_MASK, value) is not None)
