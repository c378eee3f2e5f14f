"""Runs a long command: its output goes to a log file, and a line now and then shows that it goes on."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_LAST_LINES = 6


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    exit_code: int
    log: Path

    def last_lines(self) -> str:
        """The end of what it said."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return "\n".join(lines[-_LAST_LINES:])


def watched(
    command: Sequence[str | Path], *, log: Path, env: Mapping[str, str], cwd: Path, every: float = 10.0
) -> Outcome:
    """Run the command to its end; every so many seconds a line says how long it takes and what it said last."""
    log.parent.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - the callers' own commands
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=env, cwd=cwd
        )
    try:
        while True:
            try:
                return Outcome(process.wait(every), log)
            except subprocess.TimeoutExpired:
                say(_progress(log, time.monotonic() - begun))
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _progress(log: Path, seconds: float) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    last = lines[-1].strip()[:70] if lines else ""
    return f"  {int(seconds) // 60}:{int(seconds) % 60:02} min, {len(lines)} steps: {last}"
