"""Runs one command and writes what it took, all its processes together: `python -m benchmarks.meter FILE COMMAND…`.

A process of its own, because it adopts the processes that the command leaves behind (Linux, prctl(2)): the engine
kills its plugins without waiting for them, and what nobody waits for is in nobody's account.
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
_EVERY: Final = 0.1
"""Seconds between two looks at the memory: often enough for runs of seconds, and a look costs a millisecond or two."""
_GRACE: Final = 5.0
"""Seconds that a plugin has to end after its engine."""


def main(arguments: list[str]) -> int:
    """Run the command with this process's own input and output; its exit code."""
    file, *command = arguments
    ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
    memory = _Memory()
    before = time.monotonic()
    child = subprocess.Popen(command)  # noqa: S603 - the benchmark's own command
    memory.start()
    exit_code = child.wait()
    wall = time.monotonic() - before
    memory.stop()
    _wait_for_orphans()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "memory": memory.peak}
    Path(file).write_text(json.dumps(taken), encoding="utf-8")
    return exit_code


class _Memory(threading.Thread):
    """Looks at the resident memory of all descendants, in bytes; pages that two of them share count twice."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._ended = threading.Event()

    def run(self) -> None:
        itself = psutil.Process()
        while not self._ended.wait(_EVERY):
            self.peak = max(self.peak, sum(_resident(each) for each in itself.children(recursive=True)))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _wait_for_orphans() -> None:
    """Take what the plugins used into the account; what does not end by itself is ended."""
    until = time.monotonic() + _GRACE
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            if time.monotonic() > until:
                for each in psutil.Process().children(recursive=True):
                    each.send_signal(signal.SIGKILL)
            time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
