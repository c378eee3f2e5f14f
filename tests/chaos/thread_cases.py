"""Random faults below many creates at once: an adapter whose threads are as many as the engine's `--parallel`."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pulumi_adobe.lifecycle.errors import PartialFailure
from tests.chaos.tally import Tally
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.thread_pool import Outcomes, build_many, create_all, start_process
from tests.provider.lifecycle.world import SECRET, WITH_OWNERSHIP, World

_ROUTES: Final = ("POST /connections", "GET /connections", "POST /ims/token/v3")
_FAULTS: Final[tuple[dict[str, Any], ...]] = (
    {"cut": "before"},
    {"cut": "after"},
    {"cut": "mid-body"},
    {"status": 429, "headers": {"Retry-After": "1"}},
    {"status": 401},
    {"status": 503},
    {"status": 503, "afterEffect": True},
    {"delayMs": 1500},
)
_ATTEMPTS: Final = 4
"""Each is an `up`: the last one has no faults."""


def thread_cases(folder: Path, seeds: Sequence[int], connections: int) -> list[Tally]:
    """Run a case for each seed."""
    tally = Tally("creates by many threads")
    with EmulatorProcess.start(folder / "threads.sqlite") as emulator:
        for seed in seeds:
            create_under_faults(World(emulator), seed, tally, connections)
    return [tally]


def create_under_faults(world: World, seed: int, tally: Tally, connections: int) -> None:
    """Create so many connections by processes that meet faults, until one without them finishes what is left."""
    chance = random.Random(seed)
    world.emulator.reset()
    threads, inputs = chance.choice((8, 10, 64)), build_many(connections)
    held: dict[str, str] = {}
    messages: list[str] = []
    for attempt in range(_ATTEMPTS):
        left = [each for each in inputs if each["owner"] not in held]
        for _ in range(chance.randint(1, 4) if attempt < _ATTEMPTS - 1 else 0):
            fault = {**chance.choice(_FAULTS), "nth": chance.randint(1, 40), "times": chance.choice((1, 3, 10))}
            world.emulator.fault(chance.choice(_ROUTES), **fault)
            tally.faults += 1
        process = start_process(world, threads, options=WITH_OWNERSHIP)
        outcomes = create_all(process, left, threads)
        world.emulator.clear_faults()
        held.update(_list_held(outcomes))
        messages += [*process.messages, *map(str, outcomes.errors)]
    tally.runs += 1
    case = f"seed {seed}, {threads} threads"
    tally.compare(case, {each["name"] for each in inputs}, world.list_connections(), set(held.values()))
    tally.search(case, "\n".join(messages), [SECRET, "emulator-client-secret"])


def _list_held(outcomes: Outcomes) -> dict[str, str]:
    """Return the ids that a state would hold, by owner."""
    created = {str(each.outputs["owner"]): each.id for each in outcomes.created}
    failed = {str(each.outputs["owner"]): each.id for each in outcomes.errors if isinstance(each, PartialFailure)}
    return {**created, **failed}
