"""Patterns in a rule's configuration: shell patterns for lists of names, regular expressions for the shape of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any, Final

from adobe_flow_policy.rule import ConfigError

PRODUCTION: Final = ("prod", "prod-*", "*-prod", "production")
"""Names of stacks and sandboxes that are production's, where a team does not say."""


def listed(value: str, patterns: Iterable[str]) -> bool:
    """Whether one of the shell patterns (`*`, `?`, `[ab]`) is the whole value."""
    return any(fnmatchcase(value, pattern) for pattern in patterns)


def expression(pattern: str) -> re.Pattern[str]:
    """A regular expression of Python's. Raises ConfigError."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ConfigError(f"{pattern!r} is no regular expression ({error})") from None


def shell_patterns(description: str, default: Iterable[str]) -> dict[str, Any]:
    """The schema of a list of shell patterns."""
    items = {"type": "string", "minLength": 1}
    return {"type": "array", "items": items, "minItems": 1, "default": list(default), "description": description}


def regular_expression(description: str, default: str) -> dict[str, Any]:
    """The schema of a regular expression."""
    return {"type": "string", "minLength": 1, "default": default, "description": description}
