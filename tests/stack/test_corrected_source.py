"""A state that has a connection spec's id which the catalogue has corrected since keeps working.

`python -m tests.stack.states 2026-11-mailchimp mailchimp` recorded it, with the provider of before the correction.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.project import StackProject
from tests.stack.states.recorded import RecordedState, create_project

MEMBERS = "2e8580db-6489-4726-96de-e33f5f60295f"


@pytest.fixture
def restored(tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    project = create_project(tmp_path / "project", emulator, "mailchimp")
    RecordedState("2026-11-mailchimp").restore(project)
    return project


def test_preview_plans_no_replacement_and_names_the_right_source(restored: StackProject) -> None:
    preview = restored.preview("--expect-no-changes")

    assert "mailchimp-members" in preview.text
    assert MEMBERS in preview.text

    restored.write_config(**{"flow-connections:newsletterName": "Weekly newsletter"})
    up = restored.up()

    (connection,) = restored.emulator.connections()
    assert (connection["name"], connection["connectionSpec"]["id"]) == ("Weekly newsletter", MEMBERS)
    assert "1 updated" in up.stdout
    assert restored.resource("newsletter")["outputs"]["connectionSpec"]["id"] == MEMBERS
    for run in (restored.refresh, restored.preview):
        run("--expect-no-changes")
