"""Brings one stack up by Pulumi's Automation API, and says on the board how that goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pulumi import automation

from fleet_runner import events, fingerprint, stack_files
from fleet_runner.board import Board, State
from fleet_runner.sandboxes import Sandbox


@dataclass(frozen=True)
class Project:
    """The program, and what its stacks are run with."""

    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)
    secrets_provider: str | None = None
    again: bool = False
    refresh: bool = False
    command: automation.PulumiCommand = field(default_factory=automation.PulumiCommand)


def bring_up(project: Project, board: Board, sandbox: Sandbox) -> None:
    """Make the stack if there is none, and run `pulumi up`, unless that was done; a failure stops nothing else."""
    board.begin(sandbox.name)
    failure = events.Failure()
    try:
        state = _bring_up(project, board, sandbox, failure)
    except automation.CommandError as error:
        board.end(sandbox.name, State.FAILED, failure.reason or events.last_line(str(error)))
    except Exception as error:  # noqa: BLE001 - a stack's line shows it, and the other stacks go on
        board.end(sandbox.name, State.FAILED, f"{type(error).__name__}: {error}")
    else:
        board.end(sandbox.name, state)


def _bring_up(project: Project, board: Board, sandbox: Sandbox, failure: events.Failure) -> State:
    options = automation.LocalWorkspaceOptions(
        env_vars=project.env, secrets_provider=project.secrets_provider, pulumi_command=project.command
    )
    stack = automation.create_or_select_stack(sandbox.name, work_dir=str(project.folder), opts=options)
    wanted = fingerprint.message(project.folder, sandbox)
    if not (project.again or project.refresh) and fingerprint.is_up_to_date(stack.info(show_secrets=False), wanted):
        return State.UP_TO_DATE
    stack_files.write(project.folder, [sandbox])

    def on_event(event: automation.EngineEvent) -> None:
        failure.see(event)
        if events.is_change(event):
            board.one_more(sandbox.name)

    stack.up(message=wanted, on_event=on_event, show_secrets=False, color="never", refresh=project.refresh or None)
    return State.DONE
