"""Pulumi's own installer script, pinned to our version; it runs only with INSTALLER=official."""

from __future__ import annotations

import os
import signal
import subprocess
import urllib.request
from typing import TYPE_CHECKING

from engine.build import GO_MOD
from engine.messages import Problem, print_message
from engine.version import format_version, read_pulumi_version

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

_SCRIPT = "https://get.pulumi.com"
_SECONDS = 120.0


def locate_official_cli(project: Project) -> Path:
    """Return the folder into which the installer puts the CLI."""
    return project.tools / f"official-{format_version(read_pulumi_version(GO_MOD))}"


def install_cli(project: Project, script: str = _SCRIPT, seconds: float = _SECONDS) -> Path:
    """Install the CLI by Pulumi's script and return its path; an attempt ends after two minutes."""
    version = format_version(read_pulumi_version(GO_MOD))
    print_message(f"Installing Pulumi {version} into .tools by Pulumi's own installer ({script}).")
    try:
        with urllib.request.urlopen(script, timeout=seconds) as response:  # noqa: S310 - a fixed https address
            text: bytes = response.read()
        _run_script(project, text, seconds)
    except (OSError, subprocess.SubprocessError) as error:
        raise Problem(
            f"Pulumi's own installer failed: {error}. Leave INSTALLER out to build the CLI, or name a CLI with "
            "PULUMI=/path/to/pulumi."
        ) from None
    return locate_official_cli(project) / "bin" / "pulumi"


def _run_script(project: Project, script: bytes, seconds: float) -> None:
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
            process.communicate(script, timeout=seconds)
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            raise
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, "the installer script")
