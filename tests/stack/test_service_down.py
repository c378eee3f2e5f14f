"""Commands while the service is down: each ends soon, explains once, and works again afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.project import Outcome, StackProject

NAMES = tuple(f"lake-{number}" for number in range(6))
SECONDS = 5.0
"""What a command may take longer than the same one while the service is up, on a machine that runs other tests too."""


@pytest.fixture
def own_emulator(tmp_path: Path) -> Iterator[EmulatorProcess]:
    """An emulator that a test may stop."""
    with EmulatorProcess.start(tmp_path / "own.sqlite") as process:
        yield process


def _time(project: StackProject, command: str, *flags: str, succeeds: bool = True) -> tuple[float, Outcome]:
    started_at = time.monotonic()
    outcome = project.pulumi(command, *flags, succeeds=succeeds)
    return time.monotonic() - started_at, outcome


def test_every_command_ends_soon_with_one_full_explanation_and_works_once_the_service_is_back(
    tmp_path: Path, own_emulator: EmulatorProcess
) -> None:
    project = StackProject(tmp_path / "project", own_emulator)
    project.write_config(**{"adobe:test": "off"})
    project.declare(**{name: {"name": name} for name in NAMES})
    project.up()
    seconds_up, _ = _time(project, "refresh", "--yes", "--skip-preview")
    own_emulator.stop()

    for command, *flags in (["refresh"], ["destroy", "--continue-on-error"]):
        seconds, outcome = _time(project, command, "--yes", "--skip-preview", *flags, succeeds=False)
        details = outcome.text.partition("Diagnostics:")[2]
        assert seconds < seconds_up + SECONDS
        assert details.count("Start the emulator") == 1
        assert details.count("first error") >= 1
    project.declare(**{name: {"name": name, "database": "other"} for name in NAMES})
    seconds, _ = _time(project, "preview")
    assert seconds < seconds_up + SECONDS
    seconds, outcome = _time(project, "up", "--yes", "--skip-preview", "--continue-on-error", succeeds=False)
    assert seconds < seconds_up + SECONDS
    assert outcome.text.partition("Diagnostics:")[2].count("Start the emulator") == 1

    own_emulator.restart()
    project.up()
    project.destroy()
    assert own_emulator.connections() == []
