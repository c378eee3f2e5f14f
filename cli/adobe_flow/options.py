"""The options that commands share: each has one name and one help text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

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

HERE = Path()
"""The default folder of the Pulumi project."""
