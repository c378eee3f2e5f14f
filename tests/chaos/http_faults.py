"""Random faults below one operation after the other, without an engine: provider processes that come and go."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.chaos.one_stack import Stack, heal, policy, up
from tests.chaos.tally import Tally
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import SECRET, World, build_inputs

MODES: Final = ("description", "none")
"""The values of `adobe:ownership`."""
ROUTES: Final = (
    "POST /connections",
    "GET /connections",
    "GET /connections/{id}",
    "PATCH /connections/{id}",
    "DELETE /connections/{id}",
    "GET /connections/{id}/test",
    "GET /flows",
    "POST /ims/token/v3",
)
CUTS: Final[tuple[dict[str, Any], ...]] = ({"cut": "before"}, {"cut": "after"}, {"cut": "mid-body"})
UNREADABLE: Final[tuple[dict[str, Any], ...]] = (
    {"status": 200, "rawBody": "<html>welcome</html>", "afterEffect": True},
    {"status": 200, "body": ["a list"], "afterEffect": True},
    {"status": 200, "body": {"errorMessage": "inside"}, "afterEffect": True},
)
FAULTS: Final[tuple[dict[str, Any], ...]] = (
    *CUTS,
    {"staleEtag": True},
    *({"status": status} for status in (400, 401, 403, 409, 412, 422, 500, 502, 503, 504)),
    # Of a proxy; that of Flow Service itself is the truth.
    {"status": 404, "rawBody": "<html>not here</html>"},
    *({"status": status, "afterEffect": True} for status in (500, 502, 503, 504)),
    {"status": 429, "headers": {"Retry-After": "3"}},
    {"status": 429, "headers": {"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"}},
    {"status": 429},
    {"status": 500, "rawBody": f"<html>{SECRET}</html>"},
    {"status": 400, "body": {"errorMessage": f"bad {SECRET}"}},
    *UNREADABLE,
    {"status": 302, "headers": {"Location": "http://127.0.0.1:9/"}},
)


def http_cases(folder: Path, seeds: Sequence[int]) -> list[Tally]:
    """Run a case for each seed, with and without ownership lines in turn."""
    tallies = [Tally(f"HTTP, ownership `{mode}`") for mode in MODES]
    with EmulatorProcess.start(folder / "http.sqlite") as emulator:
        for number, seed in enumerate(seeds):
            faulted(World(emulator), seed, tallies[number % 2], MODES[number % 2])
    return [tally for tally in tallies if tally.runs]


def faulted(world: World, seed: int, tally: Tally, ownership: str) -> None:
    """One case: two sets are declared one after the other, each under faults until an `up` without any heals it.

    A set changes only once it stands: nobody can know of what a failed create made, if the program no longer names it.
    """
    chance = random.Random(seed)
    world.emulator.reset()
    stack, said = Stack(), []
    for _ in range(2):
        declared = _declared(chance)
        for _ in range(chance.randint(1, 2)):
            fault = {**chance.choice(FAULTS), "times": chance.choice((1, 1, 2, 8)), "nth": chance.choice((1, 1, 2))}
            world.emulator.fault(chance.choice(ROUTES), **fault)
            tally.faults += 1
            said += up(world.start_process(policy(ownership)), stack, declared)
        world.emulator.clear_faults()
        said += heal(world, stack, declared, ownership)
    tally.runs += 1
    case = f"seed {seed}, ownership {ownership}"
    tally.compare(case, set(declared), world.list_connections(), {id_ for id_, _ in stack.kept.values()})
    tally.search(case, "\n".join(said), [SECRET, "emulator-client-secret"])


def _declared(chance: random.Random) -> dict[str, dict[str, Any]]:
    names = chance.sample(("a", "b", "c"), chance.randint(1, 3))
    return {
        name: build_inputs(
            name=name,
            clusterId=chance.choice(("one", "two")),
            accessToken=SECRET,
            owner=f"project/dev/{name}",
        )
        for name in names
    }
