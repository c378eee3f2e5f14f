"""The only output of the command line: its texts have no known secret, and no control character for a terminal."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from typing import Any, Final, NoReturn

import typer
from rich.console import Console
from rich.text import Text

from adobe_flow.documents import MAX_NESTING
from adobe_flow.exit_codes import FAILED
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.printable import escape_controls

REDACTOR: Final = Redactor()
"""The known secrets of this process: those of its settings, and the tokens that it fetched."""

SCHEMA_SUFFIX: Final = ".schema.json"

_OPEN_WORDS: Final = {
    "operation": ("create", "update", "replace", "delete", "unchanged", "outside", "read", "import"),
    "severity": ("debug", "info", "info#err", "warning", "error"),
    "layers": ("source", "base connection", "source connection", "dataflow", "target connection", "dataset"),
}
"""The words of members that may have other texts too, so that no schema can list them."""


class SafeConsole(Console):
    """A console that escapes the control characters of texts, but not its own colour codes."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Escape the control characters of every shown text, also in the cells of a table."""
        return super().render_str(escape_controls(text), **options)

    def on_broken_pipe(self) -> NoReturn:
        """Leave a broken pipe to `flush_standard_output`; rich itself would end the process."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def redact_result(value: Any, name: str = "") -> Any:
    """Redact the known secrets in the texts of a result. The names of its members and the words of its format stay.

    What is nested deeper than can be shown is replaced by an ellipsis.
    """
    return _redact_value(value, name, MAX_NESTING)


def _redact_value(value: Any, name: str, depth: int) -> Any:
    if isinstance(value, str):
        return value if is_format_word(name, value) else REDACTOR.redact_message(value)
    if isinstance(value, (Mapping, list, tuple)) and not depth:
        return "…"
    if isinstance(value, Mapping):
        return {key: _redact_value(member, key, depth - 1) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [_redact_value(item, name, depth - 1) for item in value]
    return value


def is_format_word(member: str, text: str) -> bool:
    """Return whether the text is a word of the format of a command's result, in the member with this name."""
    return text in _collect_format_words().get(member, ())


@cache
def _collect_format_words() -> dict[str, frozenset[str]]:
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


def write_to_stderr(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(f"{REDACTOR.to_message(text)}\n")


def write_to_stdout(text: str) -> None:
    """Write a text, such as a program or a page in Markdown, to standard output."""
    with flush_standard_output():
        sys.stdout.write(REDACTOR.to_message(text))


@contextmanager
def flush_standard_output() -> Iterator[None]:
    """Flush standard output after the block, so that a full disk is an error of this command.

    A reader that has left, such as `head`, ends the command without a message; 1, the exit code that typer and rich
    have for it, would say that something was found.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()
        raise typer.Exit(FAILED) from None


def discard_output() -> None:
    """Discard what standard output could not take, which the interpreter would try to write once more at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
