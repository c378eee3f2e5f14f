"""Removal of generated files: the environment and caches, the Pulumi CLI, or the state of the dev stack."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from engine import emulator
from engine.messages import Problem, print_message
from engine.project import STACK
from engine.stack_state import find_dev_stack_file, list_stack_files

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

_GENERATED = (
    *(".venv", ".tools/variants", "dist", "htmlcov", ".coverage"),
    *(".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"),
)


def clean(project: Project) -> int:
    """Remove the virtual environment and caches, and keep the Pulumi CLI and all state."""
    _stop_emulator(project)
    for name in _GENERATED:
        _remove_path(project.root / name)
    for cache in project.root.glob("*/**/__pycache__"):
        _remove_path(cache)
    print_message("Removed the virtual environment and caches.")
    if project.tools.exists():
        print_message("Kept .tools with the Pulumi CLI. make clean-tools removes it; a build takes 7 minutes.")
    if project.state.exists():
        print_message(
            "Kept .state with the states of the stacks and the data of the emulator. make clean-state resets the dev "
            "stack."
        )
    return 0


def clean_tools(project: Project) -> int:
    """Remove the Pulumi CLI and the tools that built it."""
    _remove_path(project.tools)
    print_message("Removed .tools. The next `make up` installs a Pulumi CLI again.")
    return 0


def clean_state(project: Project) -> int:
    """Remove the state of the dev stack and the data of the emulator together, so that they agree."""
    if project.python.exists():
        emulator.stop_emulator(project)
    for file in project.state.glob("emulator*"):
        _remove_path(file)
    for kind in ("stacks", "backups", "history", "locks"):
        for file in (project.backend / ".pulumi" / kind).glob(f"**/{STACK}*"):
            _remove_path(file)
    print_message("Removed the state of the dev stack and the data of the emulator.")
    other_stacks = [file for file in list_stack_files(project) if file.stem != STACK]
    if other_stacks:
        print_message(f"Kept the other stacks: {', '.join(file.stem for file in other_stacks)}.")
    return 0


def _stop_emulator(project: Project) -> None:
    if (project.state / "emulator.pid").exists() and project.python.exists():
        emulator.stop_emulator(project)
        if find_dev_stack_file(project):
            print_message("The emulator is stopped. Its data stays, and `make up` starts it again.")


def _remove_path(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    elif path.is_dir():
        shutil.rmtree(path, onerror=_raise_removal_problem)


def _raise_removal_problem(_function: object, path: str, _error: object) -> None:
    raise Problem(f"{path} could not be removed. Check whether it belongs to another user.")
