"""`adobe-flow adopt` from the version of Pulumi to the report, with a Pulumi that answers at once."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from adobe_flow.pulumi_cli.stack import Stack
from tests.cli.adopt.programs import LAKE, Program
from tests.cli.command_line import Outcome, assert_valid, run
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import SECRET, World, build_inputs
from tests.provider.plugin.test_state_values import encrypt


@pytest.fixture
def project(stack: Stack, emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that declares a connection which exists."""
    for name in [name for name in os.environ if name.startswith(("ADOBE_", "PULUMI"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", stack.environment["PATH"])
    monkeypatch.setenv("COLUMNS", "160")
    World(emulator).create()
    program = Program(emulator)
    program.add(LAKE, "lake", {**build_inputs(accessToken=encrypt(SECRET)), "__provider": "gASV"})
    return program.save(stack).folder


def adopt(capsys: pytest.CaptureFixture[str], project: Path, *flags: str) -> Outcome:
    return run(capsys, "adopt", "--stack", "dev", "--cwd", str(project), *flags)


def list_commands(project: Path) -> list[str]:
    return [call[0] for call in json.loads((project / "calls.json").read_text("utf-8"))]


def test_adopt_with_an_older_pulumi_is_refused_before_any_change(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    (project / "version.txt").write_text("v3.253.0")

    said = adopt(capsys, project, "--yes")

    assert (said.exit_code, said.stdout, list_commands(project)) == (3, "", ["version"])
    assert "3.254.0" in said.stderr
    assert "3.253.0" in said.stderr


def test_adopt_imports_then_refreshes_and_prints_the_drift_and_the_next_step(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    said = adopt(capsys, project, "--yes")

    assert said.exit_code == 0
    assert [each for each in list_commands(project) if each in {"import", "refresh"}] == ["import", "refresh"]
    assert "lake was changed" in said.stderr
    assert "pulumi up" in said.stdout
    assert "ADOBE_SEND_SECRETS=all" in said.stdout


def test_a_dry_run_shows_the_plan_and_imports_nothing(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    said = adopt(capsys, project, "--dry-run", "--json")

    assert_valid(said, "adopt")
    assert not said.json["adopted"]
    assert [each["resource"] for each in said.json["resources"]] == ["lake"]
    assert "import" not in list_commands(project)
    assert not (project / ".adobe-flow").exists()


def test_adopt_without_space_for_a_backup_imports_nothing(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    (project / ".adobe-flow").mkdir()
    (project / ".adobe-flow" / ".gitignore").mkdir()

    said = adopt(capsys, project, "--yes")

    assert said.exit_code == 3
    assert "nothing was adopted" in said.stderr
    assert "import" not in list_commands(project)
