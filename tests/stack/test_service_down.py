"""Commands while the service is down: each ends soon, explains once, and works again afterwards."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.pipelines import BY_STRING, COLLECTIONS, Pipelines, Program, build_program
from tests.stack.project import Outcome

SECONDS = 5.0
"""What a command may take longer than the same one while the service is up: its waiting for the service."""
COMMANDS = {
    "preview": (),
    "up": ("--yes", "--skip-preview", "--continue-on-error"),
    "refresh": ("--yes", "--skip-preview"),
    "destroy": ("--yes", "--skip-preview", "--continue-on-error"),
}


@pytest.fixture
def own_emulator(tmp_path: Path) -> Iterator[EmulatorProcess]:
    """An emulator that a test may stop."""
    with EmulatorProcess.start(tmp_path / "own.sqlite") as process:
        yield process


def _build_six_connections() -> Program:
    return {"bases": {f"base-{number}": copy.deepcopy(BY_STRING) for number in range(6)}}


def _build_all_types() -> Program:
    program = build_program()
    program["sources"]["second"] = dict(program["sources"]["orders"])
    program["flows"]["second-flow"] = {**copy.deepcopy(program["flows"]["orders-flow"]), "source": "second"}
    return program


def _describe_anew(program: Program, description: str) -> Program:
    """Return the program with another description everywhere, which is an update of each resource."""
    return {
        kind: {name: {**copy.deepcopy(given), "description": description} for name, given in resources.items()}
        for kind, resources in program.items()
    }


def _run(stack: Pipelines, command: str, *, succeeds: bool) -> tuple[float, Outcome]:
    started_at = time.monotonic()
    outcome = stack.project.pulumi(command, *COMMANDS[command], succeeds=succeeds)
    return time.monotonic() - started_at, outcome


@pytest.mark.parametrize("build", [pytest.param(_build_six_connections, marks=pytest.mark.large), _build_all_types])
def test_every_command_ends_soon_with_one_full_explanation_and_works_once_the_service_is_back(
    tmp_path: Path, own_emulator: EmulatorProcess, build: Callable[[], Program]
) -> None:
    program, stack = build(), Pipelines(tmp_path / "project", own_emulator)
    assert sum(len(resources) for resources in program.values()) == 6
    stack.up(program)
    stack.declare(_describe_anew(program, "first"))
    seconds_up = {command: _run(stack, command, succeeds=True)[0] for command in ("preview", "up", "refresh")}
    stack.declare(_describe_anew(program, "second"))

    with own_emulator.outage():
        down = {command: _run(stack, command, succeeds=command == "preview") for command in COMMANDS}

    stack.project.up()
    assert all(entity["description"] == "second" for kind in COLLECTIONS for entity in stack.entities(kind))
    seconds_up["destroy"], _ = _run(stack, "destroy", succeeds=True)
    assert stack.snapshot() == {kind: {} for kind in COLLECTIONS}
    details = {command: outcome.text.partition("Diagnostics:")[2] for command, (_, outcome) in down.items()}
    seconds_waited = {command: seconds - seconds_up[command] for command, (seconds, _) in down.items()}
    assert all(seconds < SECONDS for seconds in seconds_waited.values()), seconds_waited
    assert {command: text.count("Start the emulator") for command, text in details.items()} == dict.fromkeys(down, 1)
    assert details["preview"].count("warning: ") == 1
    assert all("another message" in details[command].lower() for command in ("up", "refresh", "destroy"))
