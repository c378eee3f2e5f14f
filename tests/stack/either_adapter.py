"""Projects whose program runs on either adapter: `ADAPTER` in its environment is `dynamic` or `native`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.emulator_process import EmulatorProcess
from tests.stack.project import ACCESS_TOKEN, PROGRAMS, ROOT, StackProject

ADAPTERS: Final = ("dynamic", "native")
ON_BOTH_ADAPTERS: Final = pytest.mark.parametrize("adapter", ADAPTERS)
"""Runs a test once on each adapter. Without it, the fixture `adapter` is `dynamic`."""

_TYPE_PREFIXES: Final = ("pulumi-python:dynamic/adobe:", "adobe:index:")


def create_project(
    folder: Path, emulator: EmulatorProcess, adapter: str, program: str = "either_adapter", **settings: Any
) -> StackProject:
    """Return the project with a secret token, and further keys of `program:` in its config."""
    project = StackProject(folder, emulator, PROGRAMS / program, env={"ADAPTER": adapter})
    declare_plugin(folder)
    project.write_config(**{f"program:{key}": value for key, value in settings.items()})
    project.set_secret("program:token", ACCESS_TOKEN)
    return project


def create_connections_project(
    folder: Path, emulator: EmulatorProcess, adapter: str, stack: str = "dev"
) -> StackProject:
    """Return a project that declares the connections of its config: this project's own program, or the native one."""
    project = StackProject(
        folder, emulator, PROGRAMS / "native_connections" if adapter == "native" else ROOT, stack=stack
    )
    choose_adapter(project, adapter)
    return project


def choose_adapter(project: StackProject, adapter: str) -> None:
    """Run the program of the project on this adapter from now on."""
    declare_plugin(project.folder)
    project.env["ADAPTER"] = adapter


def declare_plugin(folder: Path) -> None:
    """Name the folder of the native provider's executable in the project file, as its how-to page says."""
    file = folder / "Pulumi.yaml"
    plugins = {"providers": [{"name": "adobe", "path": str(Path(sys.executable).parent)}]}
    file.write_text(yaml.safe_dump({**yaml.safe_load(file.read_text()), "plugins": plugins}))


def list_managed_ids(resources: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the ids that the resources of a state hold, of whichever adapter."""
    return {resource["id"] for resource in resources if resource["type"].startswith(_TYPE_PREFIXES)}
