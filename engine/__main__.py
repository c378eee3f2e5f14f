"""Entry point: `python -m engine COMMAND` runs the command of a target of the Makefile."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from engine import checks, clean, dev_stack, emulator, lock, measurements, packages, plugin_archive, sdk
from engine.environment import build_shell_settings, format_exports
from engine.messages import Problem, print_message, wrap_text
from engine.obtain import is_cli_linked, obtain_cli
from engine.project import Project, locate_project
from engine.setup_lock import hold_setup_lock

if TYPE_CHECKING:
    from collections.abc import Callable


def _install_packages(project: Project) -> None:
    with hold_setup_lock(project):
        packages.install(project)


def _set_up_all(project: Project) -> None:
    with hold_setup_lock(project):
        packages.install(project)
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
    emulator.start(project)
    return 0


def _stop_emulator(project: Project) -> int:
    _install_packages(project)
    emulator.stop(project)
    return 0


def _prepend(prepare: Callable[[Project], None], command: Callable[[Project], int]) -> Callable[[Project], int]:
    def run_both(project: Project) -> int:
        prepare(project)
        return command(project)

    return run_both


COMMANDS: dict[str, Callable[[Project], int]] = {
    "setup": _set_up,
    "env": _print_env,
    "up": _prepend(_set_up_all, dev_stack.up),
    "preview": _prepend(_set_up_all, dev_stack.preview),
    "policy": _prepend(_set_up_all, dev_stack.check_policies),
    "down": _prepend(_set_up_all, dev_stack.down),
    "test": _prepend(_set_up_all, checks.test),
    "coverage": _prepend(_set_up_all, checks.coverage),
    "chaos": _prepend(_set_up_all, checks.chaos),
    "contract": _prepend(_set_up_all, checks.contract),
    "mutation": _prepend(_install_packages, checks.mutation),
    "docs": _prepend(_install_packages, checks.docs),
    "pictures": _prepend(_set_up_all, checks.pictures),
    "bench": _prepend(_set_up_all, measurements.bench),
    "bench-full": _prepend(_set_up_all, measurements.bench_full),
    "check": _prepend(_install_packages, checks.check),
    "format": _prepend(_install_packages, checks.format_code),
    "fleet": _prepend(_set_up_all, measurements.fleet),
    "fleet-points": _prepend(_set_up_all, measurements.fleet_points),
    "sdk": _prepend(_install_packages, sdk.build_sdks),
    "plugin": _prepend(_install_packages, plugin_archive.build_plugin),
    "emulator": _start_emulator,
    "stop": _stop_emulator,
    "lock": lock.lock,
    "clean": clean.clean,
    "clean-state": clean.clean_state,
    "clean-tools": clean.clean_tools,
}


def main(arguments: list[str]) -> int:
    """Run the command of the arguments, and return the exit code."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print_message(f"usage: python -m engine {{{','.join(COMMANDS)}}}")
        return 2
    try:
        return COMMANDS[arguments[0]](locate_project())
    except Problem as problem:
        sys.stderr.write(f"\n{wrap_text(str(problem))}\n")
        return 1
    except KeyboardInterrupt:
        print_message("\nInterrupted. Finished steps are kept, and the same command goes on from there.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
