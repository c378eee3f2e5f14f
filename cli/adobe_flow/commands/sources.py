"""`adobe-flow sources`: the catalogue of sources, and what an organization has that differs from it."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console

from adobe_flow.aep.place import Place, open_place
from adobe_flow.exit_codes import DONE, FOUND
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, format_cell, print_result
from adobe_flow.progress import run_step
from adobe_flow.sources.catalogue import list_sources
from adobe_flow.sources.comparison import compare_sources, read_organization_specs
from adobe_flow.tables import create_table, print_table


def find_sources(place: Place | None) -> Result:
    """Return the catalogue and, if ``place`` is given, its differences from the sources of that organization."""
    comparison = None
    if place is not None:
        differences = compare_sources(read_organization_specs(place.service))
        comparison = {"organization": place.settings.credentials.org_id, **differences}
    return {"sources": list_sources(), "comparison": comparison}


def render_sources(console: Console, result: Result) -> None:
    """Print the catalogue, or its differences from the organization."""
    if result["comparison"] is None:
        _render_catalogue(console, result["sources"])
    else:
        _render_comparison(console, result["comparison"])


def _render_catalogue(console: Console, sources: list[dict[str, Any]]) -> None:
    shown = create_table("source", "status", "hosting", "as far as", "name at Adobe")
    for row in sources:
        status = f"{row['status']}, see {row['successor']}" if row["successor"] else row["status"]
        shown.add_row(
            format_cell(row["source"]),
            format_cell(status),
            ", ".join(row["hosting"]),
            row["reach"],
            format_cell(row["title"]),
        )
    print_table(console, shown)
    console.print(f"{len(sources)} sources")


def _render_comparison(console: Console, comparison: dict[str, Any]) -> None:
    for name, heading, columns in (
        ("new", "in the organization, not in the catalogue", ("name", "title", "id")),
        ("missing", "in the catalogue, not in the organization", ("source", "status", "id")),
        ("differentIds", "another id for the same name", ("source", "catalogueId", "id")),
    ):
        rows = comparison[name]
        if rows:
            console.print(heading, style="bold")
            shown = create_table(*columns)
            for row in rows:
                shown.add_row(*(format_cell(row[column]) for column in columns))
            print_table(console, shown)
            console.print()
    for row in comparison["differentAuthSpecs"]:
        _render_auth_specs(console, row)
    count = count_differences(comparison)
    console.print(f"{count} difference{'' if count == 1 else 's'}" if count else "no differences")


def _render_auth_specs(console: Console, row: dict[str, Any]) -> None:
    for word, names in (("new", row["new"]), ("missing", row["missing"])):
        if names:
            console.print(
                f"{format_cell(row['source'])}: auth specs {word} in the organization: {format_cell(', '.join(names))}"
            )
    for parameter in row["parameters"]:
        console.print(
            f"{format_cell(row['source'])}: {format_cell(parameter['authSpec'])}: {format_cell(parameter['name'])} is "
            f"{parameter['organization']} in the organization, {parameter['catalogue']} in the catalogue"
        )


def count_differences(comparison: dict[str, Any]) -> int:
    """Return the number of sources that differ between the catalogue and the organization."""
    return sum(len(rows) for rows in comparison.values() if isinstance(rows, list))


def command(
    *,
    compare: Annotated[bool, typer.Option("--compare", help="Compare with what the organization has.")] = False,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """List the sources of the catalogue: status, hosting, and how far a program can go with each.

    With --compare, the command asks the organization for its connection specs, and ends with exit code 1 if they differ
    from the catalogue. It changes nothing. Without --compare, it sends no request.

    Examples:

      adobe-flow sources

      adobe-flow sources --compare --stack dev --json
    """
    place = open_place(stack, cwd, sandbox) if compare else None
    result = run_step("reading the connection specs of the organization", lambda: find_sources(place))
    print_result(result, as_json=json, render=render_sources)
    differs = result["comparison"] is not None and count_differences(result["comparison"]) > 0
    raise typer.Exit(FOUND if differs else DONE)
