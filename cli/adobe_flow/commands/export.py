"""`adobe-flow export`: a program of the entities that exist in a sandbox, with an import file for Pulumi."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from adobe_flow.aep.place import Place, open_place
from adobe_flow.encoding import decode_as_utf8
from adobe_flow.exit_codes import FOUND
from adobe_flow.export.collect import SandboxExport
from adobe_flow.export.declaration import BASE, SkippedEntity
from adobe_flow.export.files import ExportFiles, build_config_files, build_program_files
from adobe_flow.export.native import convert_to_native
from adobe_flow.export.sandboxes import ExportFilters, SandboxesExport, build_export_result, export_sandboxes
from adobe_flow.export.stack_config import explain_missing_support
from adobe_flow.export.target import build_stack_targets, find_project_name
from adobe_flow.options import HERE, Folder, Json, NamePart, Stack
from adobe_flow.output import MAX_ROWS, Result, format_cell, print_omitted_count, print_result
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.resources import map_managed_resources
from adobe_flow.safe_output import SafeConsole, redact_result, write_to_stdout
from adobe_flow.tables import create_table, print_table
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.platform_apis import list_sandboxes


class ExportForm(str, Enum):
    """The form of the exported files: a program, or the stack config of this project."""

    PROGRAM = "program"
    CONFIG = "config"


class Provider(str, Enum):
    """The provider that the exported program uses."""

    DYNAMIC = "dynamic"
    NATIVE = "native"


_NEXT: Final = {
    ExportForm.PROGRAM.value: "README.md has the commands, in order",
    ExportForm.CONFIG.value: (
        "sh set-secrets.sh, which asks for each secret; then adobe-flow adopt --map-file adoption.json"
    ),
}
"""The next step of a person, by the form."""


def render_export(console: Console, result: Result) -> None:
    """Print the exported resources, the others with the reasons, and the next step."""
    resources = result["resources"]
    rows = create_table("resource", "kind", "name", "secrets to fill in")
    for resource in resources[:MAX_ROWS]:
        names = ", ".join(resource["secrets"])
        rows.add_row(*(format_cell(resource[name]) for name in ("resource", "kind", "name")), format_cell(names))
    if resources:
        print_table(console, rows)
    print_omitted_count(console, len(resources))
    _render_skipped_entities(console, result)
    _render_summary(console, result)


def _render_skipped_entities(console: Console, result: Result) -> None:
    skipped = result["skipped"]
    if skipped:
        console.print("not exported", style="bold")
        rows = create_table("kind", "name", "id", "reason")
        rows.columns[2].no_wrap = True
        for entity in skipped[:MAX_ROWS]:
            rows.add_row(*(format_cell(entity[name]) for name in ("kind", "name", "id", "reason")))
        print_table(console, rows, ("kind",))
        print_omitted_count(console, len(skipped))
    for refusal in result["refused"]:
        console.print(f"not read: {format_cell(refusal['sandbox'])}: {format_cell(refusal['reason'])}")


def _render_summary(console: Console, result: Result) -> None:
    managed = f", skipped {len(result['managed'])} that a stack already manages" if result["managed"] else ""
    noted = sum(bool(resource["notes"]) for resource in result["resources"])
    notes = f" {noted} of them are incomplete: see README.md." if noted else ""
    counts = f"Exported {len(result['resources'])}, not exportable {len(result['skipped'])}{managed}."
    console.print(f"{counts}{notes}", soft_wrap=True)
    for file in result["files"]:
        console.print(f"written: {format_cell(file)}", soft_wrap=True)
    if result["files"]:
        console.print(f"next: {_NEXT[result['as']]}")


def command(  # noqa: PLR0913 - the options of the command
    only: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME|ID]...",
            parser=decode_as_utf8,
            help="Export only these base connections, and everything that uses them. Default: all.",
        ),
    ] = None,
    *,
    stack: Stack = None,
    cwd: Folder = HERE,
    sandboxes: Annotated[
        list[str] | None, typer.Option("--sandbox", help="Export this sandbox. Several: each gets its own stack.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all-sandboxes", "-a", help="Export every sandbox that the credentials may use.")
    ] = False,
    as_: Annotated[
        ExportForm, typer.Option("--as", help="Write a Python program, or the stack config of this project.")
    ] = ExportForm.PROGRAM,
    provider: Annotated[
        Provider,
        typer.Option(help="The provider of the program; native: `pulumi_adobe.native`."),
    ] = Provider.DYNAMIC,
    out: Annotated[Path | None, typer.Option(help="Write into this folder; without it, print the program.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that an earlier export wrote.")] = False,
    source: Annotated[
        str | None, typer.Option(help="Export only base connections of this source, and everything that uses them.")
    ] = None,
    name: NamePart = None,
    json: Json = False,
) -> None:
    """Write the connections and dataflows that exist as a program, with an import file, so that Pulumi takes them over.

    Secrets cannot be read back: each becomes a config key, and a script asks for it. What the stack manages already is
    left out. The README of the folder has the commands in order.

    Examples:

      adobe-flow export --out acme-pipelines --sandbox prod --sandbox stage

      adobe-flow export --out acme-pipelines "Orders database"

      adobe-flow export --as config --stack prod
    """
    if as_ is ExportForm.CONFIG and provider is Provider.NATIVE:
        raise typer.BadParameter("--provider is the one of a program; the program of --as config has its own")
    place = open_place(stack, cwd, sandboxes[0] if sandboxes else None)
    services = _list_sandbox_clients(place, sandboxes or (), every=every)
    as_config, is_several = as_ is ExportForm.CONFIG, every or len(services) > 1
    if is_several and not as_config and not json and out is None:
        raise Problem("The program of several sandboxes has several files.", "Name a folder for them: --out FOLDER")
    managed_names = map_managed_resources(place.stack.list_resources()) if place.stack else {}
    filters = ExportFilters(tuple(only or ()), source, name, managed_names)
    if as_config:
        export = _skip_unsupported_in_all(export_sandboxes(services, filters, kinds=(BASE,), prefix_names=is_several))
        files = build_config_files(export.declarations)
    else:
        export = export_sandboxes(services, filters)
        if provider is Provider.NATIVE:
            export = replace(
                export, sandboxes=[convert_to_native(sandbox_export) for sandbox_export in export.sandboxes]
            )
        files = _build_program_files(place, services, export, out or cwd, is_native=provider is Provider.NATIVE)
    written = files.write(out, force=force) if out and export.declarations else []
    text = None if written else files.text
    result = {
        "as": as_.value,
        **build_export_result(export),
        "files": written,
        "commands": [*files.commands],
        "text": text,
    }
    if json or out:
        print_result(result, as_json=json, render=render_export)
    else:
        write_to_stdout(files.text)
        _print_notes_to_stderr(redact_result(result))
    if export.skipped or export.refused:
        raise typer.Exit(FOUND)


def _list_sandbox_clients(place: Place, sandboxes: Sequence[str], *, every: bool) -> list[FlowServiceClient]:
    names = list_sandboxes(place.service) if every else sandboxes
    return [place.service.for_sandbox(sandbox) for sandbox in dict.fromkeys(names)] or [place.service]


def _build_program_files(
    place: Place, services: Sequence[FlowServiceClient], export: SandboxesExport, folder: Path, *, is_native: bool
) -> ExportFiles:
    stack = place.stack
    project = find_project_name(folder, stack.folder if stack else None)
    credentials = {service.credentials.sandbox: service.credentials for service in services}
    targets = build_stack_targets(export.sandboxes, credentials, project, stack.name if stack else None)
    return build_program_files(targets, folder, is_single=len(export.sandboxes) == 1, is_native=is_native)


def _skip_unsupported_in_all(export: SandboxesExport) -> SandboxesExport:
    """Return the export with the connections that the stack config can have; the others are skipped with the reason."""
    return replace(export, sandboxes=[_skip_unsupported(sandbox_export) for sandbox_export in export.sandboxes])


def _skip_unsupported(export: SandboxExport) -> SandboxExport:
    reasons = {declaration.id: explain_missing_support(declaration) for declaration in export.declarations}
    configurable = [declaration for declaration in export.declarations if reasons[declaration.id] is None]
    skipped = [
        SkippedEntity(declaration.kind, declaration.entity, declaration.sandbox, str(reasons[declaration.id]))
        for declaration in export.declarations
        if reasons[declaration.id] is not None
    ]
    return replace(export, declarations=configurable, skipped=[*export.skipped, *skipped])


def _print_notes_to_stderr(result: Any) -> None:
    """Print the notes about an export on standard error, because the program is on standard output."""
    console = SafeConsole(stderr=True)
    _render_skipped_entities(console, result)
    _render_summary(console, result)
    if result["commands"]:
        console.print("to fill in what cannot be read back:")
    for command_line in result["commands"]:
        console.print(f"  {format_cell(command_line)}", soft_wrap=True)
