"""`adobe-flow adopt`: takes entities that exist under a stack's management, by Pulumi's own import."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from adobe_flow.adopt.adoption import Adoption, Selection, prepare_adoption, to_result
from adobe_flow.adopt.matching import read_map
from adobe_flow.confirming import require_answerable, require_consent
from adobe_flow.encoding import as_utf8
from adobe_flow.exit_codes import FOUND
from adobe_flow.importing.run import import_file, refresh, require_import, write_backup
from adobe_flow.options import HERE, Folder, Json, Stack
from adobe_flow.output import MAX_ROWS, Result, create_table, format_cell, print_omitted_count, show
from adobe_flow.problem import Problem
from adobe_flow.shown import say
from adobe_flow.stack import Stack as PulumiStack


def render(console: Console, result: Result) -> None:
    """Show what is adopted, what is not and why, and what to do next."""
    adopted, left = result["resources"], result["left"]
    if adopted:
        console.print("adopted" if result["adopted"] else "to be adopted", style="bold")
        rows = create_table("resource", "name", "sandbox", "id", "differs in")
        rows.columns[3].no_wrap = True
        for each in adopted[:MAX_ROWS]:
            rows.add_row(
                *(format_cell(each[name]) for name in ("resource", "name", "sandbox", "id")), _list_differences(each)
            )
        console.print(rows)
        print_omitted_count(console, len(adopted))
    if left:
        console.print("not adopted, so that `pulumi up` would create it", style="bold")
        rows = create_table("resource", "why", "ids")
        rows.columns[2].no_wrap = True
        for each in left[:MAX_ROWS]:
            rows.add_row(
                format_cell(each["resource"]), format_cell(each["reason"]), format_cell("\n".join(each["candidates"]))
            )
        console.print(rows)
        print_omitted_count(console, len(left))
    _summarize(console, result)


def _list_differences(each: Mapping[str, Any]) -> str:
    return format_cell(", ".join((*each["differs"], *(f"{name} (known later)" for name in each["later"]))))


def _summarize(console: Console, result: Result) -> None:
    adopted = result["resources"]
    differing = sum(bool(each["differs"] or each["later"]) for each in adopted)
    unsent = sum(each["secretConfirmed"] is False for each in adopted)
    console.print(f"{len(adopted)} {'adopted' if result['adopted'] else 'to adopt'}", end="")
    console.print(f", {len(result['left'])} left to `pulumi up`; nothing is changed in Experience Platform")
    if differing:
        console.print(f"Not yet what is declared, so that the next `pulumi up` would change them: {differing}")
    if unsent:
        console.print(f"With secrets that this stack has never sent (ADOBE_SEND_SECRETS=all pulumi up): {unsent}")
    if result["adopted"]:
        console.print("Next: pulumi preview, then pulumi up, which records what depends on what. To go back instead:")
        console.print(f"  {format_cell(result['undo'])}", soft_wrap=True)


def command(  # noqa: PLR0913 - the options of the command
    resources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[RESOURCE]...", parser=as_utf8, help="Only these, as the program calls them."),
    ] = None,
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="RESOURCE=ID", parser=as_utf8, help="Say which one a resource is."),
    ] = None,
    map_file: Annotated[
        Path | None, typer.Option(help="The same for many: the adoption.json of an export.", exists=True)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan, and change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    json: Json = False,
) -> None:
    """Take entities that exist under the stack's management, without changing anything in Experience Platform.

    Connections and dataflows that the program declares and the stack does not have are looked for by source and name,
    read, and shown. Then Pulumi imports them, with the declared secrets encrypted, and refreshes them.

    Examples:

      adobe-flow adopt --stack prod --dry-run

      adobe-flow adopt --stack prod --map lake=5f8b2e6a-7c0d-4a75-9c3e-0d1f2a3b4c5d --yes
    """
    if stack is None:
        raise Problem("Which stack is to have them?", "Name it: --stack prod")
    if not dry_run:
        require_answerable(yes=yes, as_json=json)
    where = PulumiStack(cwd, stack)
    asked = Selection(mapped or (), read_map(map_file) if map_file else {}, tuple(resources or ()))
    require_import(where)
    try:
        found = prepare_adoption(where, asked, say)
    except KeyboardInterrupt:
        say("Interrupted. Nothing was changed.")
        raise
    result = {"stack": where.name, **to_result(found), "adopted": False, "backup": None, "undo": None}
    if found.adopted and not dry_run:
        if not yes:
            show(result, as_json=False, render=render)
        require_consent(f"Adopt {len(found.adopted)} resources in the state of {where.name}?", yes=yes)
        result |= _adopt(where, found)
    # Who was asked has seen the plan.
    show(result, as_json=json, render=render if yes or not result["adopted"] else _summarize)
    if found.left or any(each.changes for each in found.adopted):
        raise typer.Exit(FOUND)


def _adopt(where: PulumiStack, found: Adoption) -> dict[str, Any]:
    backup, undo = write_backup(where)
    say(f"Importing {len(found.adopted)} (pulumi import), then reading them (pulumi refresh)")
    try:
        import_file(where, found.write_import_file())
        for line in refresh(where, [each.planned.urn for each in found.adopted]):
            say(line)
    except KeyboardInterrupt:
        say(f"Interrupted. Run it again: it goes on with what the state does not have yet. To go back: {undo}")
        raise
    return {"adopted": True, "backup": str(backup), "undo": undo}
