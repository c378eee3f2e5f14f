"""The options that commands share: each has one name and one help text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from adobe_flow.encoding import decode_as_utf8

Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for programs.")]

Stack: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--stack", "-s", envvar="PULUMI_STACK", help="Use the settings of this stack; without it, only ADOBE_*."
    ),
]

Folder: TypeAlias = Annotated[
    Path, typer.Option("--cwd", "-C", help="The folder of the Pulumi project.", file_okay=False, exists=True)
]

Sandbox: TypeAlias = Annotated[
    str | None, typer.Option("--sandbox", help="Use this sandbox instead of the one in the settings.")
]

NamePart: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--name",
        metavar="TEXT",
        parser=decode_as_utf8,
        help="Show only base connections whose name contains this text.",
    ),
]

ConnectionName: TypeAlias = Annotated[
    str,
    typer.Argument(metavar="NAME|ID", parser=decode_as_utf8, help="The name or the id of the base connection."),
]

DataflowName: TypeAlias = Annotated[
    str,
    typer.Argument(metavar="FLOW", help="The dataflow: its name, its id, or the resource's name in the stack."),
]

HERE = Path()
"""The default folder of the Pulumi project."""
