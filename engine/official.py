"""Pulumi's own installer script, pinned to our version; it runs only with INSTALLER=official."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.request
from typing import TYPE_CHECKING

from engine.build import GO_MOD
from engine.messages import Problem, print_message
from engine.version import format_version, read_pulumi_version

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from engine.project import Project

_SCRIPT = "https://get.pulumi.com"
_SECONDS = 120.0
_POLL_SECONDS = 0.2


def locate_official_cli(project: Project) -> Path:
    """Return the folder into which the installer puts the CLI."""
    return project.tools / f"official-{format_version(read_pulumi_version(GO_MOD))}"


def install_cli(
    project: Project, script: str = _SCRIPT, seconds: float = _SECONDS, cancelled: Event | None = None
) -> Path:
    """Install the CLI by Pulumi's script and return its path.

    Args:
        project: The clone.
        script: The address of the script.
        seconds: How long the download, and then the script, may take.
        cancelled: Is set by another thread to end the script.
    """
    version = format_version(read_pulumi_version(GO_MOD))
    print_message(f"Installing Pulumi {version} into .tools by Pulumi's own installer ({script}).")
    try:
        with urllib.request.urlopen(script, timeout=seconds) as response:  # noqa: S310 - a fixed https address
            text: bytes = response.read()
        _run_script(project, text, seconds, cancelled)
    except (OSError, subprocess.SubprocessError) as error:
        raise Problem(
            f"Pulumi's own installer failed: {error}. Leave INSTALLER out to build the CLI, or name a CLI with "
            "PULUMI=/path/to/pulumi."
        ) from None
    return locate_official_cli(project) / "bin" / "pulumi"


def _run_script(project: Project, script: bytes, seconds: float, cancelled: Event | None) -> None:
    version = format_version(read_pulumi_version(GO_MOD))
    command = [
        "sh",
        "-s",
        "--",
        "--version",
        version,
        "--install-root",
        str(locate_official_cli(project)),
        "--no-edit-path",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as process:  # noqa: S603 - see above
        try:
            _feed_until_end(process, script, seconds, cancelled)
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            raise
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, "the installer script")


def _feed_until_end(process: subprocess.Popen[bytes], script: bytes, seconds: float, cancelled: Event | None) -> None:
    """Give the script to the shell and wait for its end. Raises TimeoutExpired, also if another thread cancels."""
    deadline = time.monotonic() + seconds
    unsent: bytes | None = script
    while True:
        try:
            process.communicate(unsent, timeout=_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            # A second call goes on sending what the first one was given.
            unsent = None
            if time.monotonic() > deadline or (cancelled is not None and cancelled.is_set()):
                raise
        else:
            return
