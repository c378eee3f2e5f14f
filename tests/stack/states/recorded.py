"""A recorded state: the exported stack of `program/`, and the entities of Flow Service that it names.

Both files name no real address: `NOWHERE` stands for that of the emulator.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import declare_plugin
from tests.stack.project import ORG, StackProject

FOLDER = Path(__file__).parent
NOWHERE = "http://127.0.0.1:1"
PROGRAM = "program"
NATIVE_PROGRAM = "native"
_PASSPHRASE = "recorded-states"  # of the made-up secrets in the recorded states
_NAMES_OF_FILES = ("sourcePosition", "stackTrace")  # of the machine that recorded; the engine only shows them
_SECRET = "made-up-secret-of-a-source-5c1e"


@dataclass(frozen=True)
class RecordedState:
    """``name`` is the month in which it was recorded, such as `2026-11`."""

    name: str

    @property
    def stack_file(self) -> Path:
        """What `pulumi stack export` wrote, secrets encrypted."""
        return FOLDER / f"{self.name}.json"

    @property
    def entities_file(self) -> Path:
        """What `EmulatorProcess.load` takes; docs/reference/emulator.md describes the form."""
        return FOLDER / f"{self.name}.entities.json"

    def save(self, project: StackProject) -> None:
        """Write both files from a stack of `create_project` that is up."""
        stack = json.loads(project.pulumi("stack", "export").stdout.replace(project.emulator.url, NOWHERE))
        for resource in stack["deployment"]["resources"]:
            for member in _NAMES_OF_FILES:
                resource.pop(member, None)
        _write(self.stack_file, stack)
        emulator = project.emulator
        _write(self.entities_file, {"connections": emulator.connections(), **emulator.entities(), "runs": []})

    def restore(self, project: StackProject) -> None:
        """Load the entities into the project's emulator, and import the state into its stack."""
        entities: dict[str, list[dict[str, Any]]] = json.loads(self.entities_file.read_text(encoding="utf-8"))
        project.emulator.load(entities)
        stack = self.stack_file.read_text(encoding="utf-8").replace(NOWHERE, project.emulator.url)
        file = project.folder.with_name("stack.json")
        file.write_text(stack, encoding="utf-8")
        project.pulumi("stack", "import", "--file", str(file))


def create_project(folder: Path, emulator: EmulatorProcess, program: str = PROGRAM) -> StackProject:
    """Create a stack of ``program`` with config and passphrase of the recorded states, and no resources yet."""
    env = {"PULUMI_CONFIG_PASSPHRASE": _PASSPHRASE}
    project = StackProject(folder, emulator, FOLDER / program, env=env)
    if program == NATIVE_PROGRAM:
        declare_plugin(folder)
    project.write_config(org=ORG, endpoint=emulator.url)
    project.set_secret("secret", _SECRET)
    project.set_secret("clientSecret", "emulator-client-secret")
    return project


def _write(file: Path, content: Any) -> None:
    file.write_text(f"{json.dumps(content, indent=2)}\n", encoding="utf-8")
