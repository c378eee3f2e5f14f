"""Runs a campaign and writes its table: `python -m tests.chaos --help`."""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from pathlib import Path

from tests.chaos.engine_cases import fault_cases, kill_cases
from tests.chaos.http_faults import faulted
from tests.chaos.mistake_cases import mistake_cases
from tests.chaos.mistake_cases import table as mistake_table
from tests.chaos.tally import Tally, table
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World

MODES = ("description", "none")


def main() -> int:
    """Run it; the exit code says whether everything was clean."""
    given = _parse()
    sys.stdout.write(f"seed {given.seed}\n")
    chance = random.Random(given.seed)
    tallies: list[Tally] = []
    with tempfile.TemporaryDirectory() as folder:
        tallies += _http(Path(folder), given.http_faults, chance)
        tallies += fault_cases(Path(folder), given.engine_faults, chance)
        tallies += kill_cases(Path(folder), given.kills, chance)
        mistakes = mistake_cases(Path(folder), given.mistakes, chance) if given.mistakes else []
    text = table(tallies)
    sys.stdout.write(text)
    for tally in tallies:
        for failure in tally.failures:
            sys.stdout.write(f"{tally.label}: {failure}\n")
    mistakes_table = mistake_table(mistakes)
    sys.stdout.write(mistakes_table)
    sys.stdout.writelines(f"{failure}\n" for tally in mistakes for failure in tally.failures)
    if given.report and tallies:
        _write(Path(given.report), "chaos", f"Seed {given.seed}.\n\n{text}")
    if given.report and mistakes:
        _write(Path(given.report), "mistakes", f"Seed {given.seed}.\n\n{mistakes_table}")
    return 0 if all(tally.is_clean for tally in tallies) and not any(tally.failures for tally in mistakes) else 1


def _http(folder: Path, cases: int, chance: random.Random) -> list[Tally]:
    tallies = [Tally(f"HTTP, ownership `{mode}`") for mode in MODES]
    with EmulatorProcess.start(folder / "http.sqlite") as emulator:
        for number in range(cases):
            tally, mode = tallies[number % 2], MODES[number % 2]
            faulted(World(emulator), chance.randrange(2**32), tally, mode)
    return tallies if cases else []


def _write(page: Path, marker: str, text: str) -> None:
    """Put the table between the markers of a page."""
    old = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {marker} -->\n", f"<!-- /{marker} -->"
    page.write_text(re.sub(f"{begin}.*?{end}", lambda _: f"{begin}{text}{end}", old, flags=re.DOTALL), encoding="utf-8")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description="Crashes and faults at random moments.")
    parser.add_argument("--http-faults", type=int, default=200, help="cases without the engine")
    parser.add_argument("--engine-faults", type=int, default=10, help="cases of a fault under `pulumi up`")
    parser.add_argument("--kills", type=int, default=10, help="cases of a kill -9 under `pulumi up`")
    parser.add_argument("--mistakes", type=int, default=40, help="cases of a mistake in a program under `pulumi up`")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--report", help="the page whose table is to be written anew")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
