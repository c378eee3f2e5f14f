"""Pulumi's own installer script, pinned to our version; it runs only where somebody asks for it."""

from __future__ import annotations

import os
import signal
import subprocess
import urllib.request
from typing import TYPE_CHECKING

from engine.build import GO_MOD
from engine.problem import Problem
from engine.say import say
from engine.version import of_pulumi, shown

if TYPE_CHECKING:
    from pathlib import Path

    from engine.project import Project

_SCRIPT = "https://get.pulumi.com"
_SECONDS = 120.0


def folder(project: Project) -> Path:
    """Where the installer puts the CLI."""
    return project.tools / f"official-{shown(of_pulumi(GO_MOD))}"


def fetch(project: Project, script: str = _SCRIPT, seconds: float = _SECONDS) -> Path:
    """The installed CLI's path; given up after two minutes."""
    say(f"Pulumi's own installer ({script}) brings Pulumi {shown(of_pulumi(GO_MOD))} into .tools")
    try:
        with urllib.request.urlopen(script, timeout=seconds) as answer:  # noqa: S310 - a fixed https address
            text: bytes = answer.read()
        _run(project, text, seconds)
    except (OSError, subprocess.SubprocessError) as error:
        raise Problem(
            f"Pulumi's own installer failed: {error}. Leave INSTALLER out to build the CLI here, or name one with "
            "PULUMI=/path/to/pulumi."
        ) from None
    return folder(project) / "bin" / "pulumi"


def _run(project: Project, script: bytes, seconds: float) -> None:
    version = shown(of_pulumi(GO_MOD))
    command = ["sh", "-s", "--", "--version", version, "--install-root", str(folder(project)), "--no-edit-path"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as process:  # noqa: S603 - see above
        try:
            process.communicate(script, timeout=seconds)
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            raise
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, "the installer script")
