"""The words of the command line's own format: a secret that equals one of them is not redacted in its place."""

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
"""The words of members that may have other texts too, so that no schema can list them."""


def is_format_word(member: str, text: str) -> bool:
    """Return whether the text is a word of the format of a command's result, in the member with this name."""
    return text in _collect_words().get(member, ())


@cache
def _collect_words() -> dict[str, frozenset[str]]:
    words_by_member: dict[str, set[str]] = {name: set(words) for name, words in _OPEN_WORDS.items()}
    for file in files("adobe_flow.schemas").iterdir():
        if file.name.endswith(SCHEMA_SUFFIX):
            for name, word in _list_enum_words(json.loads(file.read_text(encoding="utf-8"))):
                words_by_member.setdefault(name, set()).add(word)
    return {name: frozenset(words) for name, words in words_by_member.items()}


def _list_enum_words(schema: Any, member: str = "") -> Iterator[tuple[str, str]]:
    """Yield each member of a JSON schema with each word that its `enum` allows."""
    if isinstance(schema, dict):
        for name, part in schema.items():
            if name == "enum":
                yield from ((member, word) for word in part if isinstance(word, str))
            elif name in {"properties", "$defs"}:
                for inner, inner_schema in part.items():
                    yield from _list_enum_words(inner_schema, inner)
            else:
                yield from _list_enum_words(part, member)
