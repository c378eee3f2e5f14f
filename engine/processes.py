"""Programs that the set-up runs: in the foreground of the terminal, or for minutes with lines about the progress."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.messages import print_message
from engine.signals import EndedBySignal

_LAST_LINES = 6


def run_in_foreground(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str]) -> int:
    """Run the command with the terminal until it ends by itself, and return its exit code.

    The terminal sends Ctrl-C to the command, too, which then ends in order. `subprocess.run` would kill it after a
    quarter of a second: Pulumi would leave a lock, and its state would lack what it has just created. SIGTERM and
    SIGHUP may reach this process alone, so they are passed on as Ctrl-C, and raised again when the command has ended.
    """
    ending: EndedBySignal | None = None
    with subprocess.Popen(list(map(str, command)), cwd=cwd, env=env) as process:  # noqa: S603 - the callers' own
        while True:
            try:
                exit_code = process.wait()
                break
            except EndedBySignal as signal_received:
                ending = signal_received
                process.send_signal(signal.SIGINT)
            except KeyboardInterrupt:
                continue
    if ending is not None:
        raise ending
    return exit_code


@dataclass(frozen=True)
class Outcome:
    """The exit code of a command, and the file with its output."""

    exit_code: int
    log: Path

    def read_last_lines(self) -> str:
        """Return the last lines of the output."""
        return "\n".join(_read_lines(self.log)[-_LAST_LINES:])


def run_with_progress(
    command: Sequence[str | Path], *, log: Path, env: Mapping[str, str], cwd: Path, interval: float = 10.0
) -> Outcome:
    """Run a long command with its output in a log file; every ``interval`` seconds a line shows the progress."""
    log.parent.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - the callers' own commands
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=env, cwd=cwd
        )
    try:
        while True:
            try:
                return Outcome(process.wait(interval), log)
            except subprocess.TimeoutExpired:
                print_message(_format_progress(log, time.monotonic() - start))
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _format_progress(log: Path, seconds: float) -> str:
    lines = _read_lines(log)
    last_line = lines[-1].strip()[:70] if lines else ""
    return f"  {int(seconds) // 60}:{int(seconds) % 60:02} min, {len(lines)} steps: {last_line}"


def _read_lines(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
