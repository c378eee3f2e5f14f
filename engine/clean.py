"""Removes what the set-up and the runs made; the state of stacks only where that is asked for by name."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from engine import emulator
from engine.problem import Problem
from engine.project import STACK
from engine.say import say
from engine.stack_state import dev_stack, stack_files

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

_MADE = (".venv", "dist", "htmlcov", ".coverage", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")


def clean(project: Project) -> int:
    """Remove the virtual environment and caches; the CLI that was built and all state stay."""
    _check_stopped(project)
    for name in _MADE:
        _remove(project.root / name)
    for cache in project.root.glob("*/**/__pycache__"):
        _remove(cache)
    say("Removed: the virtual environment and caches.")
    if project.tools.exists():
        say("Kept: .tools, the Pulumi CLI (make clean-tools removes it; a build takes 7 minutes).")
    if project.state.exists():
        say("Kept: .state, the stacks' state and the emulator's data (make clean-state empties the dev stack's).")
    return 0


def clean_tools(project: Project) -> int:
    """Remove the Pulumi CLI and everything it was made with."""
    _remove(project.tools)
    say("Removed: .tools. The next `make up` gets a Pulumi CLI again.")
    return 0


def clean_state(project: Project) -> int:
    """Forget the dev stack and empty the emulator, together, so that they agree; other stacks are left alone."""
    if project.python.exists():
        emulator.stop(project)
    for file in project.state.glob("emulator*"):
        _remove(file)
    for kind in ("stacks", "backups", "history", "locks"):
        for file in (project.backend / ".pulumi" / kind).glob(f"**/{STACK}*"):
            _remove(file)
    say("Removed: the dev stack's state and the emulator's data.")
    others = [file for file in stack_files(project) if file.stem != STACK]
    if others:
        say(f"Kept: the other stacks here ({', '.join(file.stem for file in others)}).")
    return 0


def _check_stopped(project: Project) -> None:
    if (project.state / "emulator.pid").exists() and project.python.exists():
        emulator.stop(project)
        if dev_stack(project):
            say("The emulator is stopped; its data stays, and `make up` starts it again.")


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    elif path.is_dir():
        shutil.rmtree(path, onerror=_cannot)


def _cannot(_function: object, path: str, _error: object) -> None:
    raise Problem(f"{path} could not be removed: does it belong to somebody else?")
