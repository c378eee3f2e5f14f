"""The packages of a plugin that Pulumi has unpacked: installed into a virtual environment of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

_REQUIREMENTS: Final = "requirements.txt"


def install_plugin_packages(folder: Path, options: Mapping[str, object]) -> Iterator[bytes]:
    """Install what the plugin's `requirements.txt` names, and yield the output. Raises CalledProcessError."""
    venv = folder / str(options.get("virtualenv") or "venv")
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    for command in ([sys.executable, "-m", "venv", str(venv)], [*pip, "-r", _REQUIREMENTS]):
        process = subprocess.run(command, cwd=folder, capture_output=True, check=True)  # noqa: S603 - Python's own
        yield process.stdout
