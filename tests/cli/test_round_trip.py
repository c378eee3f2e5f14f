"""A program of all four kinds that looks its dataset up by name makes the same of an empty sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import AdobeFlow, OnStack
from tests.cli.compare.pipelines import open_sandbox
from tests.cli.round_trip import EDITS, bring_about, edit_parameter, find_ids, list_differences, prepare_empty_sandbox
from tests.emulator_process import EmulatorProcess
from tests.stack.project import ROOT

PROGRAM = ROOT / "examples" / "databricks-to-dataset"
CONFIG = {"start": "2100-01-01T03:00:00Z"}
SECRETS = {"databricksToken": "dapi-round-trip-0001"}


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_program_in_an_empty_sandbox_differs_in_ids_only_and_each_edit_shows(
    tmp_path: Path,
    emulator: EmulatorProcess,
    adobe_flow: AdobeFlow,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    prepare_empty_sandbox(emulator, "stage")
    project = bring_about(tmp_path, emulator, PROGRAM, "dev", config=CONFIG, secrets=SECRETS)
    bring_about(tmp_path, emulator, PROGRAM, "stage", config=CONFIG, secrets=SECRETS)
    ids = find_ids(emulator, "stage")
    assert not {*ids.values()} & {*find_ids(emulator, "dev").values()}

    assert list_differences(adobe_flow, "dev", "stage") == []

    with open_sandbox(emulator.url, "stage") as client:
        for edit in EDITS:
            edit.apply(client, ids)
    edit_parameter(emulator, ids, "clusterId", "edited-by-hand")

    differences = list_differences(adobe_flow, "dev", "stage")
    assert sorted((entity, field, value) for entity, field, _, value in differences) == sorted(
        [
            *((edit.entity, edit.field, edit.value) for edit in EDITS),
            ("base connection", "parameters.clusterId", "edited-by-hand"),
        ],
        key=lambda difference: difference[:2],
    )

    for name, value in project.environment().items():
        monkeypatch.setenv(name, value)
    assert list_differences(OnStack(project, capsys), "stack:dev", "dev") == []
