"""Starting, stopping and reporting an emulator that runs in the background."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flow_service_emulator import pid_file
from flow_service_emulator.database import make_private
from flow_service_emulator.listener import REFUSED, PortTakenError, build_url, listen
from flow_service_emulator.options import format_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from flow_service_emulator.options import Options

_START_SECONDS, _STOP_SECONDS, _STEP = 20.0, 10.0, 0.05
_NOT_RUNNING = 1


@dataclass(frozen=True)
class RunningEmulator:
    """An emulator that answers requests."""

    url: str
    pid: int
    data: str

    def describe(self) -> str:
        """Return the line that the emulator prints when it is ready."""
        return f"Flow Service emulator on {self.url} (data: {self.data})"


def start_in_background(options: Options) -> int:
    """Start an emulator in the background and wait until it answers, unless one runs with this data file already."""
    running = find_running_emulator(options)
    obstacle = _find_obstacle(options, running)
    if obstacle:
        return _print_error(obstacle)
    if running is None:
        return _start(options)
    return _print_line(f"{running.describe()}: already running (pid {running.pid})")


def check(options: Options) -> int:
    """Print why `detach` would fail, if the port or the data file is in use, and change nothing."""
    obstacle = _find_obstacle(options, find_running_emulator(options))
    return _print_error(obstacle) if obstacle else 0


def stop_running_emulator(options: Options) -> int:
    """Stop the emulator with this data file; it is no error if none runs."""
    running = find_running_emulator(options)
    if running is None:
        options.pid_file.unlink(missing_ok=True)
        return _print_line("no Flow Service emulator runs with this data file")
    os.kill(running.pid, signal.SIGTERM)
    if not _wait_until(_STOP_SECONDS, lambda: not _is_alive(running.pid)):
        os.kill(running.pid, signal.SIGKILL)
    return _print_line(f"stopped the {running.describe().removeprefix('Flow Service ')}")


def print_emulator_status(options: Options) -> int:
    """Print the emulator with this data file, and return the exit code 1 if none runs."""
    running = find_running_emulator(options)
    if running is None:
        _print_line("no Flow Service emulator runs with this data file")
        return _NOT_RUNNING
    return _print_line(f"{running.describe()}: pid {running.pid}")


def find_running_emulator(options: Options) -> RunningEmulator | None:
    """Return the emulator with this data file, by its pid file or else by the port; remove a dead pid file."""
    record = pid_file.read(options.pid_file)
    if record is not None:
        running = _query_health(record.url, options.data)
        if running is not None and running.pid == record.pid:
            return running
        if not _is_alive(record.pid):
            pid_file.remove(options.pid_file, record.pid)
    return _query_health(build_url(options.host, options.port), options.data) if options.port else None


def _find_obstacle(options: Options, running: RunningEmulator | None) -> str:
    """Return what prevents a start: another program on the port, or this data file's emulator on another port."""
    if running is not None:
        is_same_port = options.port in {0, int(running.url.rpartition(":")[2])}
        in_use = f"the data file is in use by the emulator on {running.url} (pid {running.pid}): stop it first"
        return "" if is_same_port else in_use
    try:
        listen(options.host, options.port).close()
    except PortTakenError as error:
        return str(error)
    return ""


def _start(options: Options) -> int:
    process = _spawn_detached_process(options)
    _wait_until(
        _START_SECONDS, lambda: process.poll() is not None or _find_started_emulator(process.pid, options) is not None
    )
    running = _find_started_emulator(process.pid, options)
    if running is not None:
        return _print_line(running.describe())
    process.kill()
    process.wait()
    other = find_running_emulator(options)
    if other is not None:
        return _print_line(f"{other.describe()}: already running (pid {other.pid})")
    lines = options.log_file.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return _print_error(f"the emulator did not start: {lines[-1] if lines else 'no output'} (log: {options.log_file})")


def _spawn_detached_process(options: Options) -> subprocess.Popen[bytes]:
    make_private(options.log_file)
    arguments = [argument for argument in options.arguments if argument != "--detach"]
    with options.log_file.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - this interpreter, with the arguments that it was given
            [sys.executable, "-m", __package__, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _find_started_emulator(pid: int, options: Options) -> RunningEmulator | None:
    record = pid_file.read(options.pid_file)
    return _query_health(record.url, options.data) if record is not None and record.pid == pid else None


def _query_health(address: str, data: Path) -> RunningEmulator | None:
    """Return the emulator at this address if one answers there and uses this data file."""
    try:
        with urllib.request.urlopen(f"{address}/_emulator/health", timeout=1) as answer:  # noqa: S310 - `url` made it
            health: dict[str, Any] = json.load(answer)
        running = RunningEmulator(address, int(health["pid"]), str(health["data"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    same = health.get("service") == "flow-service-emulator" and running.data == format_path(data)
    return running if same else None


def _is_alive(pid: int) -> bool:
    """Return whether a process exists; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        pass
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return not Path("/proc/self").exists()


def _wait_until(seconds: float, condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_STEP)
    return True


def _print_line(line: str) -> int:
    sys.stdout.write(f"{line}\n")
    return 0


def _print_error(why: str) -> int:
    sys.stderr.write(f"flow_service_emulator: {why}\n")
    return REFUSED
