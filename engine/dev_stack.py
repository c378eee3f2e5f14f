"""`make up`, `make preview`, `make policy` and `make down`: Pulumi's own commands on the dev stack."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine import emulator
from engine.environment import build_dev_stack_environment
from engine.messages import Problem, print_message
from engine.processes import run_in_foreground
from engine.project import STACK
from engine.stack_state import check_emulator_data, find_dev_stack_file, remove_empty_sidecar_files

if TYPE_CHECKING:
    from engine.project import Project

NEXT = """
Try next:
  make preview, make up    after an edit of clusterId in {stack_file}
  eval "$(make -s env)"    to use `pulumi` and `adobe-flow` in this shell
  adobe-flow list          there, to list the connections of Flow Service
  {address:<25}in a browser, to see the same as a page
  make down                to delete the connections and stop the emulator
"""


def run_up(project: Project) -> int:
    """Run `pulumi up` on the dev stack, and suggest the next commands."""
    port = prepare(project)
    exit_code = run_pulumi(project, port, "up", "--yes", "--skip-preview", "--non-interactive", "--stack", STACK)
    if exit_code == 0:
        address = f"http://127.0.0.1:{port}/"
        print_message(NEXT.format(stack_file=project.stack_file.relative_to(project.root), address=address))
    return exit_code


def run_preview(project: Project) -> int:
    """Run `pulumi preview` on the dev stack."""
    port = prepare(project)
    return run_pulumi(project, port, "preview", "--diff", "--non-interactive", "--stack", STACK)


def run_destroy(project: Project) -> int:
    """Run `pulumi destroy` on the dev stack, then stop the emulator."""
    check_emulator_data(project)
    exit_code = 0
    if find_dev_stack_file(project):
        port = prepare(project)
        flags = ("--yes", "--skip-preview", "--non-interactive")
        exit_code = run_pulumi(project, port, "destroy", *flags, "--stack", STACK)
    else:
        print_message("The dev stack does not exist, so there is nothing to delete.")
    if exit_code == 0:
        emulator.stop_emulator(project)
    return exit_code


def check_policies(project: Project) -> int:
    """Run the policy pack on a preview of the dev stack, and then on its state, if the preview passes."""
    port = prepare(project)
    pack = project.root / "policy"
    flags = ("--policy-pack", str(pack), "--policy-pack-config", str(pack / "dev.json"), "--non-interactive")
    exit_code = run_pulumi(project, port, "preview", "--stack", STACK, *flags)
    if exit_code == 0:
        print_message("The resources in the state:")
        exit_code = run_pulumi(project, port, "policy", "analyze", "--stack", STACK, *flags)
    return exit_code


def prepare(project: Project) -> int:
    """Start the emulator, create the stack if it does not exist, and return the emulator's port. Raises Problem."""
    check_emulator_data(project)
    port = emulator.start(project)
    project.backend.mkdir(parents=True, exist_ok=True)
    remove_empty_sidecar_files(project)
    _, ignored_names = build_dev_stack_environment(project, os.environ, port)
    if ignored_names:
        print_message(
            f"Ignoring {', '.join(ignored_names)}, because the dev stack has its own settings for the emulator."
        )
    if find_dev_stack_file(project) is None and run_pulumi(project, port, "stack", "select", "--create", STACK) != 0:
        raise Problem("The dev stack could not be created; the lines above have the reason.")
    return port


def run_pulumi(project: Project, port: int, *arguments: str) -> int:
    """Run the CLI with the settings of the dev stack in place of the caller's, and return its exit code."""
    env, _ = build_dev_stack_environment(project, os.environ, port)
    return run_in_foreground([project.bin / "pulumi", *arguments], project.root, env)
