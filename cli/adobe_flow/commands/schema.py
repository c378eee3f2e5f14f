"""`adobe-flow schema`: the JSON schema of a command's output with --json."""

from __future__ import annotations

import sys
from importlib.resources import files
from typing import Annotated

import typer

from adobe_flow.problem import Problem
from adobe_flow.safe_output import SCHEMA_SUFFIX


def read_output_schemas() -> dict[str, str]:
    """Return the text of each schema by the name of its command."""
    folder = files("adobe_flow.schemas")
    schema_files = [file for file in folder.iterdir() if file.name.endswith(SCHEMA_SUFFIX)]
    return {file.name.removesuffix(SCHEMA_SUFFIX): file.read_text(encoding="utf-8") for file in schema_files}


def command(of: Annotated[str, typer.Argument(metavar="COMMAND", help="The command, such as list.")]) -> None:
    """Print the JSON schema of what a command prints with --json.

    Example:

      adobe-flow schema list
    """
    schemas = read_output_schemas()
    if of not in schemas:
        raise Problem(f"There is no schema of {of}.", f"There are those of {', '.join(sorted(schemas))}.")
    sys.stdout.write(schemas[of])
