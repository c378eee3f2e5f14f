"""How a result is shown: as a table to people, as JSON to programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from adobe_flow.reading import UNREADABLE
from adobe_flow.shown import SafeConsole, safe, standard_output
from pulumi_adobe.printable import escape_json_controls
from pulumi_adobe.timestamps import from_epoch_milliseconds

Result: TypeAlias = Mapping[str, Any]
"""What a command found, as its JSON schema (`schemas/`) describes it."""

_NO_WIDTH: Final = 10_000
"""So wide that nothing is folded."""

MOST: Final = 20
"""Rows of a table that people read; `--json` has all."""


def show(result: Result, *, as_json: bool, render: Callable[[Console, Any], None]) -> None:
    """Print it on standard output, in one of the two ways; what its encoding lacks is escaped."""
    with standard_output():
        if as_json:
            plain = not (sys.stdout.encoding or "").lower().startswith("utf")
            sys.stdout.write(escape_json_controls(json.dumps(safe(result), indent=2, ensure_ascii=plain)) + "\n")
            return
        render(_console(), safe(result))


def _console() -> Console:
    """Standard output. A pipe or a file has no width: a line per row, for grep; COLUMNS gives it one."""
    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else _NO_WIDTH
    return SafeConsole(highlight=False, width=width)


def table(*columns: str) -> Table:
    """A table without lines: it can be read, searched with grep, and copied."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def cell(value: Any) -> str:
    """A value of the service in a table: what looks like rich's markup in it is text."""
    if value is None or value == "":
        return "-"
    return escape(json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value))


def more(console: Console, number: int) -> None:
    """Tell of the rows that a table of `MOST` leaves out."""
    if number > MOST:
        console.print(f"… and {number - MOST} more: --json has all")


def moment(milliseconds: Any) -> str | None:
    """Adobe's epoch milliseconds as ISO 8601, UTC; None where there are none, `UNREADABLE` where they are no time."""
    return None if milliseconds is None else from_epoch_milliseconds(milliseconds, "seconds") or UNREADABLE


def short(moment: Any) -> str:
    """A moment in a table, to the minute."""
    return str(moment).replace("T", " ")[:16] if moment else "-"


def day(moment: Any) -> str:
    """The day of a moment in a table."""
    return short(moment) if moment == UNREADABLE else short(moment)[:10]
