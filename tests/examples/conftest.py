"""The examples need the engine, and one of them a package that must not be in the project's own environment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def databricks_package() -> Path:
    """Installed apart: where `pulumi-databricks` is installed, every `pulumi up` looks for its plugin."""
    lock = Path(__file__).with_name("databricks.lock")
    folder = ROOT / ".tools" / f"databricks-{lock.read_text(encoding='utf-8').split()[0].partition('==')[2]}"
    if not (folder / "pulumi_databricks").is_dir():
        options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes")
        command = [sys.executable, "-m", "pip", "install", *options, "--target", str(folder), "-r", str(lock)]
        subprocess.run(command, check=True)
    return folder
