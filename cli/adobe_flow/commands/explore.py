"""`adobe-flow explore`: the tables behind a base connection, or the columns and first rows of one."""

from __future__ import annotations

import json as json_
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console

from adobe_flow.encoding import as_utf8
from adobe_flow.entities import connections, the_one
from adobe_flow.options import HERE, Folder, Json, Sandbox, Stack
from adobe_flow.output import Result, cell, show, table
from adobe_flow.place import Place, open_place
from adobe_flow.source_tables import one_table, tables

_A_CELL = 14
"""Columns of the terminal that a value needs to be read; where they are not there, a row is shown as a list."""


def explored(place: Place, wanted: str, path: str | None, *, rows: bool) -> Result:
    """What there is behind that connection. Raises Problem where it, or the table, is not there."""
    connection = the_one(connections(place.service), wanted)
    id_ = str(connection.get("id"))
    return {
        "connection": {"id": id_, "name": connection.get("name")},
        "sandbox": place.sandbox,
        "tables": tables(place.service, id_) if path is None else None,
        "table": one_table(place.service, id_, path, rows=rows) if path is not None else None,
    }


def render(console: Console, result: Result) -> None:
    """The tables, or the columns and, below them, the rows."""
    if result["table"] is not None:
        _render_table(console, result["table"])
        return
    shown = table("table", "name", "type")
    for each in result["tables"]:
        shown.add_row(cell(each["path"]), cell(each["name"]), cell(each["type"]))
    console.print(shown)
    count = len(result["tables"])
    console.print(f"{count} table{'' if count == 1 else 's'}")


def _render_table(console: Console, found: Mapping[str, Any]) -> None:
    columns = table("column", "type", "in a schema")
    for each in found["columns"]:
        columns.add_row(cell(each["name"]), _value(each["type"]), cell(each["xdm"]))
    console.print(columns)
    if found["rows"] is not None:
        console.print()
        _render_rows(console, [each["name"] for each in found["columns"]], found["rows"])


def _render_rows(console: Console, names: Sequence[str], rows: Sequence[Any]) -> None:
    if len(names) * _A_CELL <= console.width:
        shown = table(*map(cell, names))
        for row in rows:
            shown.add_row(*(_value(row.get(name)) for name in names))
        console.print(shown)
    else:
        for number, row in enumerate(rows, 1):
            fields = table(f"row {number}", "")
            for name in names:
                fields.add_row(cell(name), _value(row.get(name)))
            console.print(fields)
    console.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}, as far as the service shows them")


def _value(value: Any) -> str:
    return cell(value if value is None or isinstance(value, str) else json_.dumps(value, ensure_ascii=False))


def command(  # noqa: PLR0913 - the options of the command
    wanted: Annotated[str, typer.Argument(metavar="NAME|ID", parser=as_utf8, help="The connection.")],
    path: Annotated[str | None, typer.Argument(metavar="TABLE", parser=as_utf8, help="A table, by its path.")] = None,
    *,
    rows: Annotated[bool, typer.Option("--rows", help="Show the first rows of the table too.")] = False,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandbox: Sandbox = None,
    json: Json = False,
) -> None:
    """Show the tables behind a base connection, or the columns of one, as a source connection takes them.

    Examples:

      adobe-flow explore "ACME lake" --stack dev

      adobe-flow explore "ACME lake" acme.orders --rows
    """
    if rows and path is None:
        raise typer.BadParameter("--rows is of one table: name it")
    show(explored(open_place(stack, cwd, sandbox), wanted, path, rows=rows), as_json=json, render=render)
