"""Runs Pulumi's import of a file, after a backup of the state, and the refresh that has to follow it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Collection
from datetime import datetime, timezone
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final

from adobe_flow.files import write_files
from adobe_flow.private_folder import create_private_folder
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.global_commands import require_version
from adobe_flow.pulumi_cli.resources import get_resource_name
from adobe_flow.pulumi_cli.stack import Stack

_NEEDED: Final = "3.254.0"
"""The first version whose `pulumi import --file` takes the outputs of a resource."""

_FLAGS: Final = ("--yes", "--skip-preview", "--generate-code=false", "--protect=false")
_BACKUPS: Final = ".adobe-flow"
"""The folder of the backups, in the project's folder; it hides itself from git."""
_MAX_REASON: Final = 1500


def require_import_support(stack: Stack) -> None:
    """Raise Problem if Pulumi's import cannot take the state of a resource."""
    require_version(stack.folder, stack.environment, _NEEDED, "The import of dynamic resources")


def write_backup(stack: Stack) -> tuple[Path, str]:
    """Write the state of the stack into a private file, and return it with the command that goes back to it."""
    folder = stack.folder / _BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    moment = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S.%fZ")
    file = folder / f"{stack.name.replace('/', '.')}-before-adoption-{moment}.json"
    try:
        write_files({folder / ".gitignore": "*\n", file: json.dumps(stack.export_state(), indent=4)}, private=True)
    except Problem as problem:
        raise Problem(f"There is no backup, so nothing was adopted: {problem.message}", problem.hint) from None
    if stack.folder == Path():
        return file, shlex.join(("pulumi", "stack", "import", "--stack", stack.name, "--file", str(file)))
    where = ("pulumi", "-C", str(stack.folder.resolve()))
    return file, shlex.join((*where, "stack", "import", "--stack", stack.name, "--file", str(file.resolve())))


def run_import(stack: Stack, text: str) -> None:
    """Import a file with this text by Pulumi. Resources that the stack has already stay as they are."""
    with create_private_folder() as folder:
        file = folder / "import.json"
        file.write_text(text, "utf-8")
        process = stack.run("import", "--file", file, *_FLAGS)
    if process.returncode:
        hint = "What it has imported stays in the state. Correct it, then run this again: it goes on with the rest."
        raise explain_failed_import(stack, "pulumi import failed", process, hint)


def refresh_resources(stack: Stack, urns: Collection[str]) -> list[str]:
    """Refresh these resources, and return the messages of the provider and a warning for each deleted one.

    An import reads nothing, so only the refresh finds what has changed or was deleted since it was read.
    """
    targets = (part for urn in urns for part in ("--target", urn))
    process = stack.run("refresh", "--yes", "--skip-preview", *targets)
    if process.returncode:
        hint = "The state has what was imported. Once the reason is gone: pulumi refresh, then pulumi up"
        raise explain_failed_import(stack, "pulumi refresh failed after the import", process, hint)
    messages = process.stdout.partition("Diagnostics:")[2].partition("\nResources:")[0].strip().splitlines()
    present = {resource["urn"] for resource in stack.list_resources()}
    deleted_names = [get_resource_name(urn) for urn in urns if urn not in present]
    return [
        *messages,
        *(f"warning: {name} was deleted since it was read: `pulumi up` would create it" for name in deleted_names),
    ]


def explain_failed_import(stack: Stack, what: str, process: CompletedProcess[str], hint: str) -> Problem:
    """Return the problem of a failed command: with the reason, and without the progress before it."""
    text = process.stdout + process.stderr
    reason = " ".join((text.partition("Diagnostics:")[2] or process.stderr or process.stdout).split())
    # For a lock, or a stack that does not exist, there is a better way on.
    return Problem(f"{what}: {reason[:_MAX_REASON]}", stack.explain_failure((), text).hint or hint)
