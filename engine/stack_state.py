"""The state of the dev stack in the file backend, read without Pulumi."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.messages import Problem
from engine.project import STACK

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

_OWN = "pulumi:"
"""The beginning of the types of stacks and providers, which exist only in the state."""


def list_stack_files(project: Project) -> list[Path]:
    """Return the files with the states of this backend's stacks."""
    return sorted((project.backend / ".pulumi" / "stacks").glob("*/*.json"))


def find_dev_stack_file(project: Project) -> Path | None:
    """Return the file with the state of the dev stack, or None if there is none."""
    return next((file for file in list_stack_files(project) if file.stem == STACK), None)


def list_resource_names(file: Path) -> list[str]:
    """Return the names of the resources that a stack has created at the service."""
    checkpoint = json.loads(file.read_text(encoding="utf-8")).get("checkpoint", {})
    resources = (checkpoint.get("latest") or {}).get("resources") or []
    own_resources = [resource for resource in resources if not str(resource["type"]).startswith(_OWN)]
    return [resource["urn"].split("::", 3)[3] for resource in own_resources]


def remove_empty_sidecar_files(project: Project) -> None:
    """Remove the empty `.attrs` files that a killed Pulumi has left, because no command of Pulumi can read them.

    They come from runs before `metadata=skip` (`engine.environment`). Pulumi does not need their contents.
    """
    for file in (project.backend / ".pulumi").rglob("*.attrs"):
        if file.stat().st_size == 0:
            file.unlink()


def check_emulator_data(project: Project) -> None:
    """Raise Problem if the stack has connections, and the emulator that had them has lost its data."""
    file = find_dev_stack_file(project)
    lost_names = list_resource_names(file) if file and not project.emulator_data.exists() else []
    if lost_names:
        raise Problem(
            f"The state of the dev stack has {', '.join(lost_names)}, but the data of the emulator "
            f"({project.emulator_data}) is gone. Nothing was changed. To start with an empty dev stack and an empty "
            "emulator, run: make clean-state"
        )
