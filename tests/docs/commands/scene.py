"""Where the pages' commands are typed: this project, a made stack `dev`, a stack `prod`, things made by hand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection
from tests.stack.project import ROOT, StackProject

_NEW_STACK = re.compile(r"pulumi stack init (\w+)")
_SECONDS = 120


@dataclass(frozen=True)
class Scene:
    """The project, and what a person would have prepared before the page begins."""

    project: StackProject
    by_hand: str
    """The id of a connection that somebody made by hand."""

    @classmethod
    def prepared(cls, folder: Path, emulator: EmulatorProcess) -> Scene:
        project = StackProject(folder, emulator)
        shutil.copytree(ROOT / "policy", folder / "policy", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / ".venv").symlink_to(sys.prefix)
        project.declare(**{"acme-lake": {}})
        project.up()
        file = folder / "stacks" / "Pulumi.dev.yaml"
        shutil.copy(file, file.with_name("Pulumi.prod.yaml"))
        project.pulumi("stack", "init", "prod")
        project.pulumi("stack", "select", "dev")
        made = emulator.foreign_create(**build_foreign_connection(name="ACME lake"))
        emulator.foreign_create(**build_foreign_connection(name="ACME lake", sandbox="stage"))
        return cls(project, made["id"])

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Type it, with what a person would put in the place of an example's value."""
        return subprocess.run(
            ["bash", "-c", self._here(command)],
            cwd=self.project.folder,
            env=self._environment(),
            input=self._answer(command),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )

    def _here(self, command: str) -> str:
        for example, here in (
            ("http://127.0.0.1:8765", self.project.emulator.url),
            ("<client id>", "emulator-client-id"),
            ("<id>", self.by_hand),
            ("adobe:sandbox prod", "adobe:sandbox dev"),
        ):
            command = command.replace(example, here)
        # A stack of that name is there already, with the emulator's settings.
        command = _NEW_STACK.sub(r"pulumi stack select \1", command)
        asks = re.match(r"(\w+=\S+ )?pulumi (up|refresh|destroy)\b(?!.*--yes)", command)
        return f"{command} --yes" if asks else command

    def _answer(self, command: str) -> str:
        """What is typed at the hidden prompt."""
        return "emulator-client-secret" if "clientSecret" in command else "dapi-typed-at-the-prompt"

    def _environment(self) -> dict[str, str]:
        own = str(Path(sys.prefix) / "bin")
        path = os.pathsep.join([own, os.environ["PATH"]])
        return {**self.project.environment(), "PATH": path, "COLUMNS": "120", "GIT_AUTHOR_NAME": "Dana Okafor"}
