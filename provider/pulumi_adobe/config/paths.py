"""Paths into structured values of a stack's config, as `pulumi config set --path` takes them.

Seen with Pulumi 3.259 (`ParsePropertyPath` in its sdk/go/common/resource): a dot separates names, and a name in
brackets and quotes may have any character. In quotes only a quote is escaped; a backslash stands for itself.
"""

from __future__ import annotations

import re
import shlex


def build_config_path(key: str, *names: str) -> str:
    """Return the path of a member of the structured config value ``key``: `connections["eu.lake"].name`.

    Pulumi has no path for a name that ends in a backslash.
    """
    return key + "".join(_build_step(name) for name in names)


def quote_config_path(path: str) -> str:
    """Return the path as a shell takes it: in single quotes, as the documentation writes it."""
    return shlex.quote(path) if "'" in path else f"'{path}'"


def _build_step(name: str) -> str:
    if re.fullmatch(r"[A-Za-z_][\w-]*", name, re.ASCII):
        return f".{name}"
    escaped_name = name.replace('"', '\\"')
    return f'["{escaped_name}"]'
