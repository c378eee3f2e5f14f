"""Entry point: `python -m fleet_runner up` updates the stacks of all sandboxes, a few at once; see `--help`."""

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
from fleet_runner.board import INTERRUPTED, compute_exit_code
from fleet_runner.options import build_parser
from fleet_runner.pool import run_concurrently
from fleet_runner.rehearsal import CLIENT_ID, ORG, start_rehearsal
from fleet_runner.sandboxes import Problem, Sandbox
from fleet_runner.show import format_requests, format_summary, show_board
from fleet_runner.stack import Project, update_stack


def main(arguments: list[str]) -> int:
    """Run the command of the arguments, and return the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # The encoding of the locale may lack a character of a message.
        sys.stdout.reconfigure(errors="backslashreplace")
    options = build_parser().parse_args(arguments)
    try:
        return _run_command(options)
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED


def _run_command(options: argparse.Namespace) -> int:
    if options.command == "rehearse":
        return _run_rehearsal(options)
    listed_sandboxes = sandboxes.read_sandboxes(options.sandboxes)
    if options.command == "list":
        sys.stdout.write(f"{json.dumps(sandboxes.group_names(listed_sandboxes, options.jobs))}\n")
    elif options.command == "manifests":
        sys.stdout.write(manifests.build_stacks(listed_sandboxes))
    elif options.command == "stack-files":
        stack_files.write_stack_files(options.project, listed_sandboxes)
    else:
        project = Project(
            options.project.resolve(), {}, options.secrets_provider, again=options.again, refresh=options.refresh
        )
        selected_sandboxes = sandboxes.select_sandboxes(listed_sandboxes, options.only)
        return _update_stacks(project, selected_sandboxes, options.at_once)
    return 0


def _run_rehearsal(options: argparse.Namespace) -> int:
    folder = options.folder.resolve()
    if options.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    made_up_sandboxes = sandboxes.make_sandboxes(options.stacks, options.databases, ORG, CLIENT_ID)
    sandboxes.select_sandboxes(made_up_sandboxes, options.fail)  # refuses a name that is not in the list
    with start_rehearsal(folder, options.project, made_up_sandboxes, options.fail, options.latency_ms) as rehearsal:
        project = Project(rehearsal.project, rehearsal.env, again=options.again, refresh=options.refresh)
        exit_code = _update_stacks(project, made_up_sandboxes, options.at_once)
        sys.stdout.write(f"{format_requests(rehearsal.count_requests())}\n")
    return exit_code


def _update_stacks(project: Project, selected_sandboxes: Sequence[Sandbox], at_once: int) -> int:
    began = time.monotonic()
    with show_board([sandbox.name for sandbox in selected_sandboxes], Console()) as board:
        is_whole = run_concurrently(selected_sandboxes, partial(update_stack, project, board), at_once)
    sys.stdout.write(f"{format_summary(board.list_lines(), time.monotonic() - began)}\n")
    if not is_whole:
        sys.stdout.write("Ended by a signal. The same command goes on from here.\n")
    return compute_exit_code(board.list_lines(), interrupted=not is_whole)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
