"""Which Python runs a program."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.host.interpreter import NoInterpreterError, find_interpreter
from tests.setup.fake_project import program


def test_virtual_environment_of_the_project_file_is_found_from_its_folder_and_activated(tmp_path: Path) -> None:
    python = program(tmp_path / "venv" / "bin" / "python")

    result = find_interpreter({"virtualenv": "venv"}, str(tmp_path), {"PATH": "/bin", "PYTHONHOME": "/x"})

    assert result.python == str(python)
    assert result.env == {"PATH": f"{tmp_path}/venv/bin:/bin", "VIRTUAL_ENV": f"{tmp_path}/venv"}


def test_uv_environment_has_its_own_default_name(tmp_path: Path) -> None:
    python = program(tmp_path / ".venv" / "bin" / "python")

    assert find_interpreter({"toolchain": "uv"}, str(tmp_path), {}).python == str(python)


def test_default_interpreter_is_the_python_of_the_machine() -> None:
    assert find_interpreter({}, "/", {}).python == "python3"
    assert find_interpreter({}, "/", {"PULUMI_PYTHON_CMD": "python3.12"}).python == "python3.12"


@pytest.mark.parametrize(("made", "why"), [(True, "is no virtual environment"), (False, "does not exist")])
def test_folder_that_is_no_virtual_environment_is_an_error(tmp_path: Path, *, made: bool, why: str) -> None:
    if made:
        (tmp_path / "venv").mkdir()

    with pytest.raises(NoInterpreterError, match=why):
        find_interpreter({"virtualenv": "venv"}, str(tmp_path), {})
