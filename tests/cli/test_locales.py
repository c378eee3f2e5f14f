"""Every command in a locale whose encoding lacks the characters of the names that it shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection

pytestmark = pytest.mark.slow

NAME: Final = "東京 é"
COMMANDS: Final[tuple[tuple[tuple[str, ...], int], ...]] = (
    ((), 2),
    (("--help",), 0),
    (("list",), 0),
    (("show", NAME), 0),
    (("show", f"{NAME}?"), 3),
    (("test", NAME), 0),
    (("explore", NAME), 0),
    (("explore", NAME, NAME), 3),
    (("compare", "dev", "stage"), 1),
    (("compare", "dev", "stage", "--markdown", "-"), 1),
    (("compare", "dev", "stage", "--markdown", f"{NAME}.md", "--html", f"{NAME}.html"), 1),
    (("expiring",), 0),
    (("export",), 0),
    (("export", "--out", NAME), 0),
    (("promote", "dev", "stage", "--dry-run"), 1),
    (("report", f"{NAME}.json"), 0),
    (("report", "-"), 0),
    (("report", f"{NAME}.json", "--markdown", f"{NAME}.md", "--html", f"{NAME}.html"), 0),
    (("schema", "list"), 0),
    (("doctor",), 0),
    (("rotate", NAME, "--stack", NAME), 3),
    (("adopt", "--stack", NAME), 3),
)


def _build_plan() -> dict[str, Any]:
    urn = f"urn:pulumi:dev::p::pulumi-python:dynamic/adobe:DatabricksSourceConnection::{NAME}"
    state = {"urn": urn, "type": urn.split("::")[2], "custom": True, "inputs": {"name": NAME}, "outputs": {}}
    return {"steps": [{"op": "create", "urn": urn, "newState": state}], "changeSummary": {"create": 1}}


RUN_ALL: Final = """
import json, os, sys
from adobe_flow.__main__ import main

def run(arguments):
    try:
        main([os.fsdecode(argument.encode()) for argument in arguments])
    except SystemExit as ended:
        return ended.code

commands = json.load(open("commands.json", encoding="utf-8"))
json.dump([run(arguments) for arguments in commands], open("codes.json", "w"))
"""
"""All commands in one process, because most of the time of a command is its start."""


@pytest.mark.usefixtures("adobe_flow")
def test_every_command_has_the_same_exit_code_in_every_locale(
    emulator: EmulatorProcess, tmp_path: Path, locale_environment: dict[str, str]
) -> None:
    emulator.foreign_create(**build_foreign_connection(name=NAME, description=NAME))
    plan = json.dumps(_build_plan(), ensure_ascii=False)
    (tmp_path / f"{NAME}.json").write_text(plan, encoding="utf-8")
    (tmp_path / "commands.json").write_text(json.dumps([arguments for arguments, _ in COMMANDS]), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", RUN_ALL],
        cwd=tmp_path,
        env={**os.environ, **locale_environment},
        input=plan.encode(),
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    codes = json.loads((tmp_path / "codes.json").read_text(encoding="utf-8"))
    ended = [(arguments, code) for (arguments, _), code in zip(COMMANDS, codes, strict=True)]
    assert ended == list(COMMANDS)
    assert NAME in (tmp_path / f"{NAME}.md").read_text(encoding="utf-8")
    assert (tmp_path / NAME).is_dir()


@pytest.mark.usefixtures("adobe_flow")
def test_json_output_and_command_line_names_keep_every_character(
    emulator: EmulatorProcess, locale_environment: dict[str, str]
) -> None:
    emulator.foreign_create(**build_foreign_connection(name=NAME))

    done = subprocess.run(
        [sys.executable, "-m", "adobe_flow", "show", NAME, "--json"],
        env={**os.environ, **locale_environment},
        capture_output=True,
        check=True,
    )

    assert json.loads(done.stdout)["name"] == NAME


@pytest.mark.usefixtures("adobe_flow")
def test_command_without_standard_streams_has_the_same_exit_code() -> None:
    done = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m adobe_flow list <&- >&- 2>&-"], env=os.environ, check=False
    )

    assert done.returncode == 0
