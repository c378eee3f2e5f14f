"""The command line against the emulator: by the environment alone, or in a Pulumi project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.command_line import AdobeFlow, OnStack, Outcome, run
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG
from tests.stack.project import StackProject


@pytest.fixture
def adobe_flow(
    emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AdobeFlow:
    _forget(monkeypatch)
    settings = {
        "ADOBE_ENDPOINT": emulator.url,
        "ADOBE_IMS_ENDPOINT": emulator.url,
        "ADOBE_ORG_ID": ORG,
        "ADOBE_SANDBOX": "dev",
        "ADOBE_CLIENT_ID": "emulator-client-id",
        "ADOBE_CLIENT_SECRET": "emulator-client-secret",
        "COLUMNS": "160",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    def invoke(*arguments: str) -> Outcome:
        return run(capsys, *arguments)

    return invoke


@pytest.fixture
def on_stack(
    engine: None,  # noqa: ARG001 - it has to be there first
    tmp_path: Path,
    emulator: EmulatorProcess,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> OnStack:
    project = StackProject(tmp_path / "project", emulator)
    _forget(monkeypatch)
    for name, value in {**project.environment(), "COLUMNS": "160"}.items():
        monkeypatch.setenv(name, value)
    return OnStack(project, capsys)


def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process has of settings."""
    for name in [name for name in os.environ if name.startswith(("ADOBE_", "PULUMI"))]:
        monkeypatch.delenv(name)
