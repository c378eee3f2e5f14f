"""Runs a campaign and writes its table: `python -m tests.chaos --help`."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
import shlex
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tests.chaos.engine_cases import fault_cases, kill_cases
from tests.chaos.http_faults import http_cases
from tests.chaos.load import busy_cores
from tests.chaos.mistake_cases import mistake_cases
from tests.chaos.mistake_cases import table as mistake_table
from tests.chaos.refresh_cases import refresh_cases
from tests.chaos.tally import Tally, add_up, table
from tests.chaos.two_stacks import two_stack_cases

Cases = Callable[[Path, Sequence[int]], list[Tally]]

_SMALL: Final = {
    "kills": 12,
    "http_faults": 200,
    "engine_faults": 18,
    "two_stacks": 6,
    "refreshes": 2,
    "connections": 500,
    "mistakes": 20,
}
_FULL: Final = {**_SMALL, "kills": 50, "http_faults": 1000, "engine_faults": 100, "two_stacks": 20, "refreshes": 20}
_SHARE: Final = 6
"""Cases that one process runs on one emulator: a multiple of the number of modes, so that each has its turn."""


@dataclass(frozen=True)
class _Share:
    """Some cases of one kind, for one process."""

    cases: Cases
    seeds: Sequence[int]
    busy: bool = False

    def run(self, folder: Path) -> list[Tally]:
        folder.mkdir()
        return self.cases(folder, self.seeds)


def main() -> int:
    """Run it; the exit code says whether everything was clean."""
    given = _parse()
    command = f"python -m tests.chaos {shlex.join(sys.argv[1:])}".rstrip()
    sys.stdout.write(f"{command}, seed {given.seed}\n")
    chance, began = random.Random(given.seed), time.monotonic()
    shares = list(_plan(given, chance))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tallies = add_up([*_run(folder, shares, busy=False), *_run(folder, shares, busy=True)])
        mistakes = mistake_cases(folder, given.mistakes, chance) if given.mistakes else []
    minutes = (time.monotonic() - began) / 60
    head = f"Seed {given.seed}: `{command}`, {minutes:.0f} minutes on {os.cpu_count()} cores.\n\n"
    text, mistakes_text = f"{head}{table(tallies)}", f"{head}{mistake_table(mistakes)}"
    failures = [f"{tally.label}: {failure}" for tally in tallies for failure in tally.failures]
    failures += [failure for tally in mistakes for failure in tally.failures]
    sys.stdout.write(f"{text}\n{mistake_table(mistakes)}")
    sys.stdout.writelines(f"{failure}\n" for failure in failures)
    if given.report and tallies:
        _write(Path(given.report), "chaos", text)
    if given.report and mistakes:
        _write(Path(given.report), "mistakes", mistakes_text)
    return 1 if failures else 0


def _plan(given: argparse.Namespace, chance: random.Random) -> Iterator[_Share]:
    """Split the cases into shares, the longest first. A seed gives the same cases whatever runs at once."""
    kinds: list[tuple[Cases, int, int, bool]] = [
        (partial(refresh_cases, connections=given.connections), given.refreshes, -(-given.refreshes // _CORES), False),
        (fault_cases, given.engine_faults, _SHARE, False),
        (kill_cases, given.kills - given.kills // 2, _SHARE, False),
        (partial(kill_cases, busy=True), given.kills // 2, _SHARE, True),
        (two_stack_cases, given.two_stacks, _SHARE, False),
        (http_cases, given.http_faults, 100, False),
    ]
    for cases, number, size, busy in kinds:
        seeds = [chance.randrange(2**32) for _ in range(number)]
        for first in range(0, number, size):
            yield _Share(cases, seeds[first : first + size], busy)


def _run(folder: Path, shares: Sequence[_Share], *, busy: bool) -> Iterator[Tally]:
    """Run the shares, one per core at once; those that want busy cores get them."""
    chosen = [(number, share) for number, share in enumerate(shares) if share.busy is busy]
    spawn = multiprocessing.get_context("spawn")
    with busy_cores() if busy and chosen else nullcontext(), ProcessPoolExecutor(_CORES, spawn) as pool:
        results = [pool.submit(share.run, folder / f"share-{number}") for number, share in chosen]
        for result in results:
            yield from result.result()


_CORES: Final = os.cpu_count() or 1


def _write(page: Path, marker: str, text: str) -> None:
    """Put the table between the markers of a page."""
    old = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {marker} -->\n", f"<!-- /{marker} -->"
    page.write_text(re.sub(f"{begin}.*?{end}", lambda _: f"{begin}{text}{end}", old, flags=re.DOTALL), encoding="utf-8")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description="Crashes and faults at random moments.")
    parser.add_argument("--full", action="store_true", help="the sizes of a whole campaign, not the small ones")
    parser.add_argument("--http-faults", type=int, help="cases without the engine")
    parser.add_argument("--engine-faults", type=int, help="cases of `up`, `refresh`, `destroy` with faults or a signal")
    parser.add_argument("--kills", type=int, help="cases of a kill -9 under `up`, half of them with busy cores")
    parser.add_argument("--two-stacks", type=int, help="cases of two stacks that run `up` at once")
    parser.add_argument("--refreshes", type=int, help="refreshes of many connections with faults in 5 %% of the reads")
    parser.add_argument("--connections", type=int, help="how many connections each of them reads")
    parser.add_argument("--mistakes", type=int, help="cases of a mistake in a program under `up`")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--report", help="the page whose table is to be written anew")
    given = parser.parse_args()
    for name, size in (_FULL if given.full else _SMALL).items():
        if getattr(given, name) is None:
            setattr(given, name, size)
    return given


if __name__ == "__main__":
    sys.exit(main())
