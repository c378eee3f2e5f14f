"""A process of Pulumi's command line: its output survives this process, and a signal ends it in order."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import IO, Final

from adobe_flow.private_folder import get_held_locks
from adobe_flow.safe_output import write_to_stderr


def run_process(
    command: Sequence[bytes], folder: Path, environment: Mapping[str, str], stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of Pulumi in a folder, and return its exit code and output.

    Args:
        command: The program and its arguments.
        folder: The folder in which it runs.
        environment: Its environment variables.
        stdin: The text on its standard input.
    """
    with _open_output() as stdout, _open_output() as stderr:
        with subprocess.Popen(  # noqa: S603 - the user's own Pulumi
            command,
            cwd=folder,
            env={**environment, "PULUMI_SKIP_UPDATE_CHECK": "true"},
            stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
            stdout=stdout or subprocess.PIPE,
            stderr=stderr or subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
            pass_fds=get_held_locks(),
        ) as process:
            piped = _communicate(process, stdin)
        output, error_output = (
            _read_from_start(file) if file else text for file, text in zip((stdout, stderr), piped, strict=True)
        )
    return subprocess.CompletedProcess(command, process.returncode, output, error_output)


def _open_output() -> IO[str] | nullcontext[None]:
    """Open a file in memory for the output of Pulumi; on a system without such files, a pipe is used instead.

    If this process is killed, Pulumi completes the operation that it has begun. A pipe without a reader would kill
    Pulumi at the next line that it prints, and it would leave a lock and pending operations.
    """
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("adobe-flow"), "w+", encoding="utf-8", errors="replace")  # noqa: PTH123 - no path
    return nullcontext()


def _read_from_start(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


def _communicate(process: subprocess.Popen[str], stdin: str | None) -> tuple[str, str]:
    """Wait until Pulumi ends. After a signal, interrupt it first, because a killed Pulumi leaves a lock."""
    try:
        return process.communicate(stdin)
    except KeyboardInterrupt:
        _end_process(process)
        raise


def _end_process(process: subprocess.Popen[str]) -> None:
    """Interrupt Pulumi and wait; send the next signal of `_ENDING_STEPS` after its time, or at another Ctrl-C."""
    with suppress(OSError):  # the terminal may be gone
        write_to_stderr("adobe-flow: stopping; Pulumi finishes the step that it has begun")
    for number, seconds in _ENDING_STEPS:
        process.send_signal(number)
        with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.communicate(timeout=seconds)
            return


_ENDING_STEPS: Final = ((signal.SIGINT, 120.0), (signal.SIGINT, 20.0), (signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0))
"""A second SIGINT makes Pulumi stop without waiting for its plugins."""
