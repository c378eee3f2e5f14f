"""The two programs beside the CLI that was built here."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from engine.project import Project
from engine.wrappers import write_wrappers
from tests.setup.fake_project import ROOT, program

DYNAMIC = "pulumi-resource-pulumi-python"


def run(tmp_path: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", str(ROOT / "engine" / "host" / DYNAMIC), "127.0.0.1:1234", "two words"]
    paths = {"PATH": "/usr/bin:/bin", **env}
    return subprocess.run(command, cwd=tmp_path, env=paths, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("named", ["my venv", "my venv/", "{tmp_path}/my venv"])
def test_dynamic_provider_runs_in_the_virtual_environment_of_the_project(tmp_path: Path, named: str) -> None:
    python = program(tmp_path / "my venv" / "bin" / "python", 'for word in "$@"; do echo "$word"; done')

    process = run(tmp_path, {"PULUMI_RUNTIME_VIRTUALENV": named.format(tmp_path=tmp_path)})

    assert python.exists()
    assert process.stdout.splitlines() == ["-u", "-m", "pulumi.dynamic", "127.0.0.1:1234", "two words"]


def test_missing_virtual_environment_is_named(tmp_path: Path) -> None:
    process = run(tmp_path, {"PULUMI_RUNTIME_VIRTUALENV": "gone"})

    assert process.returncode == 1
    assert f"leads to {tmp_path}/gone, which is no virtual environment" in process.stderr


def test_without_a_virtual_environment_the_python_of_the_machine_runs_the_wrapper(tmp_path: Path) -> None:
    python = program(tmp_path / "python", 'echo "$*"')

    process = run(tmp_path, {"PULUMI_PYTHON_CMD": str(python)})

    assert process.stdout == "-u -m pulumi.dynamic 127.0.0.1:1234 two words\n"


def test_wrappers_run_in_a_project_path_with_spaces(tmp_path: Path) -> None:
    project = Project(tmp_path / "my dir")
    program(project.python, 'echo "$4|$5"')

    write_wrappers(project, tmp_path)

    host = [str(tmp_path / "pulumi-language-python"), "127.0.0.1:1"]
    process = subprocess.run(host, capture_output=True, text=True, check=True)
    assert process.stdout == f"{project.root}/engine/host/__main__.py|127.0.0.1:1\n"
