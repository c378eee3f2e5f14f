"""A Pulumi CLI on this machine: where it is, how old, and whether it brings its own language host for Python."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from engine.version import Version, parse

HOST = "pulumi-language-python"
_SECONDS = 30.0


@dataclass(frozen=True)
class Cli:
    """What a look at one CLI found; without a version it cannot be run."""

    path: Path
    version: Version | None
    has_host: bool
    failure: str = ""


def probe(path: Path, search: str) -> Cli:
    """Ask the CLI for its version, and look for its language host: beside the real file, else on the search path."""
    has_host = (path.resolve().parent / HOST).exists() or shutil.which(HOST, path=search) is not None
    env = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        done = subprocess.run(  # noqa: S603 - a program that the user put on PATH or named
            [str(path), "version"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
            env=env,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Cli(path, None, has_host, str(error))
    failure = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()[0]
    version = parse(done.stdout) if done.returncode == 0 else None
    return Cli(path, version, has_host, "" if version else failure)


def on_path(search: str, without: Path) -> Path | None:
    """The first `pulumi` of the search path; a folder of our own, which `make env` puts there, does not count."""
    folders = (folder for folder in search.split(os.pathsep) if folder)
    others = [folder for folder in folders if not _inside(Path(folder), without)]
    found = shutil.which("pulumi", path=os.pathsep.join(others)) if others else None
    return Path(found).absolute() if found else None


def _inside(folder: Path, parent: Path) -> bool:
    return folder.resolve().is_relative_to(parent.resolve())
