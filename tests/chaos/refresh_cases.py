"""Refreshes of many connections while a part of the reads meets a fault: each must end well."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.chaos.http_faults import CUTS, UNREADABLE
from tests.chaos.stacks import TOKEN, keep_defects, managed_ids, search
from tests.chaos.tally import Tally
from tests.emulator_process import EmulatorProcess
from tests.stack.project import PROGRAMS, StackProject

_SHARE: Final = 0.05
_ROUTE: Final = "GET /connections/{id}"
_FAULTS: Final[tuple[dict[str, Any], ...]] = (
    *CUTS,
    *UNREADABLE,
    *({"status": status} for status in (500, 502, 503, 504)),
    {"status": 404, "rawBody": "<html>not here</html>"},
    {"status": 429},
    {"status": 429, "headers": {"Retry-After": "1"}},
)
"""Those of a read that a later attempt makes good (docs/reference/faults.md)."""


def refresh_cases(folder: Path, seeds: Sequence[int], connections: int) -> list[Tally]:
    """Create the connections once, and refresh them under other faults each time."""
    tally = Tally(f"engine, `refresh` of {connections}, a fault in {_SHARE:.0%} of the reads")
    with EmulatorProcess.start(folder / "refresh.sqlite") as emulator:
        project = StackProject(folder / "refresh", emulator, PROGRAMS / "many")
        project.write_config(**{"adobe:test": "off", "flow-connections:connections": connections})
        project.set_secret("flow-connections:token", TOKEN)
        project.longest_seconds = 900
        project.env = {"PULUMI_SKIP_CHECKPOINTS": "1", "PULUMI_EXPERIMENTAL": "1"}  # half the time
        project.up()
        project.env = keep_defects(project)
        ids = managed_ids(project)
        for seed in seeds:
            faults = choose_faults(random.Random(seed), requests=2 * connections)
            for fault in faults:
                emulator.fault(_ROUTE, **fault)
            outcome = project.pulumi("refresh", "--yes", "--skip-preview", succeeds=None)
            tally.runs += 1
            tally.faults += len(faults) - len(emulator.control("GET", "faults"))
            emulator.clear_faults()
            case = f"refresh, seed {seed}"
            if outcome.exit_code:
                tally.fail(f"{case}: {outcome.text[-2000:]}")
            tally.compare_ids(case, ids, managed_ids(project))
            search(case, tally, [outcome.text], project)
    return [tally]


def choose_faults(chance: random.Random, requests: int) -> list[dict[str, Any]]:
    """Return a random fault for `_SHARE` of the next requests."""
    places = [place for place in range(1, requests + 1) if chance.random() < _SHARE]
    # A request that meets a fault is not counted by those after it.
    return [{**chance.choice(_FAULTS), "nth": place - earlier} for earlier, place in enumerate(places)]
