"""A `start` that has passed, with the real engine: a fresh stack, a deletion elsewhere, a one-time dataflow."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.project import PROGRAMS, StackProject

PAST_START = "2026-01-01T03:00:00Z"


@pytest.fixture
def project(tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    project = StackProject(tmp_path / "pipeline", emulator, PROGRAMS / "pipeline")
    project.write_config(start=PAST_START)
    return project


def test_recurring_dataflow_is_created_again_and_again_at_the_next_time_of_its_schedule(project: StackProject) -> None:
    assert f"its start {PAST_START} has passed" in project.preview().text
    said = project.up().text

    start = project.output("start")
    assert start.endswith("T03:00:00Z")
    assert start > datetime.now(timezone.utc).isoformat()
    assert said.partition("Diagnostics:")[2].count("has passed") == 1
    project.emulator.clear_journal()
    assert "has passed" not in project.up().text
    assert project.emulator.journal() == []

    [dataflow] = project.emulator.entities()["flows"]
    project.emulator.foreign_delete(dataflow["id"])
    project.refresh()
    project.up()

    assert project.output("start") == start
    assert len(project.emulator.entities()["flows"]) == 1


def test_one_time_dataflow_is_refused_in_the_preview_with_what_to_do(project: StackProject) -> None:
    project.write_config(frequency="once")

    text = project.preview(succeeds=False).text

    assert PAST_START in text
    assert "remove the start" in text
