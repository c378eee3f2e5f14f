"""The two spellings of a property: Adobe's camelCase in the state, Python's snake_case in programs."""

from __future__ import annotations

import re


class LiteralKey(str):
    """A key of an object that is data, such as the name of a column, and so has one spelling.

    Pulumi's SDK passes the keys of nested objects to `translate_input_property`, too: `created_at` would become
    `createdAt`.
    """

    __slots__ = ()


def snake_case(name: str) -> str:
    """Return a camelCase name as Python writes it: `cluster_id` for `clusterId`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def camel_case(name: str) -> str:
    """Return a snake_case name as Adobe and the state write it: `clusterId` for `cluster_id`."""
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name)
