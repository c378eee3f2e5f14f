"""What the engine, the state and the environment add to a declaration, with the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.project import ORG, PROGRAMS, StackProject


@pytest.fixture
def project(tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    """A project with a clear-text secret in its stack file, and with modules that have the names of libraries."""
    project = StackProject(tmp_path / "project", emulator, PROGRAMS / "from_elsewhere")
    project.pulumi("config", "rm", "adobe:clientSecret")
    project.write_config(
        endpoint=emulator.url, org=ORG, description="declared once", **{"adobe:clientSecret": "emulator-client-secret"}
    )
    for name in ("requests", "urllib3", "certifi"):
        (project.folder / f"{name}.py").write_text("raise RuntimeError('of the program')")
    return project


def test_values_and_providers_of_other_stacks_reach_the_program(project: StackProject) -> None:
    preview = project.preview().text
    assert "pulumi config set --secret adobe:clientSecret" in preview
    assert "1 warning" in preview
    assert "no catalog: True" in preview
    created = project.up()
    assert "pulumi config set --secret adobe:clientSecret" in created.text
    assert "emulator-client-secret" not in preview + created.text
    del project.config["description"]
    project.write_config()

    assert "6 unchanged" in project.up().stdout
    assert {name: project.output(name) for name in ("transformed", "ignored", "absent")} == {
        "transformed": "added",
        "ignored": "declared once",
        "absent": "no catalog: True",
    }
    sandboxes = {each["name"]: each["sandboxName"] for each in project.emulator.connections()}
    assert sandboxes == {"eu::lake/1": "dev", "ignored": "dev", "of-the-team": "stage"}
