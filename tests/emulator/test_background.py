"""--detach, --check, --stop, --status."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "d.sqlite"


@pytest.fixture
def run(data: Path) -> Iterator[Run]:
    """Runs the command for one data file; whatever it leaves running is stopped in the end."""

    def command(*flags: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "flow_service_emulator", "--data", str(data), *flags]
        return subprocess.run(line, capture_output=True, text=True, timeout=30, check=False)

    yield command
    command("--stop", "--port", "0")


def noted(data: Path) -> tuple[int, str]:
    pid, url = data.with_name(f"{data.name}.pid").read_text("utf-8").split()
    return int(pid), url


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


def test_detached_emulator_is_ready_when_the_command_ends_and_stops_on_request(run: Run, data: Path) -> None:
    begun = run("--port", "0", "--detach")
    pid, url = noted(data)
    assert (begun.returncode, begun.stdout) == (0, f"Flow Service emulator on {url} (data: {data})\n")
    assert requests.get(f"{url}/_emulator/health", timeout=10).json()["pid"] == pid
    assert run("--status", "--port", "0").returncode == 0
    assert run("--stop", "--port", "0").returncode == 0
    assert run("--status", "--port", "0").returncode == 1
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=10)


def test_check_says_whether_it_could_start_and_changes_nothing(run: Run, data: Path) -> None:
    port = free_port()
    assert run("--port", port, "--check").returncode == 0
    assert list(data.parent.iterdir()) == []
    with socket.create_server(("127.0.0.1", int(port))):
        taken = run("--port", port, "--check")
    assert (taken.returncode, f"127.0.0.1:{port}" in taken.stderr) == (2, True)
    run("--port", port, "--detach")
    other = run("--port", free_port(), "--check")
    assert (run("--port", port, "--check").returncode, other.returncode) == (0, 2)
    assert f"127.0.0.1:{port}" in other.stderr


def test_one_that_runs_already_will_do(run: Run, data: Path) -> None:
    port = free_port()
    run("--port", port, "--detach")
    before = noted(data)
    again = run("--port", port, "--detach")
    assert (again.returncode, noted(data)) == (0, before)
    assert "already running" in again.stdout


def test_restart_after_a_crash_uses_the_same_data(run: Run, data: Path) -> None:
    port = free_port()
    run("--port", port, "--detach")
    pid, url = noted(data)
    body = {"name": "survivor", "id": "some-id"}
    requests.post(f"{url}/_emulator/foreign-create", json=body, timeout=10)
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.1)
    assert run("--port", port, "--detach").returncode == 0
    assert requests.get(f"{url}/_emulator/connections", timeout=10).json()[0]["name"] == "survivor"


def test_port_of_another_program_is_reported(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        ended = run("--port", str(port), "--detach")
    assert ended.returncode == 2
    assert f"127.0.0.1:{port}" in ended.stderr
    assert f"pid {os.getpid()}" in ended.stderr or not Path("/proc/net/tcp").exists()


def test_data_file_in_use_is_refused_on_another_port(run: Run) -> None:
    run("--port", free_port(), "--detach")
    ended = run("--port", free_port(), "--detach")
    assert ended.returncode == 2
    assert "in use by the emulator" in ended.stderr


def test_stop_of_a_stopped_emulator_is_no_error(run: Run) -> None:
    assert run("--stop", "--port", "0").returncode == 0


def test_stop_never_ends_a_process_that_is_not_an_emulator(run: Run, data: Path) -> None:
    """Its pid may have been given to somebody else."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        data.with_name(f"{data.name}.pid").write_text(f"{other.pid}\nhttp://127.0.0.1:9\n", "utf-8")
        assert run("--stop", "--port", "0").returncode == 0
        assert other.poll() is None
        other.kill()


def test_failed_start_reports_the_reason(run: Run, data: Path) -> None:
    data.write_text("a text that is no database" * 100, "utf-8")
    ended = run("--port", "0", "--detach")
    assert ended.returncode == 2
    assert "cannot use the data file" in ended.stderr
