"""The virtual environment: the locked packages, and our own distributions as editable installs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from engine.messages import Problem, print_message
from engine.processes import run_with_progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from engine.project import Project


def install_packages(project: Project) -> None:
    """Install what the lock file and our distributions need, if it is not installed yet."""
    _make_venv(project)
    lock = project.root / "requirements.lock"
    locked = project.venv / "locked.sha256"
    if not is_step_done(locked, [lock]):
        print_message("Installing Python's packages as locked in requirements.lock (about a minute).")
        # The lock is the whole set: resolving again would let pip 23 look for a newer release of a package with extras.
        _run_pip(project, "--no-deps", "--require-hashes", "-r", lock)
        mark_step_done(locked, [lock])
    own = project.venv / "own.sha256"
    files = [folder / "pyproject.toml" for folder in project.list_distributions()]
    if files and not is_step_done(own, files):
        print_message(f"Installing our own distributions: {', '.join(file.parent.name for file in files)}.")
        editable = [part for file in files for part in ("--editable", file.parent)]
        _run_pip(project, "--no-deps", "--no-build-isolation", *editable)
        _check_complete(project)
        mark_step_done(own, files)


def _check_complete(project: Project) -> None:
    """Raise Problem if the lock lacks a package for this Python, since pip has resolved no dependencies here."""
    process = subprocess.run(  # noqa: S603 - our own environment
        [str(project.python), "-m", "pip", "check"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if process.returncode != 0:
        raise Problem(
            f"requirements.lock does not fit together for this Python:\n{(process.stdout or process.stderr).strip()}\n"
            "Write it anew: make lock"
        )


def is_installed(project: Project) -> bool:
    """Return whether the environment exists, without running it."""
    return project.python.exists() and (project.venv / "own.sha256").exists()


def _make_venv(project: Project) -> None:
    if _is_usable(project):
        return
    print_message(
        f"Creating the virtual environment .venv with Python {sys.version_info[0]}.{sys.version_info[1]} "
        f"({sys.executable})."
    )
    shutil.rmtree(project.venv, ignore_errors=True)
    process = subprocess.run(  # noqa: S603 - this interpreter
        [getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(project.venv)],
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
    required_version = f"{sys.version_info[0]}.{sys.version_info[1]}" if os.environ.get("PYTHON") else ""
    script = "import pip, sys; print(f'{sys.version_info[0]}.{sys.version_info[1]}')"
    try:
        process = subprocess.run(  # noqa: S603 - our own environment
            [str(project.python), "-c", script], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError:
        return False
    return process.returncode == 0 and required_version in {"", process.stdout.strip()}


def is_step_done(note: Path, files: Sequence[Path]) -> bool:
    """Return whether the step was already done for files with these contents."""
    return note.exists() and note.read_text(encoding="ascii") == _compute_fingerprint(files)


def mark_step_done(note: Path, files: Sequence[Path]) -> None:
    """Record that the step is done for these files."""
    note.write_text(_compute_fingerprint(files), encoding="ascii")


def _compute_fingerprint(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _run_pip(project: Project, *arguments: str | Path) -> None:
    options = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off")
    command = [project.python, "-m", "pip", "install", *options, *arguments]
    env = {**os.environ, "PIP_USER": "0"}
    outcome = run_with_progress(command, log=project.tools / "pip.log", env=env, cwd=project.root)
    if outcome.exit_code != 0:
        raise Problem(
            "Python's packages could not be installed. The set-up needs a network and a package index that answers. "
            f"The full output is in {outcome.log}; its last lines:\n{outcome.read_last_lines()}"
        )
