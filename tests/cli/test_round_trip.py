"""A program of all four kinds that looks its dataset up by name makes the same of an empty sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import AdobeFlow, OnStack
from tests.cli.round_trip import bring_about, find_ids, list_differences, make_edits, prepare_empty_sandbox
from tests.emulator_process import EmulatorProcess
from tests.stack.project import ROOT

PROGRAM = ROOT / "examples" / "databricks-to-dataset"
CONFIG = {"start": "2100-01-01T03:00:00Z"}
SECRETS = {"databricksToken": "dapi-round-trip-0001"}


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_exported_program_in_an_empty_sandbox_differs_only_in_ids_and_each_edit_is_a_difference(
    tmp_path: Path,
    emulator: EmulatorProcess,
    adobe_flow: AdobeFlow,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    prepare_empty_sandbox(emulator, "stage")
    project = bring_about(tmp_path, emulator, PROGRAM, "dev", config=CONFIG, secrets=SECRETS)
    bring_about(tmp_path, emulator, PROGRAM, "stage", config=CONFIG, secrets=SECRETS)
    assert not {*find_ids(emulator, "dev").values()} & {*find_ids(emulator, "stage").values()}

    assert list_differences(adobe_flow, "dev", "stage") == []

    edits = make_edits(emulator, "stage")
    differences = list_differences(adobe_flow, "dev", "stage")
    assert sorted((entity, field, value) for entity, field, _, value in differences) == edits

    for name, value in project.environment().items():
        monkeypatch.setenv(name, value)
    assert list_differences(OnStack(project, capsys), "stack:dev", "dev") == []
