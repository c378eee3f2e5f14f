"""JSON values of every type, and documents in which each of them stands in the place of each member."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any, Final


def nested(depth: int) -> Any:
    """Lists and objects in turn, so many inside one another."""
    value: Any = "deep"
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


MALFORMED_VALUES: Final[tuple[Any, ...]] = (
    None,
    True,
    0,
    -1,
    1.5,
    1e300,
    10**400,  # no float holds it
    253402300800000,  # epoch milliseconds of the year 10000
    "",
    "text",
    "::",
    "\ud83d",  # half a character
    "a\nb\x1b[31m",
    [],
    ["text"],
    [None, 1, {}, ["a"]],
    {},
    {"id": ["a"], "a": None},
    nested(90),
    nested(330),
)
"""`NaN` and the like are no JSON: `tests/cli/malformed/test_documents.py`."""


def paths(document: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every member of a document, those of nested objects and lists too."""
    members: Sequence[tuple[Any, Any]] = ()
    if isinstance(document, dict):
        members = list(document.items())
    elif isinstance(document, list):
        members = list(enumerate(document))
    for name, member in members:
        yield (*at, name)
        yield from paths(member, (*at, name))


def variants(document: Any) -> Iterator[tuple[str, Any]]:
    """The document once for each member and each malformed value, and a name for the case."""
    for path in paths(document):
        for number, value in enumerate(MALFORMED_VALUES):
            yield f"{'.'.join(map(str, path))} {number}", replaced(document, path, value)


def replaced(document: Any, path: Sequence[Any], value: Any) -> Any:
    """A copy of the document with this value at the path."""
    found = copy.deepcopy(document)
    container = found
    for name in path[:-1]:
        container = container[name]
    container[path[-1]] = value
    return found
