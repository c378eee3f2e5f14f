"""`make up`, `make preview` and `make down`: Pulumi's own commands on the dev stack."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine import emulator
from engine.environment import of_dev_stack
from engine.foreground import foreground
from engine.problem import Problem
from engine.project import STACK
from engine.say import say
from engine.stack_state import check_emulator_data, dev_stack, remove_empty_sidecar_files

if TYPE_CHECKING:
    from engine.project import Project

NEXT = """
Try next:
  make preview, make up    after an edit of clusterId in {stack_file}
  eval "$(make -s env)"    gives this shell a bare `pulumi`, and `adobe-flow`
  adobe-flow list          in that shell: what Flow Service has
  {address:<25}the same as a page, in a browser
  make down                takes everything down again
"""


def up(project: Project) -> int:
    """Bring the dev stack to what the program declares; Pulumi shows what came out."""
    begin(project)
    exit_code = pulumi(project, "up", "--yes", "--skip-preview", "--non-interactive", "--stack", STACK)
    if exit_code == 0:
        address = f"http://127.0.0.1:{emulator.port_of(project.stack_file)}/"
        say(NEXT.format(stack_file=project.stack_file.relative_to(project.root), address=address))
    return exit_code


def preview(project: Project) -> int:
    """Show what `up` would do."""
    begin(project)
    return pulumi(project, "preview", "--diff", "--non-interactive", "--stack", STACK)


def down(project: Project) -> int:
    """Delete everything the dev stack made, then stop the emulator."""
    check_emulator_data(project)
    exit_code = 0
    if dev_stack(project):
        begin(project)
        exit_code = pulumi(project, "destroy", "--yes", "--skip-preview", "--non-interactive", "--stack", STACK)
    else:
        say("The dev stack does not exist: there is nothing to take down.")
    if exit_code == 0:
        emulator.stop(project)
    return exit_code


def begin(project: Project) -> None:
    """Have the emulator run, and the stack be there. Raises Problem."""
    check_emulator_data(project)
    emulator.start(project)
    project.backend.mkdir(parents=True, exist_ok=True)
    remove_empty_sidecar_files(project)
    _, left_out = of_dev_stack(project, os.environ)
    if left_out:
        say(f"Left out, because the dev stack has its own for the emulator: {', '.join(left_out)}.")
    if dev_stack(project) is None and pulumi(project, "stack", "select", "--create", STACK) != 0:
        raise Problem("The dev stack could not be made: see the lines above.")


def pulumi(project: Project, *arguments: str) -> int:
    """Run the CLI on the dev stack, whatever the caller's own variables say; its exit code."""
    env, _ = of_dev_stack(project, os.environ)
    return foreground([project.bin / "pulumi", *arguments], project.root, env)
