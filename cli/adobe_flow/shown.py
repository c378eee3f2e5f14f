"""The one door of the command line: what leaves it has no known secret, and nothing that a terminal would obey."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from adobe_flow.format_words import is_format_word
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.printable import escape_controls

REDACTOR: Final = Redactor()
"""The secrets that this process has met: those of its settings, and the tokens that it fetched."""


class SafeConsole(Console):
    """A console that shows control characters as their escapes; its own, which colour a text, stay."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Convert every text to be shown, the cells of a table too, to one that a terminal can be given."""
        return super().render_str(escape_controls(text), **options)


def safe(value: Any, name: str = "") -> Any:
    """A result without any known secret in its texts. The names of its members and the words of its format stay."""
    if isinstance(value, str):
        return value if is_format_word(name, value) else REDACTOR.redact_message(value)
    if isinstance(value, Mapping):
        return {key: safe(member, key) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [safe(item, name) for item in value]
    return value


def say(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(f"{REDACTOR.to_message(text)}\n")


def write_out(text: str) -> None:
    """Write a text, such as a program or a page in Markdown, to standard output."""
    sys.stdout.write(REDACTOR.to_message(text))
