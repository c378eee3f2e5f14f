"""Programs that the set-up runs: in the foreground of the terminal, or for minutes with lines about the progress."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from engine.messages import print_message
from engine.signals import EndedBySignal

_LAST_LINES = 6
_POLL_SECONDS = 0.2
CANCELLED = -1
"""The exit code of a command that another thread has ended."""


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


@dataclass(frozen=True)
class LongCommand:
    """A command that runs for minutes.

    Attributes:
        title: What it provides. The lines about its progress begin with it, since two commands may run at once.
        command: The program and its arguments.
        log: The file for its output.
        env: Its environment.
        cwd: Its working directory.
    """

    title: str
    command: Sequence[str | Path]
    log: Path
    env: Mapping[str, str]
    cwd: Path


def run_with_progress(long: LongCommand, *, interval: float = 10.0, cancelled: Event | None = None) -> Outcome:
    """Run a command with its output in a log file; every ``interval`` seconds a line shows the progress.

    Args:
        long: The command.
        interval: The seconds between two lines.
        cancelled: Is set by another thread to end the command.
    """
    log = long.log
    log.parent.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - the callers' own commands
            list(map(str, long.command)),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=long.env,
            cwd=long.cwd,
        )
    try:
        next_line = start + interval
        while True:
            try:
                return Outcome(process.wait(min(interval, _POLL_SECONDS)), log)
            except subprocess.TimeoutExpired:
                now = time.monotonic()
            if cancelled is not None and cancelled.is_set():
                return Outcome(CANCELLED, log)
            if now >= next_line:
                print_message(_format_progress(long.title, log, now - start))
                next_line = now + interval
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _format_progress(title: str, log: Path, seconds: float) -> str:
    lines = _read_lines(log)
    last_line = lines[-1].strip()[:70] if lines else ""
    return f"  {title}: {int(seconds) // 60}:{int(seconds) % 60:02} min, {len(lines)} steps: {last_line}"


def _read_lines(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
