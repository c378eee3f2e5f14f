"""`python -m fleet_runner up`: the stacks of all sandboxes, a few at once; `--help` tells the rest."""

from __future__ import annotations

import argparse
import io
import json
import shutil
import sys
import time
from collections.abc import Sequence
from functools import partial

from rich.console import Console

from fleet_runner import manifests, sandboxes, stack_files
from fleet_runner.board import INTERRUPTED, exit_code
from fleet_runner.options import parser
from fleet_runner.pool import run_all
from fleet_runner.problem import Problem
from fleet_runner.rehearsal import CLIENT_ID, ORG, rehearsal
from fleet_runner.sandboxes import Sandbox
from fleet_runner.show import asked, shown, summary
from fleet_runner.stack import Project, bring_up


def main(arguments: list[str]) -> int:
    """Do what the arguments say; the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # The encoding of the locale may lack a character of a message.
        sys.stdout.reconfigure(errors="backslashreplace")
    given = parser().parse_args(arguments)
    try:
        return _run(given)
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(given: argparse.Namespace) -> int:
    if given.command == "rehearse":
        return _rehearse(given)
    listed = sandboxes.read(given.sandboxes)
    if given.command == "list":
        sys.stdout.write(f"{json.dumps(sandboxes.jobs(listed, given.jobs))}\n")
    elif given.command == "manifests":
        sys.stdout.write(manifests.stacks(listed))
    elif given.command == "stack-files":
        stack_files.write(given.project, listed)
    else:
        project = Project(given.project.resolve(), {}, given.secrets_provider, again=given.again, refresh=given.refresh)
        return _bring_up(project, sandboxes.chosen(listed, given.only), given.at_once)
    return 0


def _rehearse(given: argparse.Namespace) -> int:
    folder = given.folder.resolve()
    if given.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    listed = sandboxes.made_up(given.stacks, given.databases, ORG, CLIENT_ID)
    sandboxes.chosen(listed, given.fail)
    with rehearsal(folder, given.project, listed, given.fail, given.latency_ms) as there:
        project = Project(there.project, there.env, again=given.again, refresh=given.refresh)
        code = _bring_up(project, listed, given.at_once)
        sys.stdout.write(f"{asked(there.requests())}\n")
    return code


def _bring_up(project: Project, listed: Sequence[Sandbox], at_once: int) -> int:
    began = time.monotonic()
    with shown([each.name for each in listed], Console()) as board:
        is_whole = run_all(listed, partial(bring_up, project, board), at_once)
    sys.stdout.write(f"{summary(board.lines(), time.monotonic() - began)}\n")
    if not is_whole:
        sys.stdout.write("Ended by a signal. The same command goes on from here.\n")
    return exit_code(board.lines(), interrupted=not is_whole)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
