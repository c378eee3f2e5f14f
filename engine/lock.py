"""`make lock`: the resolution of requirements.in for all supported Pythons, with hashes and without addresses."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from engine import packages
from engine.go import HERE
from engine.messages import Problem, print_message

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

_UV = "uv==0.13.9"
_OLDEST_PYTHON = "3.10"
_OPTIONS = (
    *("--universal", "--python-version", _OLDEST_PYTHON, "--generate-hashes", "--no-config", "--quiet"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"),
)


def write_lock_files(project: Project) -> int:
    """Write requirements.lock anew. Versions that still fit stay, unless UPGRADE is set."""
    packages.install_packages(project)
    tool = project.tools / "uv"
    if not (tool / "bin" / "uv").exists():
        print_message(f"Installing {_UV}, which resolves for several Pythons at once, into .tools.")
        pip = [str(project.python), "-m", "pip", "install", "--quiet", "--target", str(tool), _UV]
        subprocess.run(pip, check=True)  # noqa: S603 - our own environment
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") else []
    root = project.root
    _compile_lock_file(tool, [*upgrade], root / "requirements.in", root / "requirements.lock")
    _compile_lock_file(tool, [*upgrade], HERE / "go.in", HERE / "go.lock")
    return 0


def _compile_lock_file(tool: Path, options: list[str], source: Path, target: Path) -> None:
    command = [str(tool / "bin" / "uv"), "pip", "compile", *_OPTIONS, *options, "-o", str(target), str(source)]
    subprocess.run(command, check=True, cwd=target.parent)  # noqa: S603 - the tool from above
    if "://" in target.read_text(encoding="utf-8"):
        raise Problem(f"{target} has an address. Remove it: the file must be installable from any index.")
