"""A project whose program runs on either adapter: `ADAPTER` in its environment is `dynamic` or `native`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import yaml

from tests.emulator_process import EmulatorProcess
from tests.stack.project import ACCESS_TOKEN, PROGRAMS, StackProject

ADAPTERS: Final = ("dynamic", "native")


def create_project(
    folder: Path, emulator: EmulatorProcess, adapter: str, program: str = "either_adapter", **settings: Any
) -> StackProject:
    """Return the project with a secret token, and further keys of `program:` in its config."""
    project = StackProject(folder, emulator, PROGRAMS / program, env={"ADAPTER": adapter})
    declare_plugin(folder)
    project.write_config(**{f"program:{key}": value for key, value in settings.items()})
    project.set_secret("program:token", ACCESS_TOKEN)
    return project


def declare_plugin(folder: Path) -> None:
    """Name the folder of the native provider's executable in the project file, as its how-to page says."""
    file = folder / "Pulumi.yaml"
    plugins = {"providers": [{"name": "adobe", "path": str(Path(sys.executable).parent)}]}
    file.write_text(yaml.safe_dump({**yaml.safe_load(file.read_text()), "plugins": plugins}))
