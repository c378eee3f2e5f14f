"""Two stacks that create connections of the same names at once: a second one of a name must not go unnoticed."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tests.chaos.stacks import GRACE_SECONDS, CleanProject, declare, managed_ids, run, search
from tests.chaos.tally import Tally
from tests.emulator_process import EmulatorProcess
from tests.stack.project import StackProject
from tests.stack.running import RunningUp

_NAMES: Final = ("one", "two", "three", "four")


def two_stack_cases(folder: Path, seeds: Sequence[int]) -> list[Tally]:
    """Run `up` of two stacks at once, then `refresh` of both."""
    tallies = [Tally(f"engine, two stacks at once, ownership `{mode}`") for mode in ("description", "none")]
    with EmulatorProcess.start(folder / "two.sqlite", "--latency-ms", "60") as emulator:
        clean = [CleanProject(folder / f"two-{stack}", emulator, stack) for stack in ("first", "second")]
        for number, seed in enumerate(seeds):
            emulator.reset()
            projects = [each.begin(("description", "none")[number % 2]) for each in clean]
            _create_at_once(projects, seed, tallies[number % 2])
    return [tally for tally in tallies if tally.runs]


def _create_at_once(projects: Sequence[StackProject], seed: int, tally: Tally) -> None:
    chance = random.Random(seed)
    names = chance.sample(_NAMES, chance.randint(2, 4))
    for project in projects:
        declare(project, names, chance)
    first = RunningUp(projects[0])
    time.sleep(chance.uniform(0.0, 0.3))
    second = RunningUp(projects[1])
    outputs = [running.wait_for_all(GRACE_SECONDS)[0] for running in (first, second)]
    said = [f"{output}{run(project, 'refresh')}" for output, project in zip(outputs, projects, strict=True)]
    case, ids = f"two stacks, seed {seed}", [managed_ids(project) for project in projects]
    there = projects[0].emulator.connections()
    tally.runs += 1
    tally.compare_ids(case, {connection["id"] for connection in there}, ids[0] | ids[1])
    unreported = find_unreported(there, ids, said)
    tally.count("duplicates", len(unreported), case, f"no run reported the second one of {unreported}")
    search(case, tally, said, *projects)


def find_unreported(there: Sequence[Mapping[str, Any]], ids: Sequence[set[str]], said: Sequence[str]) -> list[str]:
    """Return the names of which both stacks have a connection while neither run has named the id of the other's."""
    pairs = [
        (mine, other)
        for mine in there
        for other in there
        if mine["name"] == other["name"] and mine["id"] in ids[0] and other["id"] in ids[1] - ids[0]
    ]
    return [mine["name"] for mine, other in pairs if other["id"] not in said[0] and mine["id"] not in said[1]]
