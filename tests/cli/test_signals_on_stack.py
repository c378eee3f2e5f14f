"""Signals while the real Pulumi sends an update: no lock, no pending operation, no process and no folder stays."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.project import StackProject
from tests.waiting import wait_until

pytestmark = pytest.mark.engine

_TOKEN = "dapi-planted-9c8b7a"


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGINT,
        pytest.param(signal.SIGKILL, marks=pytest.mark.large),
        pytest.param(signal.SIGTERM, marks=pytest.mark.large),
        pytest.param(signal.SIGHUP, marks=pytest.mark.large),
    ],
)
def test_signal_during_an_update_leaves_no_process_and_no_file(
    engine: None,  # noqa: ARG001 - it has to be there first
    emulator: EmulatorProcess,
    tmp_path: Path,
    number: signal.Signals,
) -> None:
    project, scratch = StackProject(tmp_path / "project", emulator), tmp_path / "scratch"
    scratch.mkdir()
    project.declare(lake={})
    project.up()
    emulator.fault("PATCH /connections/{id}", delayMs=3000)
    env = {**project.environment(), "TMPDIR": str(scratch)}
    command = [sys.executable, "-m", "adobe_flow", "rotate", "lake", "--stack", "dev", "--token-stdin", "--yes"]
    rotation = subprocess.Popen(
        [*command, "--cwd", str(project.folder)],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert rotation.stdin
    rotation.stdin.write(_TOKEN)
    rotation.stdin.close()
    rotation.stdin = None
    wait_until(emulator.has_met_all_faults)
    children = psutil.Process(rotation.pid).children(recursive=True)

    rotation.send_signal(number)
    said = "".join(rotation.communicate(timeout=60))
    _, alive = psutil.wait_procs(children, timeout=30)

    assert alive == []
    assert rotation.returncode == (-number if number == signal.SIGKILL else 128 + number)
    assert [file.name for file in project.state_folder().rglob("locks/**/*.json")] == []
    deployment = project.state_deployment()
    assert not deployment.get("pending_operations")
    assert _TOKEN not in said
    subprocess.run([sys.executable, "-m", "adobe_flow", "schema", "list"], env=env, capture_output=True, check=True)
    assert list(scratch.glob("adobe-flow-*")) == []
    assert "unchanged" in project.up("--refresh").text
