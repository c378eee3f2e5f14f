"""A stack whose Pulumi is a fake one, on a connection that the emulator really has."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import Outcome, run
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG, build_foreign_connection

OLD, NEW, OTHER = "dapi-planted-old-1a2b3c", "dapi-planted-new-4d5e6f", "dapi-planted-other-7a8b9c"
MARK = "dapi-planted"


@dataclass(frozen=True)
class FakeStack:
    """``file`` holds what the fake keeps; every command of the test runs with it first on PATH."""

    file: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *arguments: str, token: str | None = None) -> Outcome:
        """Rotate `lake`; ``token`` is what stands on standard input."""
        with (self.file.parent / "stdin").open("w+") as stdin:
            stdin.write(f"{token}\n" if token else "")
            stdin.seek(0)
            self.monkeypatch.setattr(sys, "stdin", stdin)
            flags = ("--token-stdin",) if token else ()
            return run(self.capsys, "rotate", "lake", *flags, "--stack", "dev", "--cwd", self.folder, *arguments)

    @property
    def folder(self) -> str:
        return str(self.file.parent)

    def set(self, **changed: Any) -> None:
        self.file.write_text(json.dumps({**self.tokens(), **changed}))

    def tokens(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.file.read_text())
        return found

    def standing(self) -> tuple[str, str, str]:
        kept = self.tokens()
        return kept["config"], kept["declared"], kept["sent"]

    def calls(self) -> list[str]:
        """The arguments of every call of Pulumi."""
        file = self.file.with_name("calls")
        lines = file.read_text().splitlines() if file.exists() else []
        return [" ".join(json.loads(line)["arguments"]) for line in lines]

    def seen_by_others(self) -> str:
        """Arguments and environment of every process."""
        return self.file.with_name("calls").read_text()


def fake_stack(
    folder: Path, emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> FakeStack:
    made = emulator.foreign_create(**build_foreign_connection(name="Lake of Acme"))
    program = folder / "bin" / "pulumi"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable}\n{Path(__file__).with_name('fake_pulumi.py').read_text()}")
    program.chmod(0o755)
    (folder / "Pulumi.yaml").touch()
    settings = {
        "adobe:endpoint": emulator.url,
        "adobe:imsEndpoint": emulator.url,
        "adobe:orgId": ORG,
        "adobe:sandbox": "dev",
        "adobe:clientId": "emulator-client-id",
        "adobe:clientSecret": "emulator-client-secret",
    }
    kept = {
        "settings": settings,
        "id": made["id"],
        "etag": made["etag"],
        "other": OTHER,
        "name": "Lake of Acme",
        "clusterId": "old",
        "expires": None,
    }
    stack = FakeStack(folder / "fake.json", capsys, monkeypatch)
    stack.file.write_text(json.dumps({**kept, "config": OLD, "declared": OLD, "sent": OLD}))
    for name in [name for name in os.environ if name.startswith(("ADOBE_", "PULUMI"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("FAKE_PULUMI", str(stack.file))
    monkeypatch.setenv("COLUMNS", "160")
    return stack
