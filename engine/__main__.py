"""Entry point: `python -m engine COMMAND` runs the command of a target of the Makefile."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from engine import checks, clean, dev_stack, emulator, lock, measurements, packages, sdk
from engine.environment import build_shell_settings, format_exports
from engine.messages import Problem, print_message, wrap_text
from engine.obtain import is_cli_linked, obtain_cli
from engine.project import Project, locate_project
from engine.setup_lock import hold_setup_lock
from engine.signals import EndedBySignal, handle_ending_signals

if TYPE_CHECKING:
    from collections.abc import Callable


def _install_packages(project: Project) -> None:
    with hold_setup_lock(project):
        packages.install_packages(project)


def _set_up_all(project: Project) -> None:
    with hold_setup_lock(project):
        packages.install_packages(project)
        obtain_cli(project)


def _set_up(project: Project) -> int:
    _set_up_all(project)
    print_message("Everything is set up.")
    return 0


def _print_env(project: Project) -> int:
    if not (packages.is_installed(project) and is_cli_linked(project)):
        raise Problem("The project is not set up yet. Run make setup first.")
    sys.stdout.write(format_exports(build_shell_settings(project, os.environ.get("PATH", os.defpath))))
    return 0


def _start_emulator(project: Project) -> int:
    _install_packages(project)
    emulator.start_emulator(project)
    return 0


def _stop_emulator(project: Project) -> int:
    _install_packages(project)
    emulator.stop_emulator(project)
    return 0


def _prepend(prepare: Callable[[Project], None], command: Callable[[Project], int]) -> Callable[[Project], int]:
    def run_both(project: Project) -> int:
        prepare(project)
        return command(project)

    return run_both


COMMANDS: dict[str, Callable[[Project], int]] = {
    "setup": _set_up,
    "env": _print_env,
    "up": _prepend(_set_up_all, dev_stack.run_up),
    "preview": _prepend(_set_up_all, dev_stack.run_preview),
    "policy": _prepend(_set_up_all, dev_stack.check_policies),
    "down": _prepend(_set_up_all, dev_stack.run_destroy),
    "test": _prepend(_set_up_all, checks.run_all_tests),
    "coverage": _prepend(_set_up_all, checks.measure_coverage),
    "chaos": _prepend(_set_up_all, checks.run_chaos_tests),
    "contract": _prepend(_set_up_all, checks.check_contract),
    "mutation": _prepend(_install_packages, checks.run_mutation_tests),
    "docs": _prepend(_install_packages, checks.build_docs_site),
    "pictures": _prepend(_set_up_all, checks.record_pictures),
    "bench": _prepend(_set_up_all, measurements.run_benchmarks),
    "bench-full": _prepend(_set_up_all, measurements.run_full_benchmarks),
    "check": _prepend(_install_packages, checks.run_quick_checks),
    "format": _prepend(_install_packages, checks.format_code),
    "fleet": _prepend(_set_up_all, measurements.rehearse_fleet),
    "fleet-points": _prepend(_set_up_all, measurements.measure_fleet),
    "sdk": _prepend(_install_packages, sdk.build_sdks),
    "emulator": _start_emulator,
    "stop": _stop_emulator,
    "lock": lock.write_lock_files,
    "clean": clean.clean,
    "clean-state": clean.clean_state,
    "clean-tools": clean.clean_tools,
}


def main(arguments: list[str]) -> int:
    """Run the command of the arguments, and return the exit code."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print_message(f"usage: python -m engine {{{','.join(COMMANDS)}}}")
        return 2
    return run_command(COMMANDS[arguments[0]], locate_project())


def run_command(command: Callable[[Project], int], project: Project) -> int:
    """Run a command of the table, print its problem or its interruption, and return the exit code."""
    try:
        with handle_ending_signals():
            return command(project)
    except Problem as problem:
        sys.stderr.write(f"\n{wrap_text(str(problem))}\n")
        return 1
    except KeyboardInterrupt as interruption:
        print_message("\nInterrupted. Finished steps are kept, and the same command goes on from there.")
        return interruption.exit_code if isinstance(interruption, EndedBySignal) else 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
