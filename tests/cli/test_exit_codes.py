"""Exit code 1 says that something was found, so no failure has it; a defect has a code of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from adobe_flow import exit_codes
from adobe_flow.app import app
from tests.cli.command_line import AdobeFlow
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection

ROOT = Path(__file__).parents[2]


@pytest.fixture
def defective() -> Iterator[str]:
    """A command with a defect: what it does, no code of ours foresees."""
    name = "defective"

    @app.command(name)
    def command() -> None:
        raise KeyError("dapi-secret")

    yield name
    app.registered_commands.pop()


def test_defect_has_its_own_exit_code_and_no_traceback(defective: str, adobe_flow: AdobeFlow) -> None:
    said = adobe_flow(defective)

    assert (said.exit_code, said.stdout) == (exit_codes.DEFECT, "")
    assert "KeyError" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.slow
@pytest.mark.parametrize("flags", [(), ("--json",)], ids=["table", "json"])
def test_full_disk_and_closed_pipe_are_failures(
    adobe_flow: AdobeFlow, emulator: EmulatorProcess, flags: tuple[str, ...]
) -> None:
    emulator.foreign_create(**build_foreign_connection())
    assert adobe_flow("list").exit_code == 0
    command = [sys.executable, "-m", "adobe_flow", "list", *flags]

    with Path("/dev/full").open("w", encoding="utf-8") as full:
        no_room = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as left:
        assert left.stdout
        assert left.stderr
        left.stdout.close()
        said = left.stderr.read()

    assert (no_room.returncode, left.returncode, said) == (exit_codes.FAILED, exit_codes.FAILED, "")
    assert "No space left on device" in no_room.stderr
    assert "Traceback" not in no_room.stderr


def test_every_exit_code_is_documented() -> None:
    codes = {value for name, value in vars(exit_codes).items() if name.isupper()}
    page = (ROOT / "docs/cli/README.md").read_text("utf-8")

    assert {code for code in codes if f"| {code} |" not in page} == set()
    assert {code for code in codes if f"{code} " not in (app.info.epilog or "")} == set()
