"""The processes that the host has started, and that must not outlive it."""

from __future__ import annotations

import subprocess
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_GRACE_SECONDS = 2.0


class ChildProcesses:
    """The child processes that have not ended."""

    def __init__(self) -> None:
        """Create an empty set of children."""
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()

    def start(
        self, command: Sequence[str], *, cwd: str, env: Mapping[str, str], output: int | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a process. Without ``output`` it writes to the streams of the host, which the engine reads."""
        process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - what the engine asks for
            list(command), cwd=cwd, env=dict(env), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        with self._lock:
            self._running.add(process)
        return process

    def wait_for_process(self, process: subprocess.Popen[Any]) -> int:
        """Wait for the end of the process, and return its exit code."""
        exit_code = process.wait()
        with self._lock:
            self._running.discard(process)
        return exit_code

    def terminate_all(self) -> None:
        """Terminate all processes that still run."""
        with self._lock:
            running = list(self._running)
        for process in running:
            terminate_process(process)


def terminate_process(process: subprocess.Popen[bytes]) -> None:
    """Terminate a process, and kill it if it does not end in time."""
    process.terminate()
    try:
        process.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
