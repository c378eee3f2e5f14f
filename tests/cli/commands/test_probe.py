"""`adobe-flow probe` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from adobe_flow.commands.schema import read_output_schemas
from flow_service_emulator.options import parse_options
from tests.cli.command_line import AdobeFlow, assert_valid
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG, build_foreign_connection


def test_probe_without_write_changes_nothing_and_lists_what_stays_unmeasured(
    emulator: EmulatorProcess, adobe_flow: AdobeFlow
) -> None:
    said = adobe_flow("probe", "--sandbox", "stage", "--json")

    assert said.exit_code == 0
    assert_valid(said, "probe")
    assert (said.json["write"], said.json["throwAway"]["created"]) == (False, 0)
    assert "--write" in {each["switch"]: each["because"] for each in said.json["switches"]}["delete_status"]
    assert [each["method"] for each in emulator.journal() if each["effect"]] == []


def test_probe_with_write_writes_a_report_and_a_switch_file_for_the_emulator(
    emulator: EmulatorProcess, adobe_flow: AdobeFlow, tmp_path: Path
) -> None:
    emulator.switch(delete_status="202", secrets="absent", unique_names="on")
    folder = tmp_path / "new" / "probe"

    said = adobe_flow("probe", "--write", "--yes", "--output", str(folder))

    assert said.exit_code == 0
    assert emulator.connections() == []
    result = json.loads((folder / "probe-report.json").read_text())
    jsonschema.validate(result, json.loads(read_output_schemas()["probe"]), jsonschema.Draft202012Validator)
    switches = parse_options(["--switches", str(folder / "probe-switches.json")]).switches
    assert switches == result["switchFile"]
    assert (switches["delete_status"], switches["secrets"], switches["unique_names"]) == ("202", "absent", "on")
    assert "| `delete_status` | `202` |" in (folder / "probe-report.md").read_text()


def test_probe_report_contains_no_organization_sandbox_or_entity_name(
    emulator: EmulatorProcess, adobe_flow: AdobeFlow, tmp_path: Path
) -> None:
    made = emulator.foreign_create(**build_foreign_connection(name="ACME lake", description="of Dana"))

    adobe_flow("probe", "--write", "--yes", "--output", str(tmp_path))

    names = (ORG, "ACME lake", "of Dana", made["id"], "emulator-client-id", emulator.url, "stage", "foreign")
    for file in tmp_path.iterdir():
        assert [name for name in names if name in file.read_text()] == []


def test_probe_without_a_terminal_and_without_yes_sends_nothing(
    emulator: EmulatorProcess, adobe_flow: AdobeFlow
) -> None:
    said = adobe_flow("probe", "--write")

    assert said.exit_code == 3
    assert "--yes" in said.stderr
    assert emulator.journal() == []


def test_probe_announces_its_requests_before_it_sends_them(emulator: EmulatorProcess, adobe_flow: AdobeFlow) -> None:
    said = adobe_flow("probe", "--write", "--yes")

    before, _, _ = said.stderr.partition("Reading")
    assert all(word in before for word in ("sandbox dev", ORG, "SFTP", "adobe-flow-probe.invalid", "second one"))
    assert emulator.connections() == []


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_sandbox_that_cannot_be_read_ends_the_probe(
    status: int, adobe_flow: AdobeFlow, emulator: EmulatorProcess
) -> None:
    emulator.fault("GET /connections", status=status, body={"error_code": "403025", "message": "Profile is not valid"})

    said = adobe_flow("probe")

    assert said.exit_code == 3
    assert str(status) in said.stderr
    assert said.stdout == ""


def test_a_sandbox_that_does_not_exist_is_not_measured(adobe_flow: AdobeFlow) -> None:
    said = adobe_flow("probe", "--sandbox", "nowhere")

    assert said.exit_code == 3
    assert said.stdout == ""


def test_read_only_output_folder_is_an_error_before_any_request(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")

    said = adobe_flow("probe", "--write", "--yes", "--output", str(tmp_path / "file" / "probe"))

    assert said.exit_code == 3
    assert str(tmp_path) in said.stderr
    assert emulator.journal() == []
