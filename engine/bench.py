"""`make bench` and `make bench-full`: what it costs, beside others."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.environment import of_tests
from engine.foreground import foreground

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
    return foreground(command, project.root, of_tests(project, os.environ))
