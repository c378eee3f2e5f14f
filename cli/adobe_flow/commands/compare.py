"""`adobe-flow compare`: parity of two sandboxes, or of a sandbox and what a stack declares."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from adobe_flow.compare.comparison import as_json, compared
from adobe_flow.compare.fields import checked
from adobe_flow.compare.markdown import markdown
from adobe_flow.compare.page import page
from adobe_flow.compare.sides import read_sides
from adobe_flow.compare.words import label, rows, summary, title
from adobe_flow.encoding import to_path
from adobe_flow.exit_codes import FOUND
from adobe_flow.files import write_files
from adobe_flow.options import HERE, Folder, Json, Stack
from adobe_flow.output import Result, cell, show, table
from adobe_flow.shown import write_out
from pulumi_adobe.timestamps import format_timestamp

_STDOUT = "-"


def comparison(a: str, b: str, stack: str | None, folder: Path, ignored: list[str]) -> Result:
    """What differs; both sides are read, nothing is written. Raises Problem for a side that there is not."""
    at = format_timestamp(datetime.now(timezone.utc))
    return as_json(compared(*read_sides(a, b, stack, folder), ignored), at, ignored)


def render(console: Console, result: Result) -> None:
    """A line per difference, then how much was compared."""
    found = list(rows(result))
    if found:
        shown = table("connection", "source", "difference", label(result["a"]), label(result["b"]))
        shown.columns[1].no_wrap = True
        for row in found:
            shown.add_row(
                *(cell(each) if each else "" for each in (row.name, row.source, row.difference, row.a, row.b))
            )
        console.print(shown)
    console.print(cell(title(result)))
    console.print(cell(summary(result)))


def command(  # noqa: PLR0913 - the options of the command
    a: Annotated[str, typer.Argument(metavar="A", help="A sandbox, or stack:NAME for what a stack declares.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The same, to compare it with.")],
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    ignore: Annotated[
        list[str] | None, typer.Option(help="A field not to look at, such as description or parameters.clusterId.")
    ] = None,
    as_markdown: Annotated[
        str | None, typer.Option("--markdown", metavar="FILE", help="Write a report in Markdown; - prints it.")
    ] = None,
    as_html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page that needs no network.", dir_okay=False)
    ] = None,
    json: Json = False,
) -> None:
    """Compare two sandboxes, or a sandbox and a stack: missing, differing per field. Reads alone; changes nothing.

    Exit code: 0 equal, 1 differences, 3 not possible. Secrets cannot be compared, and are not.

    Examples:

      adobe-flow compare dev stage --stack dev --html parity.html

      adobe-flow compare stack:prod prod --json
    """
    ignored = checked(ignore or ())
    if json and as_markdown == _STDOUT:
        raise typer.BadParameter("--json and --markdown - both print; give --markdown a file")
    result = comparison(a, b, stack, cwd, ignored)
    files = {as_html: page(result)} if as_html else {}
    if as_markdown and as_markdown != _STDOUT:
        files[to_path(as_markdown)] = markdown(result)
    write_files(files)
    if as_markdown == _STDOUT:
        write_out(markdown(result))
    else:
        show(result, as_json=json, render=render)
    if result["differences"]:
        raise typer.Exit(FOUND)
