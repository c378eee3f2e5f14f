"""`python -m benchmarks`: measures, keeps `results.json`, draws the pictures and prints the budget.

`--full` measures more sizes and latencies; `--report` measures nothing, and draws and prints what is kept.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import alone, budget, pictures, results, tables
from benchmarks.adobe import running
from benchmarks.plan import FULL, MINUTES, MOST, measure
from benchmarks.rounds import Field
from benchmarks.stack import Failed


def main(arguments: list[str]) -> int:
    """Measure, write and print; the exit code says whether the budget is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__, allow_abbrev=False)
    parser.add_argument("--full", action="store_true", help="more sizes and latencies: an hour instead of minutes")
    parser.add_argument("--report", action="store_true", help="measure nothing; draw and print what is kept")
    given = parser.parse_args(arguments)
    try:
        found = results.read() if given.report else _measured(full=given.full)
    except Failed:
        return 2
    if not given.report:
        found.write()
    pictures.draw(found)
    tables.write(found)
    lines = budget.rows(found)
    sys.stdout.write(f"\n{tables.for_terminal(lines)}\n")
    return 1 if budget.failed(lines) else 0


def _measured(*, full: bool) -> results.Results:
    with tempfile.TemporaryDirectory(prefix="flow-connections-bench-") as folder, running(Path(folder)) as adobe:
        field = Field(Path(folder), adobe, _say)
        measure(field, FULL if full else MINUTES)
    return results.Results(_about(full=full), tuple(field.runs), alone.imports(), alone.serialising(MOST))


def _about(*, full: bool) -> dict[str, Any]:
    """Where and with what it was measured."""
    cli = subprocess.run(["pulumi", "version"], capture_output=True, text=True, check=True)  # noqa: S607 - the one of PATH
    return {
        "command": "make bench-full" if full else "make bench",
        "date": datetime.now(timezone.utc).date().isoformat(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "cli": cli.stdout.strip().removeprefix("v"),
        "sdk": version("pulumi"),
    }


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
