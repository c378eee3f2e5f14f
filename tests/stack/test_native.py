"""What only the native provider can do: import, time-outs, replacements on request, a line for a changed secret."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import create_project
from tests.stack.project import ACCESS_TOKEN, StackProject
from tests.stack.requests_seen import sent
from tests.stack.running import RunningUp

TYPE = "adobe:index:DatabricksSourceConnection"


@pytest.fixture
def native(tmp_path: Path, emulator: EmulatorProcess) -> StackProject:
    """A native project that has created nothing."""
    return create_project(tmp_path / "project", emulator, "native")


def set_options(project: StackProject, **options: object) -> None:
    project.write_config(**{"program:options": json.dumps(options)})


def test_changed_secret_has_a_line_and_replace_on_changes_deletes_the_predecessor(native: StackProject) -> None:
    native.up()
    predecessor = native.resource("lake")["id"]
    native.set_secret("program:token", "dapi-rotated-77aa88bb")

    assert "accessToken: [secret] => [secret]" in native.preview("--diff").stdout

    set_options(native, replace_on_changes=["clusterId"])
    native.write_config(**{"program:cluster": "0612-200003-abc123"})
    said = native.up().text

    assert "replaced" in said
    (connection,) = native.emulator.connections()
    assert connection["id"] == native.resource("lake")["id"] != predecessor
    assert "dapi-" not in said + native.state_files()


def test_ignored_change_is_none_and_timeout_of_the_program_ends_the_wait(native: StackProject) -> None:
    set_options(native, ignore_changes=["clusterId"], custom_timeouts={"create": "2s"})
    native.emulator.switch(initializing="60000ms")

    failed = native.up(succeeds=False)

    assert "after 2 s" in failed.text
    assert native.resource("lake")["id"] == native.emulator.connections()[0]["id"]
    assert native.resource("lake")["initErrors"]
    native.emulator.turn_clock(60)
    native.up()
    native.write_config(**{"program:cluster": "0612-200003-abc123"})
    native.emulator.clear_journal()
    assert "2 unchanged" in native.preview().stdout
    assert sent(native.emulator) == []


def test_import_by_id_and_import_in_the_program_adopt_the_same_connection(native: StackProject) -> None:
    native.up()
    id_ = native.resource("lake")["id"]
    urn = native.resource("lake")["urn"]
    native.pulumi("state", "delete", urn, "--yes")

    imported = native.pulumi("import", TYPE, "lake", id_, "--yes", "--generate-code=false", "--protect=false")

    assert "1 imported" in imported.stdout
    assert "bug in the" not in imported.text
    assert native.resource("lake")["outputs"]["clusterId"] == "xxxx"
    assert "accessToken" not in native.resource("lake")["inputs"]
    native.pulumi("state", "delete", urn, "--yes")
    set_options(native, import_=id_)
    native.up()
    set_options(native)
    assert "2 unchanged" in native.up().stdout
    assert [each["id"] for each in native.emulator.connections()] == [id_]
    assert ACCESS_TOKEN not in native.state_files()


def test_interrupt_ends_a_wait_in_seconds_and_the_state_keeps_the_id(native: StackProject) -> None:
    native.emulator.switch(initializing="60000ms")
    running = RunningUp(native)
    running.wait_until(lambda: len(native.emulator.connections()) == 1)
    running.send(signal.SIGINT)
    interrupted_at = time.monotonic()

    _, outliving = running.wait_for_all(grace_seconds=10)

    assert time.monotonic() - interrupted_at < 15
    assert outliving == []
    assert native.resource("lake")["id"] == native.emulator.connections()[0]["id"]


def test_state_of_a_newer_version_is_refused_by_every_command(native: StackProject) -> None:
    native.up()
    deployment = json.loads(native.pulumi("stack", "export").stdout)
    for resource in deployment["deployment"]["resources"]:
        if resource["type"] == "pulumi:providers:adobe":
            resource["inputs"]["writtenBy"] = resource["outputs"]["writtenBy"] = "9.0.0"
    file = native.folder / "newer.json"
    file.write_text(json.dumps(deployment))
    native.pulumi("stack", "import", "--file", str(file))
    native.emulator.clear_journal()

    for command in (native.up, native.refresh, native.destroy):
        assert "9.0.0" in command(succeeds=False).text

    assert sent(native.emulator) == []
