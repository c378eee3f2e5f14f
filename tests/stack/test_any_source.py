"""Connections of other sources, with the real engine."""

from __future__ import annotations

from pathlib import Path

from tests.emulator_process import EmulatorProcess
from tests.stack.project import PROGRAMS, StackProject

KEY = "BEGIN KEY planted-key-0123456789"


def test_typed_source_can_be_created_updated_and_deleted_and_hides_only_its_secrets(
    tmp_path: Path, emulator: EmulatorProcess
) -> None:
    project = StackProject(tmp_path / "project", emulator, PROGRAMS / "any_source")
    project.write_config(warehouse="small")
    project.set_secret("privateKey", KEY)
    project.up()
    (made,) = emulator.connections()
    assert project.output("id") == made["id"]
    assert "2 unchanged" in project.up("--refresh").stdout

    project.write_config(warehouse="large")
    preview = project.preview("--diff").text
    assert '~ warehouse : "small" => "large"' in preview
    assert "privateKey: [secret]" in preview
    project.set_secret("privateKey", f"{KEY}-rotated")
    said = project.up().text
    assert "warehouse: params.privateKey changes" in said

    (updated,) = emulator.connections()
    assert updated["id"] == made["id"]
    assert updated["auth"]["params"]["warehouse"] == "large"
    assert project.resource("warehouse")["outputs"]["params"]["warehouse"] == "large"
    assert "planted-key" not in project.state_files() + said + preview
    project.destroy()
    assert emulator.connections() == []
