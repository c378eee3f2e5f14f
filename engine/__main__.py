"""`python -m engine COMMAND`: what the Makefile's targets do."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from engine import bench, checks, clean, dev_stack, emulator, fleet, lock, packages, policy
from engine.environment import exports, settings
from engine.obtain import is_obtained, obtain
from engine.one_at_a_time import one_at_a_time
from engine.problem import Problem
from engine.project import Project, here
from engine.say import say, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable


def _packages(project: Project) -> None:
    with one_at_a_time(project):
        packages.install(project)


def _all(project: Project) -> None:
    with one_at_a_time(project):
        packages.install(project)
        obtain(project)


def _setup(project: Project) -> int:
    _all(project)
    say("Everything is set up.")
    return 0


def _env(project: Project) -> int:
    if not (packages.is_installed(project) and is_obtained(project)):
        raise Problem("Nothing is set up yet: make setup, and then again.")
    sys.stdout.write(exports(settings(project, os.environ.get("PATH", os.defpath))))
    return 0


def _emulator(project: Project) -> int:
    _packages(project)
    emulator.start(project)
    return 0


def _stop(project: Project) -> int:
    _packages(project)
    emulator.stop(project)
    return 0


def _after(prepare: Callable[[Project], None], command: Callable[[Project], int]) -> Callable[[Project], int]:
    def both(project: Project) -> int:
        prepare(project)
        return command(project)

    return both


COMMANDS: dict[str, Callable[[Project], int]] = {
    "setup": _setup,
    "env": _env,
    "up": _after(_all, dev_stack.up),
    "preview": _after(_all, dev_stack.preview),
    "policy": _after(_all, policy.judge),
    "down": _after(_all, dev_stack.down),
    "test": _after(_all, checks.test),
    "coverage": _after(_all, checks.coverage),
    "chaos": _after(_all, checks.chaos),
    "contract": _after(_all, checks.contract),
    "mutation": _after(_packages, checks.mutation),
    "docs": _after(_packages, checks.docs),
    "pictures": _after(_all, checks.pictures),
    "bench": _after(_all, bench.bench),
    "bench-full": _after(_all, bench.bench_full),
    "check": _after(_packages, checks.check),
    "format": _after(_packages, checks.format_code),
    "fleet": _after(_all, fleet.fleet),
    "fleet-points": _after(_all, fleet.points),
    "emulator": _emulator,
    "stop": _stop,
    "lock": lock.lock,
    "clean": clean.clean,
    "clean-state": clean.clean_state,
    "clean-tools": clean.clean_tools,
}


def main(arguments: list[str]) -> int:
    """Run one command; the exit code."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        say(f"usage: python -m engine {{{','.join(COMMANDS)}}}")
        return 2
    try:
        return COMMANDS[arguments[0]](here())
    except Problem as problem:
        sys.stderr.write(f"\n{wrapped(str(problem))}\n")
        return 1
    except KeyboardInterrupt:
        say("\nEnded. What was finished is kept; the same command goes on from there.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
