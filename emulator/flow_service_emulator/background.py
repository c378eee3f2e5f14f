"""Starts, ends and reports an emulator that runs in the background."""

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
from flow_service_emulator.listener import REFUSED, PortTakenError, listen, url
from flow_service_emulator.options import shown_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from flow_service_emulator.options import Options

_START_SECONDS, _STOP_SECONDS, _STEP = 20.0, 10.0, 0.05
_NOTHING_RUNS = 1


@dataclass(frozen=True)
class Running:
    """An emulator that answers."""

    url: str
    pid: int
    data: str

    def line(self) -> str:
        """As the ready line says it."""
        return f"Flow Service emulator on {self.url} (data: {self.data})"


def detach(options: Options) -> int:
    """Start in the background and wait until it answers; one that runs already with this data file will do."""
    running = running_one(options)
    if running is None:
        return _start(options)
    if options.port in {0, int(running.url.rpartition(":")[2])}:
        return _say(f"{running.line()}: already running (pid {running.pid})")
    return _refuse(f"the data file is in use by the emulator on {running.url} (pid {running.pid}): stop it first")


def stop(options: Options) -> int:
    """End the one that runs with this data file; that nothing runs is no error."""
    running = running_one(options)
    if running is None:
        options.pid_file.unlink(missing_ok=True)
        return _say("no Flow Service emulator runs with this data file")
    os.kill(running.pid, signal.SIGTERM)
    if not _within(_STOP_SECONDS, lambda: not _alive(running.pid)):
        os.kill(running.pid, signal.SIGKILL)
    return _say(f"stopped the {running.line().removeprefix('Flow Service ')}")


def status(options: Options) -> int:
    """Say what runs; exit code 1 where nothing does."""
    running = running_one(options)
    if running is None:
        _say("no Flow Service emulator runs with this data file")
        return _NOTHING_RUNS
    return _say(f"{running.line()}: pid {running.pid}")


def running_one(options: Options) -> Running | None:
    """The emulator with this data file: where its pid file says, else on the port asked for; a dead pid file goes."""
    noted = pid_file.read(options.pid_file)
    if noted is not None:
        found = _answering(noted.url, options.data)
        if found is not None and found.pid == noted.pid:
            return found
        if not _alive(noted.pid):
            pid_file.remove(options.pid_file, noted.pid)
    return _answering(url(options.host, options.port), options.data) if options.port else None


def _start(options: Options) -> int:
    try:
        listen(options.host, options.port).close()
    except PortTakenError as error:
        return _refuse(str(error))
    process = _spawn(options)
    _within(
        _START_SECONDS, lambda: process.poll() is not None or _noted_and_answering(process.pid, options) is not None
    )
    running = _noted_and_answering(process.pid, options)
    if running is not None:
        return _say(running.line())
    process.kill()
    process.wait()
    other = running_one(options)
    if other is not None:
        return _say(f"{other.line()}: already running (pid {other.pid})")
    said = options.log_file.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return _refuse(f"it did not start: {said[-1] if said else 'it said nothing'} (log: {options.log_file})")


def _spawn(options: Options) -> subprocess.Popen[bytes]:
    make_private(options.log_file)
    arguments = [each for each in options.arguments if each != "--detach"]
    with options.log_file.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - this interpreter, with the arguments that it was given
            [sys.executable, "-m", __package__, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _noted_and_answering(pid: int, options: Options) -> Running | None:
    noted = pid_file.read(options.pid_file)
    return _answering(noted.url, options.data) if noted is not None and noted.pid == pid else None


def _answering(address: str, data: Path) -> Running | None:
    """The emulator at an address, if it is one and has this data file."""
    try:
        with urllib.request.urlopen(f"{address}/_emulator/health", timeout=1) as answer:  # noqa: S310 - `url` made it
            health: dict[str, Any] = json.load(answer)
        running = Running(address, int(health["pid"]), str(health["data"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    same = health.get("service") == "flow-service-emulator" and running.data == shown_path(data)
    return running if same else None


def _alive(pid: int) -> bool:
    """Whether the process exists; one that has ended and was not waited for yet does not count."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        pass
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return not Path("/proc/self").exists()


def _within(seconds: float, condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_STEP)
    return True


def _say(line: str) -> int:
    sys.stdout.write(f"{line}\n")
    return 0


def _refuse(why: str) -> int:
    sys.stderr.write(f"flow_service_emulator: {why}\n")
    return REFUSED
