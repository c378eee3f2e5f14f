"""`make wheels`: the wheels of our distributions, built without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from engine.messages import Problem, print_message

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project


def build_wheels(project: Project) -> int:
    """Build the wheels of all distributions into `dist/`, which is emptied before."""
    folder = project.root / "dist"
    shutil.rmtree(folder, ignore_errors=True)
    for distribution in project.list_distributions():
        build_wheel(project, distribution, folder)
    for wheel in sorted(folder.glob("*.whl")):
        print_message(f"Built {wheel}")
    return 0


def build_wheel(project: Project, distribution: Path, folder: Path) -> None:
    """Build one wheel with the locked build backend of `.venv`: the same commit gives the same bytes."""
    process = subprocess.run(  # noqa: S603 - our own environment
        [str(project.python), "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=distribution,
        # A value of the caller would change the times in the wheel; without it, hatchling writes a constant time.
        env={name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if process.returncode != 0:
        reason = (process.stderr or process.stdout).strip()
        raise Problem(f"The wheel of {distribution.name}/ could not be built:\n{reason}")
