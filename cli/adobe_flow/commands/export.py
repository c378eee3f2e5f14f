"""`adobe-flow export`: writes the base connections that exist as a program, or as the stack config of this project."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from adobe_flow.encoding import as_utf8
from adobe_flow.exit_codes import FOUND
from adobe_flow.export.collect import Choice, as_result, exported
from adobe_flow.export.files import texts
from adobe_flow.managed import managed
from adobe_flow.options import HERE, Folder, Json, Stack
from adobe_flow.output import MOST, Result, cell, more, show, table
from adobe_flow.place import Place, open_place
from adobe_flow.shown import SafeConsole, safe, write_out
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.platform_apis import list_sandboxes


class Kind(str, Enum):
    """What is written."""

    PROGRAM = "program"
    CONFIG = "config"


def render(console: Console, result: Result) -> None:
    """What was exported and what was not, and the way on."""
    found = result["connections"]
    rows = table("resource", "connection", "source", "secrets to fill in")
    for each in found[:MOST]:
        names = ", ".join(each["secrets"])
        rows.add_row(*(cell(each[name]) for name in ("resource", "name", "source")), cell(names))
    if found:
        console.print(rows)
    more(console, len(found))
    _left_out(console, result)
    _summary(console, result)


def _left_out(console: Console, result: Result) -> None:
    skipped = result["skipped"]
    if skipped:
        console.print("not exported", style="bold")
        rows = table("connection", "id", "why")
        rows.columns[1].no_wrap = True
        for each in skipped[:MOST]:
            rows.add_row(*(cell(each[name]) for name in ("name", "id", "reason")))
        console.print(rows)
        more(console, len(skipped))
    for each in result["refused"]:
        console.print(f"not looked into: {cell(each['sandbox'])}: {cell(each['reason'])}")


def _summary(console: Console, result: Result) -> None:
    already = f", {len(result['managed'])} managed already" if result["managed"] else ""
    counts = f"{len(result['connections'])} exported, {len(result['skipped'])} not{already}"
    console.print(f"{counts}; source and target connections and dataflows are not exported")
    for file in result["files"]:
        console.print(f"written: {cell(file)}", soft_wrap=True)
    if result["files"]:
        console.print("next: sh set-secrets.sh, which asks for each; then adobe-flow adopt --map-file adoption.json")


def command(  # noqa: PLR0913 - the options of the command
    only: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME|ID]...", parser=as_utf8, help="Only these connections; all by default."),
    ] = None,
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandboxes: Annotated[
        list[str] | None, typer.Option("--sandbox", help="This sandbox; several: a FlowService for each.")
    ] = None,
    every: Annotated[bool, typer.Option("--all-sandboxes", "-a", help="Every sandbox that you may see.")] = False,
    as_: Annotated[Kind, typer.Option("--as", help="A Python program, or this project's stack config.")] = Kind.PROGRAM,
    out: Annotated[Path | None, typer.Option(help="Write into this folder; else on standard output.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    source: Annotated[str | None, typer.Option(help="Only of this source, such as databricks.")] = None,
    name: Annotated[
        str | None, typer.Option(metavar="TEXT", parser=as_utf8, help="Only with this in the name.")
    ] = None,
    json: Json = False,
) -> None:
    """Write the base connections that exist as a program, or as stack config, for `adobe-flow adopt` to take over.

    Secrets cannot be read back: each becomes a config key, and the command that fills it in is written down. What the
    stack manages already is left out.

    Examples:

      adobe-flow export --stack prod --out .

      adobe-flow export --all-sandboxes --source snowflake

      adobe-flow export --as config --stack prod
    """
    place = open_place(stack, cwd, sandboxes[0] if sandboxes else None)
    several, as_config = every or len(sandboxes or ()) > 1, as_ is Kind.CONFIG
    known = managed(place.stack.resources()) if place.stack else {}
    choice = Choice(tuple(only or ()), source, name, known, as_config)
    found = exported(_services(place, sandboxes or (), every=every), choice, several=several)
    made = texts(found, as_config=as_config, several=several)
    files, text = (made.write(out, found, force=force), None) if out and found.connections else ([], made.main)
    result = {"as": as_.value, **as_result(found), "files": files, "commands": [*made.commands], "text": text}
    if json or out:
        show(result, as_json=json, render=render)
    else:
        write_out(made.main)
        _aside(safe(result))
    if found.skipped or found.refused:
        raise typer.Exit(FOUND)


def _services(place: Place, sandboxes: Sequence[str], *, every: bool) -> list[FlowServiceClient]:
    names = list_sandboxes(place.service) if every else sandboxes
    return [place.service.for_sandbox(each) for each in dict.fromkeys(names)] or [place.service]


def _aside(result: Result) -> None:
    """What a person must know beside the program, where the program has standard output."""
    console = SafeConsole(stderr=True)
    _left_out(console, result)
    _summary(console, result)
    if result["commands"]:
        console.print("to fill in what cannot be read back:")
    for each in result["commands"]:
        console.print(f"  {cell(each)}", soft_wrap=True)
