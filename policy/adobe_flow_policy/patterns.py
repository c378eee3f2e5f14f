"""Patterns in the configuration of rules: shell patterns for lists of names, regular expressions for single values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any, Final

from adobe_flow_policy.rule import ConfigError

PRODUCTION: Final = ("prod", "prod-*", "*-prod", "production")
"""The default names of production stacks and production sandboxes."""


def matches_any(value: str, patterns: Iterable[str]) -> bool:
    """Return whether one of the shell patterns (`*`, `?`, `[ab]`) matches the whole value."""
    return any(fnmatchcase(value, pattern) for pattern in patterns)


def compile_expression(pattern: str) -> re.Pattern[str]:
    """Compile a regular expression of Python. Raises ConfigError."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ConfigError(f"{pattern!r} is not a regular expression ({error})") from None


def build_pattern_list_schema(description: str, default: Iterable[str]) -> dict[str, Any]:
    """Return the JSON Schema of a list of shell patterns."""
    items = {"type": "string", "minLength": 1}
    return {"type": "array", "items": items, "minItems": 1, "default": list(default), "description": description}


def build_expression_schema(description: str, default: str) -> dict[str, Any]:
    """Return the JSON Schema of a regular expression."""
    return {"type": "string", "minLength": 1, "default": default, "description": description}
