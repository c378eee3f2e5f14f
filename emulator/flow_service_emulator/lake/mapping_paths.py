"""Names and paths of Data Prep, and the values that they name: `amount`, `${First Name}`, `emails[0].address`.

Adobe: "Data Prep mapping functions", "Data Prep troubleshooting guide" (a backslash before a dot in a name). Decided: a
backslash stands before a closing brace and a backslash too.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final

ALL: Final = "*"
_MAX_INDEX_DIGITS: Final = 3
_MAX_STEPS: Final = 50
_PART: Final = re.compile(
    r"(?:\$\{(?P<quoted>(?:\\.|[^\\}])+)\}|(?P<bare>(?:[^\W\d]|\$)(?:\w|\$)*))(?P<indexes>(?:\[(?:\d+|\*)\])*)",
    re.DOTALL,
)
_KEYWORDS: Final = (
    "new mod or break var lt for false while eq gt div not null continue else and ne true le if ge return "
    "_errors do function empty size"
)
RESERVED: Final = frozenset(_KEYWORDS.split())
"""The words that need quotes in a source; the names of functions need them too."""

Step = str | int
Path = tuple[Step | tuple[str], ...]
"""Names as texts, elements of arrays as numbers, all elements as a tuple of `*`."""


class NoPathError(ValueError):
    """A text is not a valid mapping path."""


def parse_path(text: str, reserved: Collection[str] = ()) -> Path:
    """Return the steps of a path; ``reserved`` are the names that need quotes. Raises `NoPathError`."""
    path, position = parse_path_at(text, 0, reserved)
    if position < len(text):
        raise NoPathError(f"unexpected [{text[position:][:20]}] in the path [{text}]")
    return path


def parse_path_at(text: str, position: int, reserved: Collection[str] = ()) -> tuple[Path, int]:
    """Return the steps of the path that begins at a position, and the position behind it."""
    steps: list[Step | tuple[str]] = []
    while True:
        match = _PART.match(text, position)
        if match is None:
            raise NoPathError(f"[{text}] is no path: a name with other characters needs ${{}}")
        bare = match["bare"]
        if bare in reserved:
            raise NoPathError(f"[{bare}] is a reserved word and needs ${{}}")
        steps.append(re.sub(r"\\(.)", r"\1", match["quoted"], flags=re.DOTALL) if bare is None else bare)
        steps += [_parse_index(index) for index in re.findall(r"\[(\d+|\*)\]", match["indexes"])]
        if len(steps) > _MAX_STEPS:
            raise NoPathError(f"a path has {_MAX_STEPS} steps at most")
        position = match.end()
        if text[position : position + 1] != ".":
            return tuple(steps), position
        position += 1


def _parse_index(index: str) -> Step | tuple[str]:
    if index == ALL:
        return (ALL,)
    if len(index) > _MAX_INDEX_DIGITS:
        raise NoPathError(f"the index [{index}] is too high")
    return int(index)


def read_at_path(value: Any, path: Path) -> Any:
    """Return the value at the end of a path; None if there is none, and a list for all elements of an array."""
    for position, step in enumerate(path):
        if isinstance(step, tuple):
            elements = value if isinstance(value, list) else []
            return [read_at_path(element, path[position + 1 :]) for element in elements]
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def write_at_path(container: Any, path: Path, value: Any) -> None:
    """Put a value at the end of a path, and create the objects and arrays on the way."""
    step, later_steps = path[0], path[1:]
    if not isinstance(step, tuple):
        _assign_at_steps(container, step, later_steps, value)
        return
    for index, element in enumerate(value if isinstance(value, list) else [value]):
        _assign_at_steps(container, index, later_steps, element)


def _assign_at_steps(container: Any, key: Step, later_steps: Path, value: Any) -> None:
    if isinstance(key, int):
        container.extend([None] * (key + 1 - len(container)))
    if not later_steps:
        container[key] = value
        return
    kind: type = dict if isinstance(later_steps[0], str) else list
    child = container[key] if isinstance(key, int) else container.get(key)
    if not isinstance(child, kind):
        child = container[key] = kind()
    write_at_path(child, later_steps, value)
