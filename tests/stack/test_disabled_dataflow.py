"""A dataflow that the service has disabled: drift with a reason, and enabled again by an `up` that shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.command_line import OnStack
from tests.emulator_process import EmulatorProcess
from tests.provider.resources.flow_world import format_time_from_now
from tests.stack.project import PROGRAMS, StackProject

pytestmark = pytest.mark.engine

DAY = 86_400
FAILURE = {"code": "CONNECTOR-1001-500", "detail": "Unable to access container using anonymous credentials."}


def test_a_disabled_dataflow_is_drift_and_no_up_enables_it_silently(
    engine: None,  # noqa: ARG001 - it has to be there first
    tmp_path: Path,
    emulator: EmulatorProcess,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project = StackProject(tmp_path / "pipeline", emulator, PROGRAMS / "pipeline")
    project.write_config(**{"flow-connections:start": format_time_from_now(60)})
    project.up()
    emulator.set_scenario(runs=[FAILURE])
    emulator.turn_clock(33 * DAY)

    project.up()
    assert [flow["state"] for flow in emulator.entities()["flows"]] == ["disabled"]
    refreshed = project.refresh("--diff").text
    assert "enabled" in refreshed
    assert "is disabled since" in refreshed
    assert "anonymous credentials" in refreshed
    preview = project.preview("--diff").text
    assert re.search(r"~ enabled\s*: false => true", preview)

    for name, value in {**project.environment(), "COLUMNS": "160"}.items():
        monkeypatch.setenv(name, value)
    told = OnStack(project, capsys)("runs", "flow", "--stack", "dev", "--json")
    assert told.exit_code == 1
    assert told.json["dataflows"][0]["managedAs"] == "flow"
    emulator.set_scenario()
    project.up()
    assert [flow["state"] for flow in emulator.entities()["flows"]] == ["enabled"]
