"""The meter of one command with all its processes: `python -m benchmarks.meter FILE COMMAND…`.

It is a process of its own, because it adopts the processes that the command leaves behind (Linux, prctl(2)): the
engine kills its plugins without waiting for them, and the CPU of a process without a waiting parent is not counted.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

import psutil

_ADOPT_ORPHANS: Final = 36
"""PR_SET_CHILD_SUBREAPER."""
_INTERVAL: Final = 0.1
"""Seconds between two samples of the memory, each of which costs a millisecond or two."""
_GRACE: Final = 5.0
"""Seconds that a plugin has to end after its engine."""


def main(arguments: list[str]) -> int:
    """Run the command with the input and output of this process, write its usage, and return its exit code."""
    file, *command = arguments
    ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
    memory = _PeakMemoryThread()
    start = time.monotonic()
    child = subprocess.Popen(command)  # noqa: S603 - the benchmark's own command
    memory.start()
    exit_code = child.wait()
    wall = time.monotonic() - start
    memory.stop()
    _wait_for_orphans()
    resources = resource.getrusage(resource.RUSAGE_CHILDREN)
    usage = {"wall": wall, "cpu": resources.ru_utime + resources.ru_stime, "memory": memory.peak}
    Path(file).write_text(json.dumps(usage), encoding="utf-8")
    return exit_code


class _PeakMemoryThread(threading.Thread):
    """A thread that measures the peak resident memory of all descendants in bytes; shared pages count twice."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._stopped = threading.Event()

    def run(self) -> None:
        process = psutil.Process()
        while not self._stopped.wait(_INTERVAL):
            self.peak = max(self.peak, sum(_read_resident_memory(child) for child in process.children(recursive=True)))

    def stop(self) -> None:
        self._stopped.set()
        self.join()


def _read_resident_memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _wait_for_orphans() -> None:
    """Wait for the plugins, so that their CPU counts, and kill those that do not end."""
    deadline = time.monotonic() + _GRACE
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            if time.monotonic() > deadline:
                for child in psutil.Process().children(recursive=True):
                    child.send_signal(signal.SIGKILL)
            time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
