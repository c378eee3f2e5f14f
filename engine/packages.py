"""The virtual environment: Python's packages as locked, and our own distributions, editable."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from engine.fingerprint import is_done, mark_done
from engine.problem import Problem
from engine.say import say
from engine.watched import watched

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project


def install(project: Project) -> None:
    """Bring the environment up to what the lock file and our distributions ask for; nothing where it is."""
    _make_venv(project)
    lock = project.root / "requirements.lock"
    locked = project.venv / "locked.sha256"
    if not is_done(locked, [lock]):
        say("Python's packages, as locked in requirements.lock (about a minute)")
        # The lock is the whole set: resolving again would let pip 23 look for a newer release of a package with extras.
        _pip(project, "--no-deps", "--require-hashes", "-r", lock)
        mark_done(locked, [lock])
    own = project.venv / "own.sha256"
    files = [folder / "pyproject.toml" for folder in project.distributions()]
    if files and not is_done(own, files):
        say(f"Our own distributions, editable: {', '.join(file.parent.name for file in files)}")
        editable = [part for file in files for part in ("--editable", file.parent)]
        _pip(project, "--no-deps", "--no-build-isolation", *editable)
        _check_complete(project)
        mark_done(own, files)


def _check_complete(project: Project) -> None:
    """Nobody resolved the dependencies on this machine: see that the lock lacks none for this Python."""
    done = subprocess.run(  # noqa: S603 - our own environment
        [str(project.python), "-m", "pip", "check"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise Problem(
            f"requirements.lock does not fit together for this Python:\n{(done.stdout or done.stderr).strip()}\n"
            "Make it anew with make lock."
        )


def is_installed(project: Project) -> bool:
    """Whether the environment is there, as far as a glance can tell."""
    return project.python.exists() and (project.venv / "own.sha256").exists()


def _make_venv(project: Project) -> None:
    if _works(project):
        return
    say(f"A virtual environment in .venv, with Python {sys.version_info[0]}.{sys.version_info[1]} ({sys.executable})")
    shutil.rmtree(project.venv, ignore_errors=True)
    done = subprocess.run(  # noqa: S603 - this interpreter
        [getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(project.venv)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise Problem(
            f"The virtual environment could not be made: {(done.stderr or done.stdout).strip()}\n"
            f"On Debian and Ubuntu: sudo apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        )


def _works(project: Project) -> bool:
    """Whether the environment runs, has pip, and is of the Python that was asked for (where one was)."""
    wanted = f"{sys.version_info[0]}.{sys.version_info[1]}" if os.environ.get("PYTHON") else ""
    script = "import pip, sys; print(f'{sys.version_info[0]}.{sys.version_info[1]}')"
    try:
        done = subprocess.run(  # noqa: S603 - our own environment
            [str(project.python), "-c", script], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError:
        return False
    return done.returncode == 0 and wanted in {"", done.stdout.strip()}


def _pip(project: Project, *arguments: str | Path) -> None:
    options = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off")
    command = [project.python, "-m", "pip", "install", *options, *arguments]
    env = {**os.environ, "PIP_USER": "0"}
    outcome = watched(command, log=project.tools / "pip.log", env=env, cwd=project.root)
    if outcome.exit_code != 0:
        raise Problem(
            "Python's packages could not be installed. Without a network, or with a package index that does not "
            "answer, nothing can be set up. "
            f"The whole output is in {outcome.log}; it ended with:\n{outcome.last_lines()}"
        )
