"""Printing of a command's result: a table for people, JSON for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from rich.console import Console
from rich.markup import escape

from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.safe_output import SafeConsole, flush_standard_output, redact_result
from pulumi_adobe.printable import escape_json_controls
from pulumi_adobe.timestamps import from_epoch_milliseconds

Result: TypeAlias = Mapping[str, Any]
"""The result of a command, as its JSON schema (`schemas/`) describes it."""

_NO_WIDTH: Final = 10_000
"""So wide that nothing is folded."""

MAX_ROWS: Final = 20
"""Rows of a table that people read; `--json` has all."""


def print_result(result: Result, *, as_json: bool, render: Callable[[Console, Any], None]) -> None:
    """Print the result on standard output, as JSON or with ``render``; what the encoding lacks is escaped."""
    with flush_standard_output():
        if as_json:
            plain = not (sys.stdout.encoding or "").lower().startswith("utf")
            sys.stdout.write(
                escape_json_controls(json.dumps(redact_result(result), indent=2, ensure_ascii=plain)) + "\n"
            )
            return
        render(_create_stdout_console(), redact_result(result))


def _create_stdout_console() -> Console:
    """Return a console on standard output. A pipe or a file has no width, unless COLUMNS gives one: a line per row."""
    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else _NO_WIDTH
    return SafeConsole(highlight=False, width=width)


def format_cell(value: Any) -> str:
    """Return a value of the service as a cell of a table; rich's markup in it is escaped."""
    if value is None or value == "":
        return "-"
    return escape(json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value))


def print_omitted_count(console: Console, number: int) -> None:
    """Print the number of rows that a table of `MAX_ROWS` omits."""
    if number > MAX_ROWS:
        console.print(f"… and {number - MAX_ROWS} more: --json has all")


def format_moment(milliseconds: Any) -> str | None:
    """Return Adobe's epoch milliseconds as ISO 8601, UTC; None for None, `UNREADABLE` for a value that is no time."""
    return None if milliseconds is None else from_epoch_milliseconds(milliseconds, "seconds") or UNREADABLE


def format_minute(moment: Any) -> str:
    """Return a timestamp for a table, to the minute."""
    return str(moment).replace("T", " ")[:16] if moment else "-"


def format_day(moment: Any) -> str:
    """Return the day of a timestamp for a table."""
    return format_minute(moment) if moment == UNREADABLE else format_minute(moment)[:10]
