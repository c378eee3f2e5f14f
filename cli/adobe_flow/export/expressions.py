"""Expressions of a Python program, in the form that `ruff format` gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from rich.cells import cell_len

from adobe_flow.export.literals import WIDTH, format_literal, format_literal_lines

_STEP: Final = 4
_ADDRESSES: Final = {"0.0.0.0": "S104", "::": "S104"}  # noqa: S104 - what ruff says of such a text
_TEMPORARY_FOLDERS: Final = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - the same


@dataclass(frozen=True)
class NameExpression:
    """A name, such as that of a variable."""

    text: str


@dataclass(frozen=True)
class CallExpression:
    """A call of a function or a class.

    Attributes:
        function: What is called.
        positional: The positional arguments.
        keywords: The keyword arguments.
        one_per_line: Whether each argument has a line of its own, also if the call would fit on one line.
        member: The attribute of the result that is meant; empty for the result itself.
    """

    function: str
    positional: Sequence[Any] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)
    one_per_line: bool = False
    member: str = ""


def format_lines(before: str, value: Any, after: str, indent: int) -> list[str]:
    """Return the lines of a value with a text before and after it.

    Args:
        before: What stands before the value, such as `name=`.
        value: A `NameExpression`, a `CallExpression`, or what JSON has; lists and objects may contain the others.
        after: What stands after it, such as a comma.
        indent: The number of blanks at the beginning of the line.
    """
    start = " " * indent
    if isinstance(value, str) or not _is_container(value):
        return _format_single_value(before, value, after, indent)
    if not _must_be_split(value):
        line = f"{start}{before}{_format_on_one_line(value)}{after}"
        if cell_len(line) <= WIDTH:
            return [line]
    opening, closing, members = _split_container(value)
    inner = [line for prefix, member in members for line in format_lines(prefix, member, ",", indent + _STEP)]
    return [f"{start}{before}{opening}", *inner, f"{start}{closing}{after}"]


def list_calls(value: Any) -> list[CallExpression]:
    """Return the calls in a value, the value itself included."""
    if not _is_container(value):
        return []
    inner = [call for _, member in _split_container(value)[2] for call in list_calls(member)]
    return [value, *inner] if isinstance(value, CallExpression) else inner


def _format_single_value(before: str, value: Any, after: str, indent: int) -> list[str]:
    if isinstance(value, NameExpression):
        return [f"{' ' * indent}{before}{value.text}{after}"]
    written = format_literal_lines(before, value, after, indent)
    code = _find_ruff_code(value)
    if code:
        # A text on several lines stands between brackets, and begins on the second line.
        written[min(1, len(written) - 1)] += f"  # noqa: {code} - the value in Experience Platform"
    return written


def _format_on_one_line(value: Any) -> str:
    if isinstance(value, NameExpression):
        return value.text
    if not _is_container(value):
        return format_literal(value)
    opening, closing, members = _split_container(value)
    return f"{opening}{', '.join(prefix + _format_on_one_line(member) for prefix, member in members)}{closing}"


def _split_container(value: Any) -> tuple[str, str, list[tuple[str, Any]]]:
    """Split a container into its opening text, its closing text, and its members with the text before each."""
    if isinstance(value, CallExpression):
        keywords = [(f"{name}=", member) for name, member in value.keywords.items()]
        closing = f").{value.member}" if value.member else ")"
        return f"{value.function}(", closing, [*(("", member) for member in value.positional), *keywords]
    if isinstance(value, Mapping):
        return "{", "}", [(f"{format_literal(str(key))}: ", member) for key, member in value.items()]
    return "[", "]", [("", member) for member in value]


def _is_container(value: Any) -> bool:
    return isinstance(value, (CallExpression, Mapping, list, tuple))


def _must_be_split(value: Any) -> bool:
    """Return whether the value needs several lines: because it asks for them, or a line in it needs a comment."""
    if not _is_container(value):
        return _find_ruff_code(value) is not None
    if isinstance(value, CallExpression) and value.one_per_line:
        return True
    return any(_must_be_split(member) for _, member in _split_container(value)[2])


def needs_noqa_comment(text: str) -> bool:
    """Return whether ruff would wrongly report a text, so that its line needs a `noqa` comment."""
    return _find_ruff_code(text) is not None


def _find_ruff_code(value: Any) -> str | None:
    """Return the code of the ruff rule that would wrongly report a text; None if no rule would."""
    if not isinstance(value, str):
        return None
    return "S108" if value.startswith(_TEMPORARY_FOLDERS) else _ADDRESSES.get(value)
