"""Busy cores: what a loaded machine does to the order in which things happen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_BURN: Final = """
import os, sys, time
parent, ends = int(sys.argv[1]), time.monotonic() + float(sys.argv[2])
while os.getppid() == parent and time.monotonic() < ends:
    for _ in range(1_000_000):
        pass
"""


@contextmanager
def busy_cores(limit_seconds: float = 3600) -> Iterator[None]:
    """Keep every core busy; after the limit, or without the process that asked for it, the load ends by itself."""
    command = [sys.executable, "-c", _BURN, str(os.getpid()), str(limit_seconds)]
    burners = [subprocess.Popen(command) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()
