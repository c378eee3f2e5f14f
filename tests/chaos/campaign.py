"""The cases of a campaign in shares, which run in processes of their own, one per core."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tests.chaos.engine_cases import crowd_cases, fault_cases, kill_cases
from tests.chaos.http_faults import http_cases
from tests.chaos.load import busy_cores
from tests.chaos.refresh_cases import refresh_cases
from tests.chaos.tally import Tally
from tests.chaos.thread_cases import thread_cases
from tests.chaos.two_stacks import two_stack_cases

Cases = Callable[[Path, Sequence[int]], list[Tally]]

_CORES: Final = os.cpu_count() or 1
_BY_THREADS: Final = 200
"""The connections of a case with many threads."""


@dataclass(frozen=True)
class Share:
    """Some cases of one kind, for one process."""

    cases: Cases
    seeds: Sequence[int]
    busy: bool = False

    def run(self, folder: Path) -> list[Tally]:
        folder.mkdir()
        return self.cases(folder, self.seeds)


def plan(sizes: argparse.Namespace, chance: random.Random) -> Iterator[Share]:
    """Split the cases into shares, the longest first. A seed gives the same cases whatever runs at once."""
    per_core = max(1, -(-sizes.refreshes // _CORES))
    # The size of a share is a multiple of the number of modes, so that each has its turn.
    kinds: list[tuple[Cases, int, int, bool]] = [
        (partial(refresh_cases, connections=sizes.connections), sizes.refreshes, per_core, False),
        (fault_cases, sizes.engine_faults, 6, False),
        (kill_cases, sizes.kills - sizes.kills // 2, 3, False),
        (partial(kill_cases, busy=True), sizes.kills // 2, 3, True),
        (partial(kill_cases, adapter="native"), sizes.native_kills, 3, False),
        (partial(fault_cases, adapter="native"), sizes.native_engine_faults, 6, False),
        (crowd_cases, sizes.native_crowds, 2, False),
        (two_stack_cases, sizes.two_stacks, 4, False),
        (partial(thread_cases, connections=_BY_THREADS), sizes.threads, 2, False),
        (http_cases, sizes.http_faults, 100, False),
    ]
    for cases, number, size, busy in kinds:
        seeds = [chance.randrange(2**32) for _ in range(number)]
        for first in range(0, number, size):
            yield Share(cases, seeds[first : first + size], busy)


def run(folder: Path, shares: Sequence[Share], *, busy: bool) -> Iterator[Tally]:
    """Run the shares, one per core at once; those that want busy cores get them."""
    chosen = [(number, share) for number, share in enumerate(shares) if share.busy is busy]
    spawn = multiprocessing.get_context("spawn")
    with busy_cores() if busy and chosen else nullcontext(), ProcessPoolExecutor(_CORES, spawn) as pool:
        results = [pool.submit(share.run, folder / f"share-{number}") for number, share in chosen]
        for (_, share), result in zip(chosen, results, strict=True):
            try:
                yield from result.result()
            except Exception as error:  # noqa: BLE001 - the other shares go on, and the table shows it
                broken = Tally("broken off")
                broken.fail(f"the cases with the seeds {share.seeds}: {error}")
                yield broken
