"""What nobody has foreseen ends in a message, never in a traceback, which may hold a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from adobe_flow.exit_codes import FAILED
from tests.cli.command_line import run


def test_command_without_a_temporary_folder_ends_with_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))

    outcome = run(capsys, "report", "--stack", "dev")

    assert outcome.exit_code == FAILED
    assert str(tmp_path / "missing") in outcome.stderr
    assert "Traceback" not in outcome.stderr
