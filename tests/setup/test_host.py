"""The language host, as a process that the engine talks to."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import language_pb2 as pb

from tests.setup.host_process import VENV, Host, build_info, host_process
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def module_host() -> Iterator[Host]:
    with host_process() as host:
        yield host


@pytest.fixture
def host(module_host: Host) -> Host:
    module_host.engine.logged.clear()
    return module_host


def test_language_host_returns_its_version(host: Host) -> None:
    assert host.stub.GetPluginInfo(empty_pb2.Empty()).version == "1.0.0"


def test_language_host_requires_no_plugin_and_no_package(host: Host, tmp_path: Path) -> None:
    project = build_info(tmp_path, str(VENV))

    assert not host.stub.GetRequiredPackages(pb.GetRequiredPackagesRequest(info=project)).packages
    assert not host.stub.GetRequiredPlugins(pb.GetRequiredPluginsRequest(info=project)).plugins


def test_language_host_lists_the_packages_of_the_programs_interpreter(host: Host, tmp_path: Path) -> None:
    request = pb.GetProgramDependenciesRequest(info=build_info(tmp_path, str(VENV)))

    assert "pulumi" in {package.name for package in host.stub.GetProgramDependencies(request).dependencies}


def test_program_that_ends_normally_is_no_error(host: Host, tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("NAME = 'acme'", encoding="utf-8")
    program = "import beside, pulumi\npulumi.log.info(beside.NAME + pulumi.Config().require('a') + pulumi.get_stack())"

    answer = host.run(tmp_path, program, a="1")

    assert answer == pb.RunResponse()
    assert host.engine.logged == ["acme1dev"]


def test_exception_is_reported_once_from_the_line_of_the_program_on(host: Host, tmp_path: Path) -> None:
    answer = host.run(tmp_path, "raise ValueError('boom')")

    assert answer == pb.RunResponse(bail=True)
    assert len(host.engine.logged) == 1
    lines = host.engine.logged[0].splitlines()
    assert (lines[2].strip(), lines[-1]) == (
        f'File "{tmp_path}/__main__.py", line 1, in <module>',
        "ValueError: boom",
    )


def test_pulumi_run_error_is_shown_without_a_traceback(host: Host, tmp_path: Path) -> None:
    answer = host.run(tmp_path, "import pulumi\nraise pulumi.RunError('no sandbox')")

    assert (answer.bail, answer.error) == (False, "Program exited with non-zero exit code: 1")
    assert host.engine.logged == ["no sandbox"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "error"),
    [
        ("sys.exit(7)", "Program exited with non-zero exit code: 7"),
        ("os.kill(os.getpid(), 9)", "Program was ended by signal 9"),
    ],
)
def test_program_that_exits_or_is_killed_is_an_error_and_the_host_continues(
    host: Host, tmp_path: Path, ending: str, error: str
) -> None:
    assert host.run(tmp_path, f"import os, sys\n{ending}") == pb.RunResponse(error=error)
    assert host.run(tmp_path, "pass") == pb.RunResponse()


def test_missing_virtual_environment_is_named(host: Host, tmp_path: Path) -> None:
    answer = host.run(tmp_path, "pass", virtualenv="gone")

    assert f"leads to {tmp_path}/gone, which does not exist" in answer.error
    assert "pulumi install" in answer.error


def test_plugin_output_is_streamed_and_its_exit_code_is_last(host: Host, tmp_path: Path) -> None:
    program = "import sys\nprint('out', len(sys.argv))\nprint('err', file=sys.stderr)\nsys.exit(3)"

    messages = list(host.plugin(tmp_path, program))

    assert b"".join(message.stdout for message in messages) == b"out 2\n"
    assert b"".join(message.stderr for message in messages) == b"err\n"
    assert messages[-1].exitcode == 3


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        pytest.param(signal.SIGINT, marks=pytest.mark.slow),
        pytest.param(signal.SIGHUP, marks=pytest.mark.slow),
    ],
)
def test_language_host_ends_with_the_programs_that_still_run(tmp_path: Path, number: int) -> None:
    note = tmp_path / "pid"
    program = f"import os, time\nprint(1)\nopen({str(note)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)"
    with host_process() as host:
        # Kept: a call that nobody holds any more is cancelled, and the host ends its program.
        call = host.plugin(tmp_path, program)
        next(call)
        wait_until(lambda: note.exists() and note.read_text(encoding="utf-8"), 30)

        assert host.end(number) == 0
        wait_until(lambda: not Path(f"/proc/{note.read_text(encoding='utf-8')}").exists(), 30)
