"""`adobe-flow schema`: the JSON schema of what a command prints with --json."""

from __future__ import annotations

import sys
from importlib.resources import files
from typing import Annotated

import typer

from adobe_flow.format_words import SCHEMA_SUFFIX
from adobe_flow.problem import Problem


def read_schemas() -> dict[str, str]:
    """The text of each schema, by the command's name."""
    folder = files("adobe_flow.schemas")
    found = [each for each in folder.iterdir() if each.name.endswith(SCHEMA_SUFFIX)]
    return {each.name.removesuffix(SCHEMA_SUFFIX): each.read_text(encoding="utf-8") for each in found}


def command(of: Annotated[str, typer.Argument(metavar="COMMAND", help="The command.")]) -> None:
    """Print the JSON schema of what a command prints with --json.

    Example:

      adobe-flow schema list
    """
    known = read_schemas()
    if of not in known:
        raise Problem(f"There is no schema of {of}.", f"There are those of {', '.join(sorted(known))}.")
    sys.stdout.write(known[of])
