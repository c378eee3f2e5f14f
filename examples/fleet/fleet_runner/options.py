"""What `python -m fleet_runner` can be told."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parents[1]
"""The example's project."""


def parser() -> argparse.ArgumentParser:
    """Its commands and their options."""
    made = argparse.ArgumentParser(prog="python -m fleet_runner", description="The stacks of many sandboxes.")
    commands = made.add_subparsers(dest="command", required=True)
    _up(commands.add_parser("up", help="bring the stacks up that are not up to date"))
    _rehearse(commands.add_parser("rehearse", help="the same against an emulator, with made-up sandboxes"))
    _list(commands.add_parser("list", help="print the names of the sandboxes as JSON, for a CI's matrix"))
    _listed(commands.add_parser("manifests", help="print a Stack of the Pulumi Kubernetes Operator for each sandbox"))
    _files(commands.add_parser("stack-files", help="write each stack's config into Pulumi.<sandbox>.yaml"))
    return made


def _files(command: argparse.ArgumentParser) -> None:
    _listed(command)
    command.add_argument("--project", type=Path, default=HERE, help="the folder with Pulumi.yaml")


def _listed(command: argparse.ArgumentParser) -> None:
    command.add_argument("--sandboxes", type=Path, default=HERE / "sandboxes.yaml", help="the list of sandboxes")


def _list(command: argparse.ArgumentParser) -> None:
    _listed(command)
    command.add_argument("--jobs", type=_positive, default=256, help="in how many groups at the most (256)")


def _running(command: argparse.ArgumentParser) -> None:
    command.add_argument("--project", type=Path, default=HERE, help="the folder with Pulumi.yaml and the program")
    command.add_argument("--at-once", type=_positive, default=2, help="how many stacks run at the same time (2)")
    command.add_argument("--again", action="store_true", help="also the stacks that are up to date")
    command.add_argument("--refresh", action="store_true", help="look for drift too, in every stack")


def _up(command: argparse.ArgumentParser) -> None:
    _listed(command)
    _running(command)
    command.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these sandboxes alone")
    command.add_argument("--secrets-provider", help="of stacks that are new; see `pulumi stack init`")


def _rehearse(command: argparse.ArgumentParser) -> None:
    _running(command)
    command.add_argument("--folder", type=Path, required=True, help="where state and emulator are kept")
    command.add_argument("--fresh", action="store_true", help="forget what is kept there first")
    command.add_argument("--stacks", type=_positive, default=20, help="how many sandboxes (20)")
    command.add_argument("--databases", type=_positive, default=1, help="how many connections in each (1)")
    command.add_argument("--fail", action="append", default=[], metavar="NAME", help="a sandbox that Adobe lacks")
    command.add_argument("--latency-ms", type=int, default=0, help="how long an answer takes at least (0)")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a number, 1 or more, and not {text}")
    return int(text)
