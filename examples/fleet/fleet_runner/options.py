"""The commands and options of `python -m fleet_runner`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parents[1]
"""The folder of the example."""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(prog="python -m fleet_runner", description="Update the stacks of many sandboxes.")
    commands = parser.add_subparsers(dest="command", required=True)
    _add_up_options(commands.add_parser("up", help="update the stacks that are not up to date"))
    _add_rehearse_options(
        commands.add_parser("rehearse", help="update the stacks of made-up sandboxes, against an emulator")
    )
    _add_group_options(commands.add_parser("list", help="print the names of the sandboxes as JSON, for a CI's matrix"))
    _add_list_option(
        commands.add_parser("manifests", help="print a Stack of the Pulumi Kubernetes Operator for each sandbox")
    )
    _add_file_options(commands.add_parser("stack-files", help="write each stack's config into Pulumi.<sandbox>.yaml"))
    return parser


def _add_file_options(command: argparse.ArgumentParser) -> None:
    _add_list_option(command)
    command.add_argument("--project", type=Path, default=HERE, help="the folder with Pulumi.yaml")


def _add_list_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--sandboxes", type=Path, default=HERE / "sandboxes.yaml", help="the list of sandboxes")


def _add_group_options(command: argparse.ArgumentParser) -> None:
    _add_list_option(command)
    command.add_argument("--jobs", type=_parse_positive_number, default=256, help="the largest number of groups (256)")


def _add_run_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--project", type=Path, default=HERE, help="the folder with Pulumi.yaml and the program")
    command.add_argument(
        "--at-once", type=_parse_positive_number, default=2, help="how many stacks run at the same time (2)"
    )
    command.add_argument("--again", action="store_true", help="also update the stacks that are up to date")
    command.add_argument("--refresh", action="store_true", help="refresh every stack first, to find drift")


def _add_up_options(command: argparse.ArgumentParser) -> None:
    _add_list_option(command)
    _add_run_options(command)
    command.add_argument("--only", nargs="+", default=[], metavar="NAME", help="update only these sandboxes")
    command.add_argument("--secrets-provider", help="the secrets provider of new stacks; see `pulumi stack init`")


def _add_rehearse_options(command: argparse.ArgumentParser) -> None:
    _add_run_options(command)
    command.add_argument(
        "--folder", type=Path, required=True, help="the folder for the state and the data of the emulator"
    )
    command.add_argument("--fresh", action="store_true", help="delete the contents of the folder first")
    command.add_argument("--stacks", type=_parse_positive_number, default=20, help="how many sandboxes (20)")
    command.add_argument(
        "--databases", type=_parse_positive_number, default=1, help="how many connections in each sandbox (1)"
    )
    command.add_argument(
        "--fail", action="append", default=[], metavar="NAME", help="a sandbox that the emulator does not have"
    )
    command.add_argument("--latency-ms", type=int, default=0, help="the latency of the emulator in milliseconds (0)")


def _parse_positive_number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a number of 1 or more, not {text}")
    return int(text)
