"""`adobe-flow compare`: the differences of two sandboxes, or of a sandbox and what a stack declares."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from adobe_flow.compare.comparison import build_comparison_result, compare
from adobe_flow.compare.fields import validate_ignored
from adobe_flow.compare.markdown import build_markdown
from adobe_flow.compare.page import build_comparison_page
from adobe_flow.compare.sides import read_sides
from adobe_flow.compare.words import (
    COLUMN_TITLES,
    build_difference_rows,
    format_notes,
    format_summary,
    format_title,
    get_side_label,
)
from adobe_flow.encoding import to_path
from adobe_flow.exit_codes import FOUND
from adobe_flow.files import write_files
from adobe_flow.options import HERE, Folder, Json, Stack
from adobe_flow.output import Result, format_cell, print_result
from adobe_flow.progress import run_step
from adobe_flow.safe_output import write_to_stdout
from adobe_flow.tables import create_table, print_table
from pulumi_adobe.timestamps import format_timestamp

_STDOUT = "-"


def build_comparison(a: str, b: str, stack: str | None, folder: Path, ignored: list[str]) -> Result:
    """Read both sides and return their differences. Raises `Problem` for a side that does not exist."""
    at = format_timestamp(datetime.now(timezone.utc))
    return build_comparison_result(compare(*read_sides(a, b, stack, folder), ignored), at, ignored)


def render_comparison(console: Console, result: Result) -> None:
    """Print a line per difference, then the numbers of compared entities and the notes about doubtful results."""
    rows = list(build_difference_rows(result))
    if rows:
        shown = create_table(*COLUMN_TITLES, get_side_label(result["a"]), get_side_label(result["b"]))
        shown.columns[COLUMN_TITLES.index("source")].no_wrap = True
        for row in rows:
            shown.add_row(*(format_cell(text) if text or row.name else "" for text in row.cells))
        print_table(console, shown)
    for text in (format_title(result), format_summary(result), *format_notes(result)):
        console.print(format_cell(text))


def command(  # noqa: PLR0913 - the options of the command
    a: Annotated[str, typer.Argument(metavar="A", help="A sandbox, or stack:NAME for what a stack declares.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The sandbox or stack to compare A with.")],
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    ignore: Annotated[
        list[str] | None, typer.Option(help="A field to ignore, such as description, parameters.clusterId or mapping.")
    ] = None,
    as_markdown: Annotated[
        str | None, typer.Option("--markdown", metavar="FILE", help="Write a report in Markdown; - prints it.")
    ] = None,
    as_html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a report as an HTML page.", dir_okay=False)
    ] = None,
    json: Json = False,
) -> None:
    """Compare two sandboxes, or a sandbox and a stack: connections, source and target connections, and dataflows.

    The result says what is missing, and which fields differ. Ids are compared by the names behind them. The command
    changes nothing.

    Exit codes: 0 equal; 1 differences; 3 failed. Secrets are not compared.

    Examples:

      adobe-flow compare dev stage --stack dev --html parity.html

      adobe-flow compare stack:prod prod --json
    """
    ignored = validate_ignored(ignore or ())
    if json and as_markdown == _STDOUT:
        raise typer.BadParameter("--json and --markdown - both print; give --markdown a file")
    result = run_step(f"comparing {a} with {b}", lambda: build_comparison(a, b, stack, cwd, ignored))
    files = {as_html: build_comparison_page(result)} if as_html else {}
    if as_markdown and as_markdown != _STDOUT:
        files[to_path(as_markdown)] = build_markdown(result)
    write_files(files)
    if as_markdown == _STDOUT:
        write_to_stdout(build_markdown(result))
    else:
        print_result(result, as_json=json, render=render_comparison)
    if result["differences"]:
        raise typer.Exit(FOUND)
