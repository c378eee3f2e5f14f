"""Entry point: `python -m benchmarks` measures, writes `results.json`, pictures and tables, and prints the budget.

`--full` measures more sizes and latencies, `--native` the rows of the native adapter alone, and `--report` nothing: it
uses the stored results.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import budget, opentofu, pictures, program_costs, results, tables
from benchmarks.emulator import start_emulator
from benchmarks.plan import FULL, MINUTES, MOST, MeasurementPlan, measure_native, measure_plan
from benchmarks.results import MeasuredRun
from benchmarks.rounds import Comparison
from benchmarks.stack import CommandFailed


def main(arguments: list[str]) -> int:
    """Measure, write and print, and return 0 if the budget is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__, allow_abbrev=False)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--full", action="store_true", help="more sizes and latencies: an hour instead of minutes")
    ways.add_argument("--native", action="store_true", help="only the rows of the native adapter: ten minutes")
    ways.add_argument("--report", action="store_true", help="measure nothing; use the stored results")
    options = parser.parse_args(arguments)
    try:
        if options.report:
            measured_results = results.read()
        elif options.native:
            measured_results = _measure_native()
        else:
            measured_results = _measure(full=options.full)
    except CommandFailed:
        return 2
    if not options.report:
        measured_results.write()
    pictures.draw_pictures(measured_results)
    tables.write_page(measured_results)
    rows = budget.build_budget_rows(measured_results)
    sys.stdout.write(f"\n{tables.format_for_terminal(rows)}\n")
    return 1 if budget.is_budget_missed(rows) else 0


def _measure(*, full: bool) -> results.Results:
    runs = _run(measure_plan, FULL if full else MINUTES)
    imports = {**program_costs.measure_imports(), "native": program_costs.measure_native_imports()}
    serialising = program_costs.measure_pickling(MOST)
    return results.Results(_describe_machine("make bench-full" if full else "make bench"), runs, imports, serialising)


def _measure_native() -> results.Results:
    """Return the stored results, in which the runs of the native adapter and of its peers are new."""
    # Without older runs of OpenTofu, which must not stand beside new ones of the native adapter if there is none now.
    stored, runs = results.read().without_opentofu(), _run(measure_native, MINUTES)
    about = {**stored.about, "native_run": _describe_machine('make bench BENCH="--native"'), **opentofu.describe()}
    imports = {**stored.imports, "native": program_costs.measure_native_imports()}
    return results.Results(about, stored.replace_runs(runs), imports, stored.serialising)


def _run(measure: Callable[[Comparison, MeasurementPlan], None], plan: MeasurementPlan) -> tuple[MeasuredRun, ...]:
    prefix = "flow-connections-bench-"
    with tempfile.TemporaryDirectory(prefix=prefix) as folder, start_emulator(Path(folder)) as emulator:
        comparison = Comparison(Path(folder), emulator, _print_line)
        measure(comparison, plan)
    return tuple(comparison.runs)


def _describe_machine(command: str) -> dict[str, Any]:
    """Return the machine, the versions and the command of the measurement."""
    cli = subprocess.run(["pulumi", "version"], capture_output=True, text=True, check=True)  # noqa: S607 - the one of PATH
    return {
        "command": command,
        "date": datetime.now(timezone.utc).date().isoformat(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "cli": cli.stdout.strip().removeprefix("v"),
        "sdk": version("pulumi"),
        **opentofu.describe(),
    }


def _print_line(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
