"""Kills, signals and faults under the real engine, and what the next commands make of them."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.chaos.http_faults import FAULTS, ROUTES
from tests.chaos.stacks import (
    GRACE_SECONDS,
    CleanProject,
    declare,
    declare_randomly,
    judge,
    label_adapter,
    recover,
    run,
)
from tests.chaos.tally import Tally
from tests.emulator_process import EmulatorProcess
from tests.stack.project import StackProject
from tests.stack.running import RunningUp

OPERATIONS: Final = ("up", "refresh", "destroy")
_KILLED: Final = ("cli", "plugin", "program")
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
_OWNERSHIPS: Final = ("description", "none")
_KILL_MODES: Final = (("description", False), ("description", True), ("none", False))
"""Ownership and `PULUMI_SKIP_CHECKPOINTS`: each mode that the docs promise something of."""
_LONGEST: Final = 4.0
"""Seconds in which an operation on a few connections is over: signals are spread over them."""
_LONGEST_BUSY: Final = 12.0
"""The same while the cores are busy."""
_CROWD: Final = 64
"""The connections that the native adapter creates at the same time in some cases."""


def kill_cases(folder: Path, seeds: Sequence[int], adapter: str = "dynamic", *, busy: bool = False) -> list[Tally]:
    """Kill the CLI, the plugin or the program of an `up` with SIGKILL, and then all that is left of it."""
    tallies = [
        Tally(label_adapter(_describe_kills(ownership, skip=skip, busy=busy), adapter))
        for ownership, skip in _KILL_MODES
    ]
    with EmulatorProcess.start(folder / "kills.sqlite", "--latency-ms", "60") as emulator:
        clean = CleanProject(folder / "kills", emulator, adapter=adapter)
        for number, seed in enumerate(seeds):
            ownership, skip_checkpoints = _KILL_MODES[number % 3]
            emulator.reset()
            project = clean.begin(ownership, skip_checkpoints=skip_checkpoints)
            _kill(project, seed, tallies[number % 3], ownership, _LONGEST_BUSY if busy else _LONGEST)
    return [tally for tally in tallies if tally.runs]


def fault_cases(folder: Path, seeds: Sequence[int], adapter: str = "dynamic") -> list[Tally]:
    """Let an `up`, a `refresh` or a `destroy` meet HTTP faults, or a signal that ends its engine or its plugin."""
    tallies = [
        Tally(label_adapter(f"engine, `{operation}` under faults and signals", adapter)) for operation in OPERATIONS
    ]
    with EmulatorProcess.start(folder / "faults.sqlite", "--latency-ms", "60") as emulator:
        clean = CleanProject(folder / "faults", emulator, adapter=adapter)
        for number, seed in enumerate(seeds):
            emulator.reset()
            ownership = ("description", "none")[number % 2]
            _disturb(clean.begin(ownership), seed, tallies[number % 3], ownership, OPERATIONS[number % 3])
    return [tally for tally in tallies if tally.runs]


def _describe_kills(ownership: str, *, skip: bool, busy: bool = False, crowd: int = 0) -> str:
    flags = f"{', `PULUMI_SKIP_CHECKPOINTS`' if skip else ''}{f', `--parallel {crowd}`' if crowd else ''}"
    return f"engine, kill -9, ownership `{ownership}`{flags}{', busy cores' if busy else ''}"


def crowd_cases(folder: Path, seeds: Sequence[int], adapter: str = "native") -> list[Tally]:
    """Kill the CLI or the plugin while it creates as many connections at a time as the native adapter can."""
    tallies = [Tally(label_adapter(_describe_kills(mode, skip=False, crowd=_CROWD), adapter)) for mode in _OWNERSHIPS]
    with EmulatorProcess.start(folder / "crowd.sqlite", "--latency-ms", "60") as emulator:
        clean = CleanProject(folder / "crowd", emulator, adapter=adapter)
        for number, seed in enumerate(seeds):
            emulator.reset()
            ownership = _OWNERSHIPS[number % 2]
            _kill_crowd(clean.begin(ownership), seed, tallies[number % 2], ownership)
    return [tally for tally in tallies if tally.runs]


def _kill_crowd(project: StackProject, seed: int, tally: Tally, ownership: str) -> None:
    chance = random.Random(seed)
    declared = declare(project, [f"connection-{number}" for number in range(_CROWD)], chance)
    target = chance.choice(("cli", "plugin"))
    # A slow one among them: the kill finds creates with a response, some without, and some that were never sent.
    project.emulator.fault("POST /connections", delayMs=chance.randint(100, 3000), nth=chance.randint(1, _CROWD))
    running = RunningUp(project, "up", "--parallel", str(_CROWD))
    created = chance.randint(1, _CROWD)
    running.wait_until(lambda: len(project.emulator.connections()) >= created)
    said = [running.kill(target)]
    tally.signals += 1
    said += recover(project, ownership)
    judge(project, f"kill of the {target} after {created} creates, seed {seed}", tally, declared, said)


def _kill(project: StackProject, seed: int, tally: Tally, ownership: str, longest: float) -> None:
    chance = random.Random(seed)
    declared = declare_randomly(project, chance)
    if chance.random() < 0.5:
        project.up()
        declared = declare_randomly(project, chance)
    target = chance.choice(_KILLED)
    running = RunningUp(project)
    time.sleep(chance.uniform(0.3, longest))
    said = [running.kill(target)]
    tally.signals += 1
    said += recover(project, ownership)
    judge(project, f"kill of the {target}, seed {seed}", tally, declared, said)


def _disturb(project: StackProject, seed: int, tally: Tally, ownership: str, operation: str) -> None:
    chance = random.Random(seed)
    declared = declare_randomly(project, chance)
    if operation != "up" or chance.random() < 0.5:
        project.up()
    if operation == "up":
        declared = declare_randomly(project, chance)
    cause, said = chance.choice((_meet_faults, _receive_signal))(project, chance, tally, operation)
    project.emulator.clear_faults()
    if operation == "destroy":
        project.pulumi("cancel", "--yes", succeeds=None)
        said.append(run(project, "destroy"))
        declared = set()
    else:
        said += recover(project, ownership)
    judge(project, f"{cause} during {operation}, seed {seed}", tally, declared, said)


def _meet_faults(project: StackProject, chance: random.Random, tally: Tally, operation: str) -> tuple[str, list[str]]:
    for _ in range(chance.randint(1, 2)):
        project.emulator.fault(chance.choice(ROUTES), **{**chance.choice(FAULTS), "times": chance.choice((1, 2, 20))})
        tally.faults += 1
    return "faults", [run(project, operation, "--continue-on-error" if operation != "refresh" else "--diff")]


def _receive_signal(
    project: StackProject, chance: random.Random, tally: Tally, operation: str
) -> tuple[str, list[str]]:
    """Send one signal; whatever it does not reach has to end by itself."""
    number, target = chance.choice(_SIGNALS), chance.choice(("cli", "plugin"))
    running = RunningUp(project, operation)
    time.sleep(chance.uniform(0.3, _LONGEST))
    running.send(number, target)
    tally.signals += 1
    said, outliving = running.wait_for_all(GRACE_SECONDS)
    cause = f"{number.name} to the {target}"
    if outliving:
        tally.fail(f"{cause} during {operation}: these outlived it: {outliving}")
    return cause, [said]
