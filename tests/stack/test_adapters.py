"""The life cycle is the same on both adapters: the dynamic and the native provider."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import ADAPTERS, create_project
from tests.stack.project import ACCESS_TOKEN, StackProject
from tests.stack.requests_seen import of, sent


@pytest.fixture(params=ADAPTERS)
def lake(request: pytest.FixtureRequest, tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    """The project on each adapter, with its connection created, and the journal empty."""
    project = create_project(tmp_path / "project", emulator, request.param)
    project.up()
    emulator.clear_journal()
    return project


def test_connection_is_created_updated_refreshed_and_deleted(lake: StackProject) -> None:
    created = lake.resource("lake")
    assert created["id"] == lake.emulator.connections()[0]["id"]
    assert ACCESS_TOKEN not in lake.state_files()
    assert "2 unchanged" in lake.preview("--diff").stdout
    assert sent(lake.emulator) == []

    lake.write_config(**{"program:cluster": "0612-200003-abc123"})
    lake.up()

    (patch,) = of(lake.emulator, "PATCH")
    assert patch["headers"]["if-match"] == created["outputs"]["etag"]
    lake.emulator.foreign_edit(created["id"], [{"op": "replace", "path": "/name", "value": "theirs"}])
    assert "~ 1 updated" in lake.refresh().stdout
    assert lake.resource("lake")["outputs"]["name"] == "theirs"

    lake.destroy()

    assert lake.emulator.connections() == []


def test_foreign_change_is_never_overwritten(lake: StackProject) -> None:
    id_ = lake.resource("lake")["id"]
    lake.emulator.foreign_edit(id_, [{"op": "replace", "path": "/auth/params/clusterId", "value": "theirs"}])
    lake.write_config(**{"program:cluster": "0612-200003-abc123"})

    refused = lake.up(succeeds=False)

    assert "changed" in refused.text
    assert id_ in refused.text
    (connection,) = lake.emulator.connections()
    assert connection["auth"]["params"]["clusterId"] == "theirs"
