"""A stack with ownership lines that gets another name, or is copied, with the real engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stack.project import StackProject
from tests.stack.requests_seen import sent

OLD, NEW = "flow-connections/dev", "flow-connections/production"


@pytest.fixture
def owned(project: StackProject) -> StackProject:
    """A stack whose connection has its ownership line."""
    project.write_config(**{"adobe:ownership": "description", "adobe:test": "off"})
    project.declare(lake={})
    project.up()
    project.emulator.clear_journal()
    return project


def _rename(project: StackProject) -> None:
    project.pulumi("stack", "rename", "production")
    project.env["PULUMI_STACK"] = "production"


def _read_line(project: StackProject) -> str:
    [connection] = project.emulator.connections()
    return str(connection["description"]).rpartition("\n")[2]


def test_renamed_stack_shows_the_rewrite_makes_it_once_and_can_be_destroyed(owned: StackProject) -> None:
    _rename(owned)

    preview = owned.preview("--diff").text
    assert not [request for request in sent(owned.emulator) if "PATCH" in request]
    owned.up()

    assert "~1 to update" in preview or "~ 1 to update" in preview
    assert all(fact in preview for fact in (f'"{OLD}"', f'"{NEW}"', "`pulumi state delete`"))
    assert _read_line(owned) == f"Managed by Pulumi: {NEW}/lake"
    assert [request for request in sent(owned.emulator) if "PATCH" in request] == ["PATCH connections/{id}"]
    owned.emulator.clear_journal()
    assert "warning" not in owned.up().text
    assert owned.emulator.journal() == []
    owned.destroy()
    assert owned.emulator.connections() == []


def test_destroy_right_after_a_rename_needs_adobe_disown(owned: StackProject) -> None:
    _rename(owned)

    text = owned.destroy(succeeds=False).text

    assert f"ADOBE_DISOWN={OLD}" in text
    assert len(owned.emulator.connections()) == 1
    owned.env["ADOBE_DISOWN"] = OLD
    owned.destroy()
    assert owned.emulator.connections() == []


def test_copied_stack_deletes_nothing_of_the_stack_that_it_is_a_copy_of(owned: StackProject, tmp_path: Path) -> None:
    exported = owned.pulumi("stack", "export", "--show-secrets").stdout
    copied = tmp_path / "copied.json"
    copied.write_text(json.dumps(json.loads(exported.replace("urn:pulumi:dev::", "urn:pulumi:copy::"))))
    (owned.folder / "stacks" / "Pulumi.copy.yaml").write_text((owned.folder / "stacks" / "Pulumi.dev.yaml").read_text())
    owned.env["PULUMI_STACK"] = "copy"
    owned.pulumi("stack", "init", "copy")
    owned.pulumi("stack", "import", "--file", str(copied))

    preview = owned.preview().text
    text = owned.destroy(succeeds=False).text

    assert f'"{OLD}"' in preview
    assert "`pulumi state delete`" in preview
    assert f"{OLD}/lake" in text
    assert _read_line(owned) == f"Managed by Pulumi: {OLD}/lake"
    owned.env["PULUMI_STACK"] = "dev"
    owned.emulator.clear_journal()
    owned.up()
    assert owned.emulator.journal() == []
