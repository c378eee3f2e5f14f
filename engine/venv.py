"""The virtual environment `.venv`: its creation with the Python that runs the set-up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from engine.messages import Problem, print_message

if TYPE_CHECKING:
    from engine.project import Project


def make_venv(project: Project, base: Path | None = None) -> None:
    """Create the virtual environment, unless there is one that can be used.

    Args:
        project: The clone.
        base: The Python of the environment; by default the one that runs the set-up.
    """
    if _is_usable(project):
        return
    python = base or Path(getattr(sys, "_base_executable", sys.executable))
    print_message(f"Creating the virtual environment {project.venv.relative_to(project.root)} with {python}.")
    shutil.rmtree(project.venv, ignore_errors=True)
    process = subprocess.run(  # noqa: S603 - this interpreter, or the one of the caller
        [str(python), "-m", "venv", str(project.venv)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if process.returncode != 0:
        raise Problem(
            f"The virtual environment could not be created: {(process.stderr or process.stdout).strip()}\n"
            f"On Debian and Ubuntu: sudo apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        )


def _is_usable(project: Project) -> bool:
    """Return whether the environment runs, has pip, and has the Python that PYTHON names, if it names one."""
    is_named = os.environ.get("PYTHON") and not project.variant
    required_version = f"{sys.version_info[0]}.{sys.version_info[1]}" if is_named else ""
    script = "import pip, sys; print(f'{sys.version_info[0]}.{sys.version_info[1]}')"
    try:
        process = subprocess.run(  # noqa: S603 - our own environment
            [str(project.python), "-c", script], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError:
        return False
    return process.returncode == 0 and required_version in {"", process.stdout.strip()}
