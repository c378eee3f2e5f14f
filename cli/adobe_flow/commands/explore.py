"""`adobe-flow explore`: the tables of the source of a base connection, or the columns and first rows of one."""

from __future__ import annotations

import json as json_
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console

from adobe_flow.aep.entities import find_entity, list_connections
from adobe_flow.aep.place import Place, open_place
from adobe_flow.aep.source_tables import describe_table, list_tables
from adobe_flow.encoding import decode_as_utf8
from adobe_flow.options import HERE, ConnectionName, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, format_cell, print_result
from adobe_flow.progress import run_step, show_steps
from adobe_flow.tables import create_table, print_table

_MIN_CELL_WIDTH = 14
"""The columns of the terminal that a value needs; in a narrower terminal, each row is a list."""


def build_exploration(place: Place, name_or_id: str, path: str | None, *, rows: bool) -> Result:
    """Return the tables of the connection's source, or one table. Raises `Problem` if one of them does not exist."""
    with show_steps() as report_step:
        report_step("reading the connections")
        connection = find_entity(list_connections(place.service), name_or_id)
        id_ = str(connection.get("id"))
        report_step(f"asking the source of {connection.get('name')}")
        return {
            "connection": {"id": id_, "name": connection.get("name")},
            "sandbox": place.sandbox,
            "tables": list_tables(place.service, id_) if path is None else None,
            "table": describe_table(place.service, id_, path, rows=rows) if path is not None else None,
        }


def render_exploration(console: Console, result: Result) -> None:
    """Print the tables, or the columns of a table and its first rows."""
    if result["table"] is not None:
        _render_table(console, result["table"])
        return
    lines = create_table("table", "name", "type")
    for source_table in result["tables"]:
        lines.add_row(
            format_cell(source_table["path"]), format_cell(source_table["name"]), format_cell(source_table["type"])
        )
    print_table(console, lines)
    count = len(result["tables"])
    console.print(f"{count} table{'' if count == 1 else 's'}")


def _render_table(console: Console, description: Mapping[str, Any]) -> None:
    lines = create_table("column", "type", "in a schema")
    for column in description["columns"]:
        lines.add_row(format_cell(column["name"]), _format_value(column["type"]), format_cell(column["xdm"]))
    print_table(console, lines)
    if description["rows"] is not None:
        console.print()
        _render_rows(console, [column["name"] for column in description["columns"]], description["rows"])


def _render_rows(console: Console, names: Sequence[str], rows: Sequence[Any]) -> None:
    if len(names) * _MIN_CELL_WIDTH <= console.width:
        lines = create_table(*map(format_cell, names))
        for row in rows:
            lines.add_row(*(_format_value(row.get(name)) for name in names))
        print_table(console, lines)
    else:
        for number, row in enumerate(rows, 1):
            fields = create_table(f"row {number}", "")
            for name in names:
                fields.add_row(format_cell(name), _format_value(row.get(name)))
            print_table(console, fields)
    console.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}, as far as the service shows them")


def _format_value(value: Any) -> str:
    return format_cell(value if value is None or isinstance(value, str) else json_.dumps(value, ensure_ascii=False))


def command(  # noqa: PLR0913 - the options of the command
    name_or_id: ConnectionName,
    path: Annotated[
        str | None, typer.Argument(metavar="TABLE", parser=decode_as_utf8, help="A table, by its path.")
    ] = None,
    *,
    rows: Annotated[bool, typer.Option("--rows", help="Also show the first rows of the table.")] = False,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Show the tables of the source of a base connection, or the columns of one, as a source connection takes them.

    Examples:

      adobe-flow explore "ACME lake" --stack dev

      adobe-flow explore "ACME lake" acme.orders --rows
    """
    if rows and path is None:
        raise typer.BadParameter("--rows needs a table: name it")
    place = run_step("reading the settings", lambda: open_place(stack, cwd, sandbox))
    print_result(build_exploration(place, name_or_id, path, rows=rows), as_json=json, render=render_exploration)
