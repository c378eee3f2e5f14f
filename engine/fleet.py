"""`make fleet`: the example of many sandboxes, against an emulator of its own; and what such a fleet costs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.environment import of_tests
from engine.foreground import foreground
from engine.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from engine.project import Project


def fleet(project: Project) -> int:
    """Bring the stacks of made-up sandboxes up, a few at once; FLEET has the options, .state/fleet what is kept."""
    options = os.environ.get("FLEET", "").split()
    folder = project.state / "fleet"
    command = ("-m", "fleet_runner", "rehearse", "--folder", str(folder), *options)
    return _python(project, _example(project), command)


def points(project: Project) -> int:
    """Measure what stacks and fleets cost, and write docs/scale.md's numbers and pictures anew."""
    say("On a machine that does nothing else this takes five minutes.")
    return _python(project, project.root, ("-m", "benchmarks.fleet", "points"))


def _example(project: Project) -> Path:
    return project.root / "examples" / "fleet"


def _python(project: Project, folder: Path, arguments: Sequence[str]) -> int:
    env = {**of_tests(project, os.environ), "PYTHONPATH": str(_example(project))}
    return foreground([project.python, *arguments], folder, env)
