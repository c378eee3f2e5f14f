"""A Pulumi CLI on this machine: its path, its version, and whether it has its own language host for Python."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from engine.version import Version, parse_version

HOST = "pulumi-language-python"
_SECONDS = 30.0


@dataclass(frozen=True)
class Cli:
    """One CLI; without a version it cannot be run."""

    path: Path
    version: Version | None
    has_host: bool
    failure: str = ""


def probe_cli(path: Path, search: str) -> Cli:
    """Run the CLI for its version, and search its language host: beside the real file, else on the search path."""
    has_host = (path.resolve().parent / HOST).exists() or shutil.which(HOST, path=search) is not None
    env = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        process = subprocess.run(  # noqa: S603 - a program that the user put on PATH or named
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
    failure = (process.stderr.strip() or process.stdout.strip() or f"exit code {process.returncode}").splitlines()[0]
    version = parse_version(process.stdout) if process.returncode == 0 else None
    return Cli(path, version, has_host, "" if version else failure)


def find_on_path(search: str, without: Path) -> Path | None:
    """Return the first `pulumi` of the search path outside the folder ``without``, which `make env` puts there."""
    folders = (folder for folder in search.split(os.pathsep) if folder)
    other_folders = [folder for folder in folders if not _is_inside(Path(folder), without)]
    path = shutil.which("pulumi", path=os.pathsep.join(other_folders)) if other_folders else None
    return Path(path).absolute() if path else None


def _is_inside(folder: Path, parent: Path) -> bool:
    return folder.resolve().is_relative_to(parent.resolve())
