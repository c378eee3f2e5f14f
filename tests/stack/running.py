"""A `pulumi up` that runs beside the test, which may look at its processes, or end them by `kill -9`."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from tests.stack.project import StackProject

_WORDS: Final = {"plugin": ("pulumi.dynamic", "pulumi-resource-adobe"), "program": ("program.py",)}
"""What the command line of each has in it, on either adapter."""


class RunningUp:
    """A `pulumi up`, or another operation, in a session of its own, so that all that it starts can be found."""

    def __init__(self, project: StackProject, operation: str = "up", *flags: str) -> None:
        command = ["pulumi", operation, "--yes", "--skip-preview", *flags, "--non-interactive", "--color", "never"]
        self._process = subprocess.Popen(
            command,
            cwd=project.folder,
            env=project.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def wait_until(self, reached: Callable[[], bool], seconds: float = 60.0) -> None:
        """Look again and again whether the moment has come; it must come before the end of the update."""
        until = time.monotonic() + seconds
        while not reached():
            assert self._process.poll() is None, self._process.communicate()[0]
            assert time.monotonic() < until, "the moment never came"
            time.sleep(0.05)

    def command_lines(self) -> list[str]:
        """Those of all its processes, of this moment."""
        return [_command(Path("/proc", str(pid))) for pid in self._processes()]

    def end(self) -> str:
        """Wait for it; gives all that was printed."""
        said, _ = self._process.communicate(timeout=120)
        assert self._process.returncode == 0, said
        return said

    def interrupt(self) -> str:
        """Press Ctrl-C, which reaches the CLI, and wait for the end of the update; gives all that was printed."""
        self._process.send_signal(signal.SIGINT)
        said, _ = self._process.communicate(timeout=120)
        assert self._process.returncode != 0, said
        return said

    def send(self, number: int, target: str = "cli") -> None:
        """Send a signal to the ``target`` (cli, plugin or program), if it runs, and to nothing else."""
        for pid in [self._process.pid] if target == "cli" else list(self._processes(*_WORDS[target])):
            _send(pid, number)

    def wait_for_all(self, grace_seconds: float) -> tuple[str, list[str]]:
        """Wait for the end of the CLI, then for all that it started.

        Returns what was printed, and the command lines of what outlived the CLI by more than ``grace_seconds``: it is
        killed.
        """
        try:
            self._process.wait(120)
        except subprocess.TimeoutExpired:
            return self.kill(), ["the CLI"]
        until = time.monotonic() + grace_seconds
        while (left := self.command_lines()) and time.monotonic() < until:
            time.sleep(0.1)
        return self.kill() if left else self._process.communicate()[0], left

    def kill(self, target: str = "cli") -> str:
        """Kill the ``target`` (cli, plugin or program), then what is left; gives all that was printed."""
        self.send(signal.SIGKILL, target)
        time.sleep(0.5)
        for pid in self._processes():
            _send(pid, signal.SIGKILL)
        said, _ = self._process.communicate(timeout=60)
        return said

    def _processes(self, *words: str) -> Iterator[int]:
        """Yield the processes whose command line has one of the words; all without words."""
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and _session(entry) == self._process.pid:
                command = _command(entry)
                if not words or any(word in command for word in words):
                    yield int(entry.name)


def _session(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[3])
    except OSError:
        return -1


def _command(entry: Path) -> str:
    try:
        return (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _send(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)
