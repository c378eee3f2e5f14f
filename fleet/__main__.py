"""`python -m fleet points` measures and writes everything anew, `pages` only writes, `predict` answers a question."""

from __future__ import annotations

import argparse
import math
import sys

from fleet import page, pictures
from fleet.measure import measure
from fleet.model import Layout, Model
from fleet.points import load, save


def main() -> int:
    """Do what is asked; the exit code."""
    given = _parse()
    if given.command == "predict":
        sys.stdout.write(f"{page.prediction(_asked(given))}\n")
        return 0
    if given.command == "points":
        save(measure(sys.stdout.write))
    page.write()
    pictures.write()
    return 0


def _asked(given: argparse.Namespace) -> tuple[Layout, Model]:
    layout = Layout(
        given.connections, given.size, given.cores, given.at_once, given.latency_ms / 1000, given.rate or math.inf
    )
    return layout, Model.of(load())


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fleet", description="What many stacks cost.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("points", help="measure, then write the data, docs/scale.md's numbers and pictures")
    commands.add_parser("pages", help="write numbers and pictures from the data that is there")
    predict = commands.add_parser("predict", help="what a layout would cost, by the model")
    predict.add_argument("--connections", type=int, required=True)
    predict.add_argument("--size", type=int, default=100, help="connections in a stack (100)")
    predict.add_argument("--cores", type=int, default=2, help="of all machines together (2)")
    predict.add_argument("--at-once", type=int, default=2, help="stacks at once, on all machines together (2)")
    predict.add_argument("--latency-ms", type=float, default=0, help="of a request (0)")
    predict.add_argument(
        "--rate", type=float, default=0, help="requests that Adobe lets through in a second (no limit)"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
