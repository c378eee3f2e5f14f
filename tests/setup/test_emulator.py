"""Where the emulator of the dev stack listens."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.emulator import check_port, choose_port, read_port, start, stop_emulator
from engine.messages import Problem
from engine.project import Project
from tests.setup.fake_project import ROOT, program, project_in, run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("  adobe:endpoint: http://127.0.0.1:8765\n", 8765),
        ("  adobe:imsEndpoint: http://localhost:9000\n", 9000),
        ("  adobe:endpoint: https://platform.adobe.io\n", 8765),
    ],
)
def test_port_of_the_emulator_is_read_from_the_stack_file(tmp_path: Path, text: str, port: int) -> None:
    stack_file = tmp_path / "Pulumi.dev.yaml"
    stack_file.write_text(f"config:\n{text}", encoding="utf-8")

    assert read_port(stack_file) == port


def test_the_environment_names_another_port(tmp_path: Path) -> None:
    assert choose_port(Project(tmp_path), {"EMULATOR_PORT": "8790"}) == 8790
    assert choose_port(Project(tmp_path), {}) == 8765


@pytest.mark.parametrize("text", ["0", "65536", "-1", "eight", "8_0", "٣"])
def test_what_is_no_port_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Problem, match=f"EMULATOR_PORT={text} is not a port"):
        choose_port(Project(tmp_path), {"EMULATOR_PORT": text})


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A clone in which nothing is set up."""
    project = project_in(tmp_path / "my dir")
    (project.root / "emulator").symlink_to(ROOT / "emulator")
    return project


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which another program listens: this one."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_an_error_before_anything_is_set_up(project: Project, taken_port: int) -> None:
    process = run(project.root, "make", "up", EMULATOR_PORT=str(taken_port))

    assert process.returncode == 2
    assert f"127.0.0.1:{taken_port}" in process.stderr
    assert "EMULATOR_PORT=" in process.stderr.replace(f"EMULATOR_PORT={taken_port}", "")
    assert not project.venv.exists()
    assert not project.tools.exists()
    assert not project.state.exists()


def test_the_suggested_port_is_free(project: Project, taken_port: int) -> None:
    with pytest.raises(Problem, match=r"EMULATOR_PORT=(\d+) make up") as problem:
        check_port(project, {"EMULATOR_PORT": str(taken_port)})

    suggested = int(str(problem.value).partition("EMULATOR_PORT=")[2].split()[0])
    with socket.create_server(("127.0.0.1", suggested)) as server:
        assert server.getsockname()[1] == suggested


@pytest.mark.slow
def test_the_emulator_is_found_on_its_port_without_the_variable(project: Project, taken_port: int) -> None:
    program(project.python, f'exec {sys.executable} "$@"')
    free_port = str(_find_free_port())
    start(project, {"EMULATOR_PORT": free_port})
    try:
        check_port(project, {})
        assert choose_port(project, {}) == int(free_port)
        with pytest.raises(Problem, match=rf"127\.0\.0\.1:{free_port}(?s:.*)make stop"):
            check_port(project, {"EMULATOR_PORT": str(taken_port)})
    finally:
        stop_emulator(project)
    assert choose_port(project, {}) == 8765


def test_the_check_needs_the_standard_library_alone(project: Project, taken_port: int) -> None:
    """It runs before any package is installed."""
    command = [sys.executable, "-I", "-S", "-c", "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "]
    command[-1] += "runpy.run_module('flow_service_emulator', run_name='__main__', alter_sys=True)"
    process = subprocess.run(
        [*command, str(ROOT / "emulator"), "--port", str(taken_port), "--data", str(project.root / "e"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert process.returncode == 2, process.stderr
    assert f"127.0.0.1:{taken_port}" in process.stderr


def _find_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
