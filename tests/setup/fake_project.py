"""A project in a temporary folder, and programs on its PATH that only play a part."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from engine.project import Project

ROOT = Path(__file__).resolve().parents[2]


def project_in(folder: Path) -> Project:
    """A project with the set-up's own files in it and nothing set up."""
    shutil.copytree(ROOT / "engine", folder / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "Makefile", folder / "Makefile")
    return Project(folder)


def run(root: Path, *command: str, path: str = "/usr/bin:/bin", **env: str) -> subprocess.CompletedProcess[str]:
    """The command in a folder, with hardly a variable of ours."""
    return subprocess.run(command, cwd=root, env={"PATH": path, **env}, capture_output=True, text=True, check=False)


def with_python(project: Project) -> Project:
    """The project with a virtual environment that has pip and nothing else."""
    base = Path(sys.base_prefix) / "bin" / "python3"
    command = [str(base), "-m", "venv", "--without-pip", "--system-site-packages", str(project.venv)]
    subprocess.run(command, check=True)
    return project


def program(path: Path, *lines: str) -> Path:
    """A shell script that plays a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    path.chmod(0o755)
    return path


def pulumi(folder: Path, version: str, *, host: bool = True) -> Path:
    """A Pulumi CLI that knows its version, with or without its language host."""
    if host:
        program(folder / "pulumi-language-python")
    return program(folder / "pulumi", f"echo v{version}")
