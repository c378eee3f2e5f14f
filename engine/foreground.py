"""A program that has the terminal until it ends by itself."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


def foreground(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str]) -> int:
    """Run it; its exit code.

    The terminal sends Ctrl-C to it, too: it is waited for while it ends in order. `subprocess.run` would kill it after
    a quarter of a second, and Pulumi would leave a lock, and not know what it has just made.
    """
    with subprocess.Popen(list(map(str, command)), cwd=cwd, env=env) as process:  # noqa: S603 - the callers' own
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue
