"""`adobe-flow adopt`: the adoption of existing entities by a stack, with Pulumi's own import."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from adobe_flow.adopt.adoption import Adoption, AdoptionSelection, build_adoption_result, prepare_adoption
from adobe_flow.adopt.matching import read_ids_by_resource
from adobe_flow.encoding import decode_as_utf8
from adobe_flow.exit_codes import FOUND
from adobe_flow.importing.run import refresh_resources, require_import_support, run_import, write_backup
from adobe_flow.options import HERE, Folder, Json, Stack
from adobe_flow.output import MAX_ROWS, Result, format_cell, print_omitted_count, print_result
from adobe_flow.problem import Problem
from adobe_flow.prompts import require_answerable, require_consent
from adobe_flow.pulumi_cli.stack import Stack as PulumiStack
from adobe_flow.safe_output import write_to_stderr
from adobe_flow.tables import create_table, print_table


def render_adoption(console: Console, result: Result) -> None:
    """Print the adopted resources, the others with the reasons, and the next step."""
    adopted, left = result["resources"], result["left"]
    if adopted:
        console.print("adopted" if result["adopted"] else "to be adopted", style="bold")
        rows = create_table("resource", "name", "sandbox", "id", "differs in")
        rows.columns[3].no_wrap = True
        for resource in adopted[:MAX_ROWS]:
            rows.add_row(
                *(format_cell(resource[name]) for name in ("resource", "name", "sandbox", "id")),
                _list_differing_fields(resource),
            )
        print_table(console, rows, ("sandbox", "name"))
        print_omitted_count(console, len(adopted))
    if left:
        console.print("not adopted, so that `pulumi up` would create it", style="bold")
        rows = create_table("resource", "why", "ids")
        rows.columns[2].no_wrap = True
        for resource in left[:MAX_ROWS]:
            rows.add_row(
                format_cell(resource["resource"]),
                format_cell(resource["reason"]),
                format_cell("\n".join(resource["candidates"])),
            )
        print_table(console, rows)
        print_omitted_count(console, len(left))
    _render_summary(console, result)


def _list_differing_fields(resource: Mapping[str, Any]) -> str:
    return format_cell(", ".join((*resource["differs"], *(f"{name} (known later)" for name in resource["later"]))))


def _render_summary(console: Console, result: Result) -> None:
    adopted = result["resources"]
    differing = sum(bool(resource["differs"] or resource["later"]) for resource in adopted)
    unsent = sum(resource["secretConfirmed"] is False for resource in adopted)
    console.print(f"{len(adopted)} {'adopted' if result['adopted'] else 'to adopt'}", end="")
    console.print(f", {len(result['left'])} left to `pulumi up`; nothing is changed in Experience Platform")
    if differing:
        console.print(f"Different from the declaration, so the next `pulumi up` changes them: {differing}")
    if unsent:
        console.print(f"With secrets that this stack has never sent (ADOBE_SEND_SECRETS=all pulumi up): {unsent}")
    if result["adopted"]:
        console.print("Next: pulumi preview, then pulumi up, which records what depends on what. To go back instead:")
        console.print(f"  {format_cell(result['undo'])}", soft_wrap=True)


def command(  # noqa: PLR0913 - the options of the command
    resources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RESOURCE]...",
            parser=decode_as_utf8,
            help="Adopt only these resources, by their names in the program.",
        ),
    ] = None,
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="RESOURCE=ID",
            parser=decode_as_utf8,
            help="Adopt the entity with this id as this resource.",
        ),
    ] = None,
    map_file: Annotated[
        Path | None, typer.Option(help="Read these pairs from a file: the adoption.json of an export.", exists=True)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be adopted; change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Adopt without a confirmation.")] = False,
    json: Json = False,
) -> None:
    """Import existing connections and dataflows into a stack, without changing anything in Experience Platform.

    The command looks by source and name for what the program declares and the stack does not have, and shows the plan.
    Then Pulumi imports these entities, with the declared secrets encrypted, and refreshes them.

    Examples:

      adobe-flow adopt --stack prod --dry-run

      adobe-flow adopt --stack prod --map lake=5f8b2e6a-7c0d-4a75-9c3e-0d1f2a3b4c5d --yes
    """
    if stack is None:
        raise Problem("Which stack adopts the resources?", "Name it: --stack prod")
    if not dry_run:
        require_answerable(yes=yes, as_json=json)
    where = PulumiStack(cwd, stack)
    selection = AdoptionSelection(
        mapped or (), read_ids_by_resource(map_file) if map_file else {}, tuple(resources or ())
    )
    require_import_support(where)
    try:
        adoption = prepare_adoption(where, selection, write_to_stderr)
    except KeyboardInterrupt:
        write_to_stderr("Interrupted. Nothing was changed.")
        raise
    result = {"stack": where.name, **build_adoption_result(adoption), "adopted": False, "backup": None, "undo": None}
    if adoption.adopted and not dry_run:
        if not yes:
            print_result(result, as_json=False, render=render_adoption)
        require_consent(f"Adopt {len(adoption.adopted)} resources in the state of {where.name}?", yes=yes)
        result |= _adopt(where, adoption)
    # A person who was asked has seen the plan.
    print_result(result, as_json=json, render=render_adoption if yes or not result["adopted"] else _render_summary)
    if adoption.not_adopted or any(resource.has_changes for resource in adoption.adopted):
        raise typer.Exit(FOUND)


def _adopt(where: PulumiStack, adoption: Adoption) -> dict[str, Any]:
    backup, undo = write_backup(where)
    write_to_stderr(f"Importing {len(adoption.adopted)} (pulumi import), then reading them (pulumi refresh)")
    try:
        run_import(where, adoption.write_import_file())
        for line in refresh_resources(where, [resource.planned.urn for resource in adoption.adopted]):
            write_to_stderr(line)
    except KeyboardInterrupt:
        write_to_stderr(f"Interrupted. Run the command again to import the rest. To go back: {undo}")
        raise
    return {"adopted": True, "backup": str(backup), "undo": undo}
