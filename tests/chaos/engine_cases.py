"""Kills and faults under the real engine, and what the next `pulumi up` makes of them."""

from __future__ import annotations

import random
import re
import subprocess
import time
from pathlib import Path
from typing import Any, Final

from tests.chaos.http_faults import FAULTS, ROUTES
from tests.chaos.tally import Tally
from tests.emulator_process import EmulatorProcess
from tests.stack.project import StackProject
from tests.stack.running import RunningUp

TOKEN: Final = "dapi-chaos-planted-5d1f"
TARGETS: Final = ("cli", "plugin", "program")
_LONGEST = 4.0
"""Seconds in which an `up` of a few connections is over: kills are spread over them."""
_CONNECTIONS: Final = "flow-connections:connections"


def kill_cases(folder: Path, cases: int, chance: random.Random) -> list[Tally]:
    """`kill -9` of the CLI, the plugin or the program, in each mode that the docs promise something of."""
    modes = (("description", False), ("description", True), ("none", False))
    tallies = [Tally(_label("kill -9", mode, skip)) for mode, skip in modes]
    with EmulatorProcess.start(folder / "kills.sqlite", "--latency-ms", "60") as emulator:
        for number in range(cases):
            mode, skip = modes[number % 3]
            project = _project(folder / f"kill-{number}", emulator, mode, skip=skip)
            seed = chance.randrange(2**32)
            _killed(project, seed, tallies[number % 3], mode)
    return tallies if cases else []


def fault_cases(folder: Path, cases: int, chance: random.Random) -> list[Tally]:
    """A fault of the network or of the service, under `pulumi up`."""
    modes = ("description", "none")
    tallies = [Tally(_label("fault", mode, skip=False)) for mode in modes]
    with EmulatorProcess.start(folder / "faults.sqlite") as emulator:
        for number in range(cases):
            mode = modes[number % 2]
            project = _project(folder / f"fault-{number}", emulator, mode, skip=False)
            _faulted(project, chance.randrange(2**32), tallies[number % 2], mode)
    return tallies if cases else []


def _label(what: str, mode: str, skip: bool) -> str:  # noqa: FBT001 - private, and named by its only callers
    return f"engine, {what}, ownership `{mode}`{', `PULUMI_SKIP_CHECKPOINTS`' if skip else ''}"


def _project(folder: Path, emulator: EmulatorProcess, mode: str, *, skip: bool) -> StackProject:
    emulator.reset()
    project = StackProject(folder, emulator)
    project.write_config(**{"adobe:ownership": mode, "adobe:timeout": "8"})
    if skip:
        project.env |= {"PULUMI_SKIP_CHECKPOINTS": "1", "PULUMI_EXPERIMENTAL": "1"}
    return project


def _killed(project: StackProject, seed: int, tally: Tally, mode: str) -> None:
    chance, said = random.Random(seed), []
    declared = _declare(project, chance, {})
    if chance.random() < 0.5:
        project.up()
        declared = _declare(project, chance, declared)
    target = chance.choice(TARGETS)
    said.append(_up_and_kill(project, target, chance.uniform(0.3, _LONGEST)))
    tally.kills += 1
    said += _recover(project, mode)
    _judge(project, f"kill of the {target}, seed {seed}", tally, declared, said)


def _faulted(project: StackProject, seed: int, tally: Tally, mode: str) -> None:
    chance, said = random.Random(seed), []
    declared = _declare(project, chance, {})
    if chance.random() < 0.5:
        project.up()
        declared = _declare(project, chance, declared)
    for _ in range(chance.randint(1, 2)):
        project.emulator.fault(chance.choice(ROUTES), **{**chance.choice(FAULTS), "times": chance.choice((1, 2, 20))})
        tally.faults += 1
    said.append(_any_up(project))
    project.emulator.clear_faults()
    said += _recover(project, mode)
    _judge(project, f"fault, seed {seed}", tally, declared, said)


def _declare(project: StackProject, chance: random.Random, before: dict[str, Any]) -> dict[str, Any]:
    """Another set of connections than before: some new, some changed, some gone."""
    names = chance.sample(("one", "two", "three", "four"), chance.randint(2, 4))
    declared = {name: {"name": name, "clusterId": chance.choice(("a", "b"))} for name in names}
    gone = [name for name in before if name not in declared]
    project.declare(**declared)
    for name in gone:
        project.pulumi("config", "rm", "--path", f"accessTokens.{name}")
    for name in declared:
        project.set_access_token(name, f"{TOKEN}-{chance.randint(1, 2)}")
    return declared


def _up_and_kill(project: StackProject, target: str, after: float) -> str:
    running = RunningUp(project)
    time.sleep(after)
    return running.kill(target)


def _recover(project: StackProject, mode: str) -> list[str]:
    """What the docs tell a person to type; with ownership on that is `pulumi up` alone."""
    _run(project, "cancel", "--yes")
    said = [_any_up(project, "--refresh")]
    if mode == "none":
        ids = named_ids(said[0])
        if ids:
            project.env["ADOBE_ADOPT"] = ",".join(ids)
            said.append(_any_up(project))
            del project.env["ADOBE_ADOPT"]
    said.append(project.up("--refresh").text)
    return said


def named_ids(text: str) -> list[str]:
    """Return the ids of the commands that the refusals print, each once."""
    lists = [ids.split(",") for ids in re.findall(r"ADOBE_ADOPT=([0-9a-f,-]+) pulumi up", text)]
    return list(dict.fromkeys(id_ for ids in lists for id_ in ids))


def _any_up(project: StackProject, *flags: str) -> str:
    return _run(project, "up", "--yes", "--skip-preview", "--continue-on-error", *flags)


def _run(project: StackProject, *arguments: str) -> str:
    done = subprocess.run(
        ["pulumi", *arguments, "--non-interactive", "--color", "never"],
        cwd=project.folder,
        env=project.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr


def _judge(project: StackProject, case: str, tally: Tally, declared: dict[str, Any], said: list[str]) -> None:
    tally.runs += 1
    managed = {each["id"] for each in project.state() if "dynamic/adobe" in each["type"]}
    tally.compare(case, set(declared), project.emulator.connections(), managed)
    tally.search(case, "\n".join(said) + project.state_files(), [TOKEN, "emulator-client-secret"])
