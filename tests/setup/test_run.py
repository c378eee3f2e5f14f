"""The commands as they are typed, in a clone where nothing is set up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.setup.fake_project import ROOT, program, project_in, run


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with a space in its path."""
    return project_in(tmp_path / "my dir").root


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A PATH with the shell's own tools and no Python."""
    folder = tmp_path / "path"
    folder.mkdir()
    (folder / "dirname").symlink_to("/usr/bin/dirname")
    return str(folder)


def test_python_without_its_venv_module_is_reported_in_one_sentence_with_the_command(
    clone: Path, bare_path: str
) -> None:
    program(Path(bare_path) / "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac', "echo 3.12")

    process = run(clone, "engine/run", "setup", path=bare_path)

    assert process.returncode == 1
    assert process.stderr == "Python 3.12 lacks its venv module. Install it: sudo apt install python3.12-venv\n"


def test_missing_python_is_reported_in_one_sentence(clone: Path, bare_path: str) -> None:
    process = run(clone, "engine/run", "setup", path=bare_path)

    assert process.returncode == 1
    assert re.fullmatch(r"Python 3\.10 or newer is needed\. Install it with sudo apt install .*\n", process.stderr)


def test_unsuitable_named_python_is_an_error(clone: Path) -> None:
    process = run(clone, "engine/run", "setup", PYTHON="/bin/false")

    assert (process.returncode, process.stdout) == (1, "")
    assert "PYTHON=/bin/false cannot be used" in process.stderr


def test_env_prints_nothing_and_fails_if_the_set_up_is_missing(clone: Path) -> None:
    process = run(clone, "make", "-s", "env")

    assert (process.returncode, process.stdout) == (2, "")
    assert "make setup" in process.stderr


def test_env_prints_exports_only_if_the_set_up_is_complete(clone: Path) -> None:
    program(clone / ".venv" / "bin" / "python", "exit 1")
    (clone / ".venv" / "own.sha256").touch()
    program(clone / ".tools" / "bin" / "pulumi")

    process = run(clone, "make", "-s", "env")

    assert (process.returncode, process.stderr) == (0, "")
    assert f"export PULUMI_HOME='{clone}/.tools/pulumi-home'" in process.stdout


def test_make_without_a_target_lists_every_target() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    process = run(ROOT, "make")

    assert [line.split()[1] for line in process.stdout.splitlines()] == targets


def test_unknown_set_up_command_is_refused(clone: Path) -> None:
    process = run(clone, "engine/run", "nonsense")

    assert process.returncode == 2
    assert "usage" in process.stderr
