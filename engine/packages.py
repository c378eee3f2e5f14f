"""The packages of the virtual environment: the locked ones by groups, and our own distributions, editable."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from engine.installer import Installer
from engine.messages import Problem, print_message
from engine.steps import is_step_done, mark_step_done
from engine.venv import make_venv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from engine.project import Project

RUN, CHECK, TEST, DOCS, BENCH = "run", "check", "test", "docs", "bench"
GROUPS = (RUN, CHECK, TEST, DOCS, BENCH)
"""The groups, each with a lock file of its name in requirements/. A group is locked within the groups before it, so
that all of them fit into one environment."""


def install(project: Project, groups: Sequence[str]) -> None:
    """Install the locked packages of the groups, and with the group run our distributions, if they are missing."""
    make_venv(project)
    installer = Installer(project)
    missing_groups = [group for group in groups if not _is_group_installed(project, group)]
    if missing_groups:
        locks = [project.locate_lock(group) for group in missing_groups]
        names = ", ".join(str(lock.relative_to(project.root)) for lock in locks)
        print_message(f"Installing Python's packages as locked in {names}.")
        # The locks are complete: resolving again would let pip 23 look for a newer release of a package with extras.
        installer.install("--no-deps", "--require-hashes", *(part for lock in locks for part in ("-r", lock)))
        for group, lock in zip(missing_groups, locks, strict=True):
            mark_step_done(_locate_note(project, group), [lock])
    own_files = [folder / "pyproject.toml" for folder in project.list_distributions()] if RUN in groups else []
    # Installed metadata has the version, so another version means another installation.
    own_inputs = [*own_files, *project.root.glob("provider/pulumi_adobe/version.py")]
    own_note = project.venv / "own.sha256"
    has_new_own_files = bool(own_files) and not is_step_done(own_note, own_inputs)
    if has_new_own_files:
        print_message(f"Installing our own distributions: {', '.join(file.parent.name for file in own_files)}.")
        editable = [part for file in own_files for part in ("--editable", file.parent)]
        installer.install("--no-deps", "--no-build-isolation", *editable)
    if missing_groups or has_new_own_files:
        _check_complete(project)
    if has_new_own_files:
        mark_step_done(own_note, own_inputs)


def is_installed(project: Project) -> bool:
    """Return whether the environment has our distributions, without running it."""
    return project.python.exists() and (project.venv / "own.sha256").exists()


def _is_group_installed(project: Project, group: str) -> bool:
    return is_step_done(_locate_note(project, group), [project.locate_lock(group)])


def _locate_note(project: Project, group: str) -> Path:
    return project.venv / f"{group}.sha256"


def _check_complete(project: Project) -> None:
    """Raise Problem if the locks lack a package for this Python, since nothing has resolved dependencies here."""
    process = subprocess.run(  # noqa: S603 - our own environment
        [str(project.python), "-m", "pip", "check"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if process.returncode != 0:
        raise Problem(
            "The lock files in requirements/ do not fit together for this Python:\n"
            f"{(process.stdout or process.stderr).strip()}\nWrite them anew: make lock"
        )
