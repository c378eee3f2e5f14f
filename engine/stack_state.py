"""What the file backend knows of the dev stack, read without Pulumi."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.problem import Problem
from engine.project import STACK

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

_OWN = "pulumi:"
"""The types of stacks and providers start so; they exist nowhere but in the state."""


def stack_files(project: Project) -> list[Path]:
    """The files that hold the states of this backend's stacks."""
    found = (project.backend / ".pulumi" / "stacks").glob("*/*.json")
    return sorted(found)


def dev_stack(project: Project) -> Path | None:
    """The file that holds the dev stack's state, where there is one."""
    return next((file for file in stack_files(project) if file.stem == STACK), None)


def resources(file: Path) -> list[str]:
    """The names of what a stack has made at the service."""
    checkpoint = json.loads(file.read_text(encoding="utf-8")).get("checkpoint", {})
    found = (checkpoint.get("latest") or {}).get("resources") or []
    return [each["urn"].split("::", 3)[3] for each in found if not str(each["type"]).startswith(_OWN)]


def remove_empty_sidecar_files(project: Project) -> None:
    """Remove the empty `.attrs` files that a killed Pulumi has left, because none of its commands can read them.

    They are of runs before `metadata=skip` (`engine.environment`); Pulumi needs nothing of what they would hold.
    """
    for file in (project.backend / ".pulumi").rglob("*.attrs"):
        if file.stat().st_size == 0:
            file.unlink()


def check_emulator_data(project: Project) -> None:
    """Refuse to go on where the stack has connections and the emulator that holds them has lost its data."""
    file = dev_stack(project)
    lost = resources(file) if file and not project.emulator_data.exists() else []
    if lost:
        raise Problem(
            f"The dev stack has made {', '.join(lost)} in the emulator, but the emulator's data "
            f"({project.emulator_data}) is gone, and with it what was made. Nothing was changed. To begin anew, with "
            "an empty dev stack and an empty emulator: make clean-state"
        )
