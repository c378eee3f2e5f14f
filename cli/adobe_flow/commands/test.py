"""`adobe-flow test`: Flow Service's own test of one connection, of some, or of all in a sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Console

from adobe_flow.connection_tests import FAILED as TEST_FAILED
from adobe_flow.connection_tests import NOT_RUN, tried
from adobe_flow.encoding import as_utf8
from adobe_flow.entities import connections, the_one
from adobe_flow.exit_codes import FAILED, FOUND
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, cell, show, table
from adobe_flow.place import Place, open_place
from adobe_flow.progress import progress
from pulumi_adobe.advice import advise_on_failed_test


def tested(place: Place, wanted: Sequence[str], *, every: bool) -> Result:
    """The result for each of these names or ids. Raises Problem, before any test, where one is none or several."""
    there = connections(place.service)
    chosen = (
        there if every else list({str(one["id"]): one for one in (the_one(there, each) for each in wanted)}.values())
    )
    with progress("testing", len(chosen)) as tell:
        return {"sandbox": place.sandbox, "results": tried(place.service, chosen, tell)}


def render(console: Console, result: Result) -> None:
    """A table, one line per connection, then how many of each, and why where one could not be tested."""
    rows: Sequence[dict[str, Any]] = result["results"]
    shown = table("name", "source", "result", "seconds", "id")
    for column in shown.columns:
        column.no_wrap = column.header != "name"
    for row in rows:
        shown.add_row(*(cell(row[name]) for name in ("name", "source", "result", "seconds", "id")))
    console.print(shown)
    count = {kind: sum(row["result"] == kind for row in rows) for kind in ("passed", TEST_FAILED, NOT_RUN)}
    console.print(", ".join(f"{number} {kind}" for kind, number in count.items()))
    for row in rows:
        if row["result"] == NOT_RUN:
            console.print(f"could not be run: {cell(row['name'])}: {cell(row['reason'])}")
    for source in sorted({row["source"] for row in rows if row["result"] == TEST_FAILED}):
        console.print(f"{cell(source)}: {advise_on_failed_test(source)}")
        if source == "databricks":
            console.print("A new access token: adobe-flow rotate")


def exit_code(result: Result) -> int:
    """FOUND where a test failed; FAILED where none did, but one could not be run."""
    results = {row["result"] for row in result["results"]}
    return FOUND if TEST_FAILED in results else FAILED if NOT_RUN in results else 0


def command(  # noqa: PLR0913 - the options of the command
    wanted: Annotated[
        list[str] | None, typer.Argument(metavar="NAME|ID", parser=as_utf8, help="The connections.")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Test all base connections of the sandbox.")] = False,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Let Flow Service test connections: it tries their credentials at the source. Nothing is changed.

    Exit code 1 where a test failed, 3 where none did but one could not be run.

    Examples:

      adobe-flow test "ACME lake" --stack dev

      adobe-flow test --all --sandbox prod --json
    """
    if bool(wanted) is every:
        raise typer.BadParameter("name the connections, or give --all")
    result = tested(open_place(stack, cwd, sandbox), wanted or (), every=every)
    show(result, as_json=json, render=render)
    raise typer.Exit(exit_code(result))
