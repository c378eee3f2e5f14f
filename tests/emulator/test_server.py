"""The process in the foreground."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess

pytestmark = pytest.mark.slow


def test_emulator_prints_only_the_ready_line(tmp_path: Path) -> None:
    data = tmp_path / "e.sqlite"
    command = [sys.executable, "-m", "flow_service_emulator", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = line.split()[4]
        requests.get(f"{url}/_emulator/health", timeout=10)
        process.terminate()
        assert (line, process.stdout.read()) == (f"Flow Service emulator on {url} (data: {data})\n", "")
    assert process.returncode == 0


def test_taken_port_is_reported_with_the_process_that_holds_it(emulator: EmulatorProcess, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flow_service_emulator", "--data", str(tmp_path / "e.sqlite")]
    ended = subprocess.run(
        [*command, "--port", str(emulator.port)], capture_output=True, text=True, timeout=20, check=False
    )
    assert (ended.returncode, len(ended.stderr.splitlines())) == (2, 1)
    assert f"127.0.0.1:{emulator.port}" in ended.stderr
    assert f"pid {emulator.pid}" in ended.stderr or not Path("/proc/net/tcp").exists()


def test_emulator_listens_only_on_this_machine(emulator: EmulatorProcess) -> None:
    assert emulator.url.startswith("http://127.0.0.1:")


def test_every_response_except_of_control_routes_takes_the_configured_latency(tmp_path: Path) -> None:
    with EmulatorProcess.start(tmp_path / "e.sqlite", "--latency-ms", "500") as emulator:
        begun = time.monotonic()
        emulator.connections()
        halfway = time.monotonic()
        with AdobeClient(emulator.url) as adobe:
            adobe.get("/connections")
    assert time.monotonic() - halfway >= 1.0
    assert halfway - begun < 0.5


def test_stopped_emulator_leaves_no_pid_file(tmp_path: Path) -> None:
    with EmulatorProcess.start(tmp_path / "e.sqlite") as emulator:
        assert (tmp_path / "e.sqlite.pid").read_text("utf-8").split() == [str(emulator.pid), emulator.url]
        assert emulator.stop() == 0
    assert not (tmp_path / "e.sqlite.pid").exists()
