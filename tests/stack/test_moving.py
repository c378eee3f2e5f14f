"""A stack moves from the dynamic provider to the native one, and back: nothing changes, and nothing is sent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import create_project
from tests.stack.project import ORG, StackProject
from tests.stack.requests_seen import sent


@pytest.fixture(params=[False, True], ids=["stack's provider", "explicit provider"])
def moving(request: pytest.FixtureRequest, tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    """A stack of the dynamic provider, up, with the journal empty."""
    project = create_project(tmp_path / "project", emulator, "dynamic")
    if request.param:
        place = {"org_id": ORG, "sandbox": "dev", "endpoint": emulator.url, "ims_endpoint": emulator.url}
        project.write_config(**{"program:place": json.dumps({**place, "client_id": "emulator-client-id"})})
        project.set_secret("program:clientSecret", "emulator-client-secret")
    project.up()
    emulator.clear_journal()
    return project


def test_stack_moves_over_and_back_without_a_change(moving: StackProject) -> None:
    lake = moving.resource("lake")
    moving.env["ADAPTER"] = "native"

    assert "2 unchanged" in moving.up().stdout

    moved = moving.resource("lake")
    assert (moved["type"], moved["id"]) == ("adobe:index:DatabricksSourceConnection", lake["id"])
    assert sent(moving.emulator) == []
    # A write by the native provider keeps what the way back needs.
    moving.write_config(**{"program:cluster": "0612-200003-abc123"})
    moving.up()
    moving.emulator.clear_journal()
    moving.env |= {"ADAPTER": "dynamic", "WAY_BACK": "1"}

    assert "2 unchanged" in moving.up().stdout

    assert moving.resource("lake")["type"] == lake["type"]
    assert sent(moving.emulator) == []
    moving.refresh()
    moving.destroy()
    assert moving.emulator.connections() == []


def test_resource_that_the_native_provider_created_is_updated_once_on_the_way_back(
    tmp_path: Path, emulator: EmulatorProcess
) -> None:
    project = create_project(tmp_path / "project", emulator, "native")
    project.up()
    created = project.resource("lake")["id"]
    emulator.clear_journal()
    project.env |= {"ADAPTER": "dynamic", "WAY_BACK": "1"}

    assert "~ 1 updated" in project.up().stdout
    assert [request for request in emulator.journal() if request["effect"]] == []
    assert "2 unchanged" in project.up().stdout

    assert project.resource("lake")["id"] == created
    project.destroy()
    assert emulator.connections() == []
