"""Update of one stack by Pulumi's Automation API, with its progress on the board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pulumi import automation

from fleet_runner import events, fingerprint, stack_files
from fleet_runner.board import Board, StackState
from fleet_runner.sandboxes import Sandbox


@dataclass(frozen=True)
class Project:
    """The Pulumi project, and the options that its stacks are run with."""

    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)
    secrets_provider: str | None = None
    again: bool = False
    refresh: bool = False
    command: automation.PulumiCommand = field(default_factory=automation.PulumiCommand)


def update_stack(project: Project, board: Board, sandbox: Sandbox) -> None:
    """Create the stack if it does not exist, and run `pulumi up` if it is not up to date. No error is raised."""
    board.begin_stack(sandbox.name)
    failure = events.FailureReason()
    try:
        state = _update_stack(project, board, sandbox, failure)
    except automation.CommandError as error:
        board.end_stack(sandbox.name, StackState.FAILED, failure.reason or events.extract_last_line(str(error)))
    except Exception as error:  # noqa: BLE001 - a stack's line shows it, and the other stacks go on
        board.end_stack(sandbox.name, StackState.FAILED, f"{type(error).__name__}: {error}")
    else:
        board.end_stack(sandbox.name, state)


def _update_stack(project: Project, board: Board, sandbox: Sandbox, failure: events.FailureReason) -> StackState:
    options = automation.LocalWorkspaceOptions(
        env_vars=project.env, secrets_provider=project.secrets_provider, pulumi_command=project.command
    )
    stack = automation.create_or_select_stack(sandbox.name, work_dir=str(project.folder), opts=options)
    message = fingerprint.build_message(project.folder, sandbox)
    if not (project.again or project.refresh) and fingerprint.is_up_to_date(stack.info(show_secrets=False), message):
        return StackState.UP_TO_DATE
    stack_files.write_stack_files(project.folder, [sandbox])

    def record_event(event: automation.EngineEvent) -> None:
        failure.record(event)
        if events.is_change(event):
            board.add_change(sandbox.name)

    stack.up(message=message, on_event=record_event, show_secrets=False, color="never", refresh=project.refresh or None)
    return StackState.DONE
