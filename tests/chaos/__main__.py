"""Runs a campaign and writes its table: `python -m tests.chaos --help`."""

from __future__ import annotations

import argparse
import os
import random
import re
import shlex
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.chaos.campaign import plan, run
from tests.chaos.import_cases import import_cases
from tests.chaos.import_cases import table as import_table
from tests.chaos.mistake_cases import mistake_cases
from tests.chaos.mistake_cases import table as mistake_table
from tests.chaos.tally import add_up, table

_SMALL: Final = {
    "kills": 12,
    "http_faults": 200,
    "engine_faults": 18,
    "two_stacks": 6,
    "threads": 4,
    "refreshes": 2,
    "connections": 500,
    "mistakes": 20,
    "imports": 1,
    "native_kills": 6,
    "native_engine_faults": 12,
    "native_crowds": 4,
    "native_mistakes": 11,
}
_FULL: Final = {
    **_SMALL,
    "kills": 50,
    "http_faults": 1000,
    "engine_faults": 100,
    "two_stacks": 20,
    "threads": 20,
    "refreshes": 20,
    "mistakes": 0,  # they have a campaign of their own
    "native_kills": 20,
    "native_engine_faults": 24,
    "native_crowds": 10,
    "native_mistakes": 0,
}
_NATIVE: Final = "native"
"""The kinds of the native adapter, for `--only`."""


def main() -> int:
    """Run it; the exit code says whether everything was clean."""
    given = _parse()
    command = f"python -m tests.chaos {shlex.join(sys.argv[1:])}".rstrip()
    sys.stdout.write(f"{command}, seed {given.seed}\n")
    chance, began = random.Random(given.seed), time.monotonic()
    shares = list(plan(given, chance))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tallies = add_up([*run(folder, shares, busy=False), *run(folder, shares, busy=True)])
        mistakes = mistake_cases(folder, given.mistakes, chance) if given.mistakes else []
        native_mistakes = mistake_cases(folder, given.native_mistakes, chance, _NATIVE) if given.native_mistakes else []
        imports = [tally for number in range(given.imports) for tally in import_cases(folder / f"imports-{number}")]
    minutes = (time.monotonic() - began) / 60
    head = f"Seed {given.seed}: `{command}`, {minutes:.0f} minutes on {os.cpu_count()} cores.\n\n"
    tables = {
        "native" if given.only == _NATIVE else "chaos": f"{head}{table(tallies)}" if tallies else "",
        "mistakes": f"{head}{mistake_table(mistakes)}" if mistakes else "",
        "native-mistakes": f"{head}{mistake_table(native_mistakes)}" if native_mistakes else "",
        "imports": f"{head}{import_table(imports)}" if imports else "",
    }
    failures = [f"{tally.label}: {failure}" for tally in tallies for failure in tally.failures]
    failures += [failure for mistake in [*mistakes, *native_mistakes] for failure in mistake.failures]
    failures += [failure for sandbox in imports for failure in sandbox.failures]
    sys.stdout.write("\n".join(text for text in tables.values() if text))
    sys.stdout.writelines(f"{failure}\n" for failure in failures)
    for marker, text in tables.items():
        if given.report and text:
            _write(Path(given.report), marker, text)
    return 1 if failures else 0


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
    parser.add_argument("--threads", type=int, help="cases of 200 creates by up to 64 threads, without the engine")
    parser.add_argument("--refreshes", type=int, help="refreshes of many connections with faults in 5 %% of the reads")
    parser.add_argument("--connections", type=int, help="how many connections each of them reads")
    parser.add_argument("--mistakes", type=int, help="cases of a mistake in a program under `up`")
    parser.add_argument("--imports", type=int, help="rounds of export and import of 800 entities in three sandboxes")
    parser.add_argument("--native-kills", type=int, help="the same kills, on the native adapter")
    parser.add_argument("--native-engine-faults", type=int, help="the same faults and signals, on the native adapter")
    parser.add_argument("--native-crowds", type=int, help="kills under `up --parallel 64` of 64 connections")
    parser.add_argument("--native-mistakes", type=int, help="the same mistakes, on the native adapter")
    kinds = sorted(name.replace("_", "-") for name in _SMALL if name != "connections")
    parser.add_argument(
        "--only",
        choices=[*kinds, _NATIVE],
        help="this kind alone, or all native ones; the numbers of the others are 0 by default",
    )
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--report", help="the page whose table is to be written anew")
    given = parser.parse_args()
    for name, size in (_FULL if given.full else _SMALL).items():
        kind = name.replace("_", "-")
        is_chosen = given.only in (None, kind) or (given.only == _NATIVE and kind.startswith(_NATIVE))
        is_left_out = not is_chosen and name != "connections"
        if getattr(given, name) is None:
            setattr(given, name, 0 if is_left_out else size)
    return given


if __name__ == "__main__":
    sys.exit(main())
