"""`make bench` and `make bench-full`: what it costs, beside others."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from engine.environment import of_tests

if TYPE_CHECKING:
    from engine.project import Project


def bench(project: Project) -> int:
    """The plan of minutes; BENCH has other options, such as --report."""
    return _run(project, *os.environ.get("BENCH", "").split())


def bench_full(project: Project) -> int:
    """More sizes and latencies."""
    return _run(project, "--full")


def _run(project: Project, *options: str) -> int:
    command = [str(project.python), "-m", "benchmarks", *options]
    env = of_tests(project, os.environ)
    return subprocess.run(command, check=False, cwd=project.root, env=env).returncode  # noqa: S603 - ours
