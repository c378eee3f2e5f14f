"""The two programs that the engine searches beside a built CLI; both start Python in this project."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from engine.cli import HOST

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

DYNAMIC_PROVIDER = "pulumi-resource-pulumi-python"


def write_wrappers(project: Project, folder: Path) -> None:
    """Write both wrapper scripts as regular files, because the engine warns about links to other folders."""
    scripts = project.root / "engine" / "host"
    # In UTF-8 mode, because the engine writes and reads UTF-8 in every locale.
    _write_script(folder / HOST, [str(project.python), "-X", "utf8", "-u", str(scripts / "__main__.py")])
    _write_script(folder / DYNAMIC_PROVIDER, ["/bin/sh", str(scripts / DYNAMIC_PROVIDER)])


def _write_script(path: Path, command: list[str]) -> None:
    text = f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n'
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
