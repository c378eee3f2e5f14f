"""Parsing of JSON, and access to the members of a JSON value that may have any shape."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
"""The escape of half a character (a surrogate); `\\ud55c`, which other languages use, is a whole one."""


def parse_json(text: str) -> Any:
    """Parse a JSON text.

    This is stricter than Python's parser: a value that other JSON parsers refuse must not reach a state or an output.
    Each half of a surrogate pair, which is no character, is replaced.

    Raises:
        ValueError: The text is no JSON as RFC 8259 defines it, or its nesting is too deep for Python.
    """
    try:
        value = json.loads(
            text, parse_constant=_reject_constant, parse_float=_parse_finite_number, parse_int=_parse_integer
        )
        if _SURROGATE.search(text):
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except RecursionError:
        raise ValueError("the nesting is too deep") from None
    return value


def _reject_constant(constant: str) -> NoReturn:
    raise ValueError(f"RFC 8259 has no {constant}")


def _parse_finite_number(number: str) -> float:
    value = float(number)
    return value if math.isfinite(value) else _reject_constant(number)


def _parse_integer(number: str) -> int | None:
    """Return the integer; None if it is too large for a state: Pulumi keeps numbers as floats of 64 bits."""
    return int(number) if math.isfinite(float(number)) else None


def get_member(entity: Any, *path: str) -> Any:
    """Return the member at the end of the path; None where a step is missing or its parent is no object."""
    value = entity
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def get_object(entity: Any, *path: str) -> Mapping[str, Any]:
    """Return the object at the end of the path; an empty one where there is none."""
    value = get_member(entity, *path)
    return value if isinstance(value, Mapping) else {}


def get_objects(entity: Any, *path: str) -> Sequence[Mapping[str, Any]]:
    """Return the objects in the list at the end of the path; an empty list where there is no list."""
    value = get_member(entity, *path)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
