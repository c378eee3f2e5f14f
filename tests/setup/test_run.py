"""The commands as they are typed, in a clone where nothing is set up."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.setup.fake_project import ROOT, program, project_in


def run(root: Path, *command: str, path: str = "/usr/bin:/bin", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=root, env={"PATH": path, **env}, capture_output=True, text=True, check=False)


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


def test_a_python_without_its_venv_module_is_one_sentence_with_the_command(clone: Path, bare_path: str) -> None:
    program(Path(bare_path) / "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac', "echo 3.12")

    done = run(clone, "engine/run", "setup", path=bare_path)

    assert done.returncode == 1
    assert done.stderr == "Python 3.12 is here without its venv module: sudo apt install python3.12-venv\n"


def test_no_python_is_one_sentence(clone: Path, bare_path: str) -> None:
    done = run(clone, "engine/run", "setup", path=bare_path)

    assert done.returncode == 1
    assert re.fullmatch(r"Python 3\.10 or newer is needed: sudo apt install .*\n", done.stderr)


def test_a_python_that_is_named_and_does_not_suit_is_an_error(clone: Path) -> None:
    done = run(clone, "engine/run", "setup", PYTHON="/bin/false")

    assert (done.returncode, done.stdout) == (1, "")
    assert "PYTHON=/bin/false cannot be used" in done.stderr


def test_env_prints_nothing_and_fails_where_nothing_is_set_up(clone: Path) -> None:
    done = run(clone, "make", "-s", "env")

    assert (done.returncode, done.stdout) == (2, "")
    assert "make setup" in done.stderr


def test_env_prints_exports_only_where_everything_is_set_up(clone: Path) -> None:
    program(clone / ".venv" / "bin" / "python", "exit 1")
    (clone / ".venv" / "own.sha256").touch()
    program(clone / ".tools" / "bin" / "pulumi")

    done = run(clone, "make", "-s", "env")

    assert (done.returncode, done.stderr) == (0, "")
    assert f"export PULUMI_HOME='{clone}/.tools/pulumi-home'" in done.stdout


def test_make_alone_tells_every_target() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    done = run(ROOT, "make")

    assert [line.split()[1] for line in done.stdout.splitlines()] == targets


def test_a_command_that_does_not_exist_is_refused(clone: Path) -> None:
    done = run(clone, "engine/run", "nonsense")

    assert done.returncode == 2
    assert "usage" in done.stderr
