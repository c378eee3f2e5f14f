"""`adobe-flow test`: Flow Service's own test of connections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Console

from adobe_flow.aep.connection_tests import FAILED as TEST_FAILED
from adobe_flow.aep.connection_tests import NOT_RUN, test_connections
from adobe_flow.aep.entities import find_entity, list_connections
from adobe_flow.aep.place import Place, open_place
from adobe_flow.encoding import decode_as_utf8
from adobe_flow.exit_codes import FAILED, FOUND
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, format_cell, print_result
from adobe_flow.progress import run_step, show_progress
from adobe_flow.tables import create_table, print_table
from pulumi_adobe.advice import advise_on_failed_test


def build_test_results(place: Place, names: Sequence[str], *, every: bool) -> Result:
    """Test the connections with these names or ids, or all connections, and return the results.

    Raises:
        Problem: Before any test, if no connection or several have one of the names.
    """
    existing = list_connections(place.service)
    named = (find_entity(existing, name) for name in names)
    chosen = existing if every else list({str(connection["id"]): connection for connection in named}.values())
    with show_progress("testing", len(chosen)) as report_step:
        return {"sandbox": place.sandbox, "results": test_connections(place.service, chosen, report_step)}


def render_test_results(console: Console, result: Result) -> None:
    """Print a table with a line for each connection, the number of each result, and why a test was not run."""
    rows: Sequence[dict[str, Any]] = result["results"]
    lines = create_table("name", "source", "result", "seconds", "id")
    for column in lines.columns:
        column.no_wrap = column.header != "name"
    for row in rows:
        lines.add_row(*(format_cell(row[name]) for name in ("name", "source", "result", "seconds", "id")))
    print_table(console, lines)
    counts = {kind: sum(row["result"] == kind for row in rows) for kind in ("passed", TEST_FAILED, NOT_RUN)}
    console.print(", ".join(f"{number} {kind}" for kind, number in counts.items()))
    for row in rows:
        if row["result"] == NOT_RUN:
            console.print(f"not run: {format_cell(row['name'])}: {format_cell(row['reason'])}")
    for source in sorted({row["source"] for row in rows if row["result"] == TEST_FAILED}):
        console.print(f"{format_cell(source)}: {advise_on_failed_test(source)}")
        if source == "databricks":
            console.print("A new access token: adobe-flow rotate")


def choose_exit_code(result: Result) -> int:
    """Return the exit code FOUND if a test failed; FAILED if none failed, but one could not run; else DONE."""
    results = {row["result"] for row in result["results"]}
    return FOUND if TEST_FAILED in results else FAILED if NOT_RUN in results else 0


def command(  # noqa: PLR0913 - the options of the command
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME|ID", parser=decode_as_utf8, help="Names or ids of base connections."),
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Test all base connections of the sandbox.")] = False,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Let Flow Service test connections with their credentials at the source. The command changes nothing.

    Exit code 1 if a test failed, 3 if none failed but one was not run.

    Examples:

      adobe-flow test "ACME lake" --stack dev

      adobe-flow test --all --sandbox prod --json
    """
    if bool(names) is every:
        raise typer.BadParameter("name the connections, or use --all")
    place = run_step("reading the settings", lambda: open_place(stack, cwd, sandbox))
    result = build_test_results(place, names or (), every=every)
    print_result(result, as_json=json, render=render_test_results)
    raise typer.Exit(choose_exit_code(result))
