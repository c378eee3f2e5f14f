"""`python -m benchmarks.fleet points` measures and writes the page anew; `pages` only writes the page."""

from __future__ import annotations

import argparse
import sys

from benchmarks.fleet import page
from benchmarks.fleet.measure import measure_scenarios
from benchmarks.fleet.points import save_measurements


def main() -> int:
    """Run the command of the arguments, and return the exit code."""
    if _parse_arguments().command == "points":
        save_measurements(measure_scenarios(sys.stdout.write))
    page.write_page()
    return 0


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fleet", description="The cost of many stacks.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("points", help="measure, then write the points and the numbers of docs/how-to/scale.md")
    commands.add_parser("pages", help="write the numbers of docs/how-to/scale.md from the stored points")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
