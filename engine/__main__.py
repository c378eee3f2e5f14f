"""Entry point: `python -m engine COMMAND` runs the command of a target of the Makefile."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import (
    checks,
    clean,
    dev_stack,
    emulator,
    lock,
    measurements,
    packages,
    plugin_archive,
    pulumi_versions,
    pythons,
    sdk,
    wheels,
)
from engine.environment import build_shell_settings, format_exports
from engine.messages import Problem, print_message, wrap_text
from engine.obtain import is_cli_linked
from engine.packages import BENCH, CHECK, DOCS, GROUPS, RUN, TEST
from engine.project import Project, locate_project
from engine.set_up import set_up
from engine.signals import EndedBySignal, handle_ending_signals

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Command:
    """A command of the Makefile, and what must be set up for it.

    Attributes:
        run: Does the work, and returns the exit code.
        groups: The groups of Python's packages that it needs.
        needs_cli: Whether it needs the Pulumi CLI.
        needs_port: Whether it starts the emulator of the dev stack, or finds it running.
    """

    run: Callable[[Project], int]
    groups: tuple[str, ...] = ()
    needs_cli: bool = False
    needs_port: bool = False


def _say_set_up(_project: Project) -> int:
    print_message("Everything is set up.")
    return 0


def _print_env(project: Project) -> int:
    if not (packages.is_installed(project) and is_cli_linked(project)):
        raise Problem("The project is not set up yet. Run make setup first.")
    sys.stdout.write(format_exports(build_shell_settings(project, os.environ, emulator.choose_port(project))))
    return 0


def _start_emulator(project: Project) -> int:
    emulator.start(project)
    return 0


def _stop_emulator(project: Project) -> int:
    emulator.stop_emulator(project)
    return 0


_STACK = (RUN,)
COMMANDS = {
    "setup": Command(_say_set_up, _STACK, needs_cli=True),
    "env": Command(_print_env),
    "up": Command(dev_stack.run_up, _STACK, needs_cli=True, needs_port=True),
    "preview": Command(dev_stack.run_preview, _STACK, needs_cli=True, needs_port=True),
    "policy": Command(dev_stack.check_policies, _STACK, needs_cli=True, needs_port=True),
    "down": Command(dev_stack.run_destroy, _STACK, needs_cli=True, needs_port=True),
    "emulator": Command(_start_emulator, _STACK, needs_port=True),
    "stop": Command(_stop_emulator, _STACK),
    "check": Command(checks.run_quick_checks, GROUPS),
    "format": Command(checks.format_code, (CHECK,)),
    "test": Command(checks.run_all_tests, GROUPS, needs_cli=True),
    "test-pythons": Command(pythons.test_pythons),
    "test-versions": Command(pulumi_versions.test_versions),
    "coverage": Command(checks.measure_coverage, GROUPS, needs_cli=True),
    "chaos": Command(checks.run_chaos_tests, (RUN, TEST), needs_cli=True),
    "contract": Command(checks.check_contract, (RUN, TEST), needs_cli=True),
    "mutation": Command(checks.run_mutation_tests, GROUPS),
    "docs": Command(checks.build_docs_site, (RUN, DOCS)),
    "pictures": Command(checks.record_pictures, (RUN, TEST), needs_cli=True),
    "bench": Command(measurements.bench, (RUN, BENCH), needs_cli=True),
    "bench-full": Command(measurements.run_full_benchmarks, (RUN, BENCH), needs_cli=True),
    "fleet": Command(measurements.rehearse_fleet, _STACK, needs_cli=True),
    "fleet-points": Command(measurements.measure_fleet, (RUN, BENCH), needs_cli=True),
    "wheels": Command(wheels.build_wheels, _STACK),
    "sdk": Command(sdk.build_sdks, _STACK),
    "plugin": Command(plugin_archive.build_plugin, _STACK),
    "lock": Command(lock.lock),
    "clean": Command(clean.clean),
    "clean-state": Command(clean.clean_state),
    "clean-tools": Command(clean.clean_tools),
}


def _run(command: Command, project: Project) -> int:
    if command.needs_port:
        # Before the set-up, which may take minutes.
        emulator.check_port(project)
    if command.groups:
        set_up(project, command.groups, with_cli=command.needs_cli)
    return command.run(project)


def main(arguments: list[str]) -> int:
    """Run the command of the arguments, and return the exit code."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print_message(f"usage: python -m engine {{{','.join(COMMANDS)}}}")
        return 2
    return run_command(COMMANDS[arguments[0]], locate_project())


def run_command(command: Command, project: Project) -> int:
    """Run a command of the table, print its problem or its interruption, and return the exit code."""
    try:
        with handle_ending_signals():
            return _run(command, project)
    except Problem as problem:
        sys.stderr.write(f"\n{wrap_text(str(problem))}\n")
        return 1
    except KeyboardInterrupt as interruption:
        print_message("\nInterrupted. Finished steps are kept, and the same command goes on from there.")
        return interruption.exit_code if isinstance(interruption, EndedBySignal) else 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
