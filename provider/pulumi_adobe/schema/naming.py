"""The two spellings of a property: Adobe's camelCase in the state, Python's snake_case in programs."""

from __future__ import annotations

import re


def snake_case(name: str) -> str:
    """Return a camelCase name as Python writes it: `cluster_id` for `clusterId`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
