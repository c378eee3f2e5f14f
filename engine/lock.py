"""`make lock`: the resolution of requirements/*.in for all supported Pythons, with hashes and without addresses."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from engine.go import GO_LOCK
from engine.installer import UV_LOCK, provide_uv
from engine.messages import Problem, print_message
from engine.packages import GROUPS
from engine.pulumi_versions import OLDEST_SDK_LOCK
from engine.venv import make_venv

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

OLDEST_PYTHON = "3.10"
_OPTIONS = (
    *("--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes", "--no-config", "--quiet"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"),
)


def lock(project: Project) -> int:
    """Write the lock files anew. Versions that still fit stay, unless UPGRADE is set."""
    make_venv(project)
    uv = provide_uv(project)
    if uv is None:
        raise Problem("The lock files were not changed: only uv resolves for several Pythons at once.")
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") else []
    # Each group is resolved within the lock files of the groups before it, so their order matters.
    for target in (*(project.locate_lock(group) for group in GROUPS), GO_LOCK, UV_LOCK, OLDEST_SDK_LOCK):
        print_message(f"Resolving {target.with_suffix('.in').relative_to(project.root)}.")
        _compile(uv, upgrade, target.with_suffix(".in"), target)
    return 0


def _compile(uv: Path, options: list[str], source: Path, target: Path) -> None:
    command = [str(uv), "pip", "compile", *_OPTIONS, *options, "-o", target.name, source.name]
    process = subprocess.run(command, check=False, cwd=target.parent)  # noqa: S603 - the program from above
    if process.returncode != 0:
        raise Problem(f"{source} could not be resolved; the lines above have the reason.")
    if "://" in target.read_text(encoding="utf-8"):
        raise Problem(f"{target} has an address. Remove it: the file must be installable from any index.")
