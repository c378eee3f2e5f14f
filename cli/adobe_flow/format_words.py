"""The words of the command line's own format: a secret that is one of them is not taken out of these places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

SCHEMA_SUFFIX: Final = ".schema.json"

_OPEN_WORDS: Final = {
    "operation": ("create", "update", "replace", "delete", "unchanged", "outside", "read", "import"),
    "severity": ("debug", "info", "info#err", "warning", "error"),
    "layers": ("source", "base connection", "source connection", "dataflow", "target connection", "dataset"),
}
"""Those of members that may have other words too, which no schema can list."""


def is_format_word(member: str, text: str) -> bool:
    """Whether a command's result has this text in that member as a word of its format."""
    return text in _words().get(member, ())


@cache
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {name: set(words) for name, words in _OPEN_WORDS.items()}
    for file in files("adobe_flow.schemas").iterdir():
        if file.name.endswith(SCHEMA_SUFFIX):
            for name, word in _enumerated(json.loads(file.read_text(encoding="utf-8"))):
                found.setdefault(name, set()).add(word)
    return {name: frozenset(words) for name, words in found.items()}


def _enumerated(schema: Any, member: str = "") -> Iterator[tuple[str, str]]:
    """Every member of a JSON schema with each of the words that its `enum` allows."""
    if isinstance(schema, dict):
        for name, part in schema.items():
            if name == "enum":
                yield from ((member, word) for word in part if isinstance(word, str))
            elif name in {"properties", "$defs"}:
                for inner, each in part.items():
                    yield from _enumerated(each, inner)
            else:
                yield from _enumerated(part, member)
