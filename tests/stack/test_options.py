"""Pulumi's own options on a connection, with the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.project import PROGRAMS, StackProject
from tests.stack.requests_seen import sent


@pytest.fixture
def project(tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    return StackProject(tmp_path / "project", emulator, PROGRAMS / "options")


def test_protect_refuses_every_deletion(project: StackProject) -> None:
    project.write_config(protect="true")
    project.up()

    assert "protect" in project.destroy(succeeds=False).text
    project.write_config(declared="false")
    assert "protect" in project.up(succeeds=False).text
    assert len(project.emulator.connections()) == 1


def test_retain_on_delete_removes_the_connection_from_the_state_only(project: StackProject) -> None:
    project.write_config(retain="true")
    project.up()
    project.emulator.clear_journal()

    project.destroy()

    assert project.state() == []
    assert len(project.emulator.connections()) == 1
    assert sent(project.emulator) == []


def test_alias_renames_a_resource_without_a_request(project: StackProject) -> None:
    project.up()
    made = project.resource("lake")["id"]
    project.emulator.clear_journal()
    project.write_config(resource="pond")

    project.up()

    assert project.resource("pond")["id"] == made
    assert sent(project.emulator) == []


def test_ignore_changes_accepts_the_argument_name_of_the_program(project: StackProject) -> None:
    project.up()
    project.write_config(ignore="true", cluster="another")

    assert "2 unchanged" in project.up().stdout
