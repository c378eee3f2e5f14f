"""`make bench`, `make bench-full`, `make fleet` and `make fleet-points`: the costs of a stack, and of many stacks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.environment import build_test_environment
from engine.messages import print_message
from engine.opentofu import provide_opentofu
from engine.processes import run_in_foreground

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from engine.project import Project


def bench(project: Project) -> int:
    """Run the benchmarks of 25 minutes; BENCH has other options, such as --report."""
    options = os.environ.get("BENCH", "").split()
    variables = {} if "--report" in options else provide_opentofu(project)
    return _run_python(project, project.root, ("-m", "benchmarks", *options), variables)


def run_full_benchmarks(project: Project) -> int:
    """Run the benchmarks with more sizes and latencies."""
    return _run_python(project, project.root, ("-m", "benchmarks", "--full"), provide_opentofu(project))


def rehearse_fleet(project: Project) -> int:
    """Update the stacks of generated sandboxes concurrently in an emulator; the variable FLEET has the options."""
    options = os.environ.get("FLEET", "").split()
    arguments = ("-m", "fleet_runner", "rehearse", "--folder", str(project.state / "fleet"), *options)
    return _run_python(
        project, _locate_fleet_example(project), arguments, {"PYTHONPATH": str(_locate_fleet_example(project))}
    )


def measure_fleet(project: Project) -> int:
    """Measure stacks and fleets, and write the numbers of docs/how-to/scale.md."""
    print_message("This takes five minutes on a machine that does nothing else.")
    arguments = ("-m", "benchmarks.fleet", "points")
    return _run_python(project, project.root, arguments, {"PYTHONPATH": str(_locate_fleet_example(project))})


def _locate_fleet_example(project: Project) -> Path:
    return project.root / "examples" / "fleet"


def _run_python(
    project: Project, folder: Path, arguments: Sequence[str], variables: Mapping[str, str] | None = None
) -> int:
    env = {**build_test_environment(project, os.environ), **(variables or {})}
    return run_in_foreground([project.python, *arguments], folder, env)
