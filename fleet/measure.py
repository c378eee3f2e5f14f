"""Runs the scenarios against an emulator, under the benchmarks' meter: `python -m fleet points`."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

import yaml

from fleet.points import CREATE, FLEET, NO_OP, RESUME, Measured, Point, Scenario
from fleet_runner import stack_files
from fleet_runner.rehearsal import CLIENT_ID, ORG, Rehearsal, rehearsal
from fleet_runner.sandboxes import Sandbox, made_up

ROOT: Final = Path(__file__).parents[1]
EXAMPLE: Final = ROOT / "examples" / "fleet"
ONE_STACK: Final = (
    *(Scenario(connections=number) for number in (1, 10, 50, 100, 200, 300)),
    Scenario(connections=200, checkpoints=False),
    Scenario(connections=40, latency_ms=200),
)
FLEETS: Final = (
    Scenario(stacks=4, connections=5),
    Scenario(stacks=4, connections=5, at_once=2),
    Scenario(stacks=8, connections=5, at_once=2),
)
ROUNDS: Final = 2
_UP: Final = ("pulumi", "up", "--yes", "--skip-preview", "--non-interactive", "--stack")


def measure(
    say: Callable[[str], object], scenarios: Sequence[Scenario] = (*ONE_STACK, *FLEETS), rounds: int = ROUNDS
) -> Measured:
    """Run each scenario from nothing, and again when nothing is left to do, in rounds; say so at each.

    Of several runs the one with the least CPU counts: whatever else the machine does only adds to it.
    """
    before = _machine()
    least: dict[tuple[str, Scenario], Point] = {}
    for number in range(rounds):
        for scenario in scenarios:
            with tempfile.TemporaryDirectory(prefix="fleet-") as folder:
                for point in _run(Path(folder), scenario):
                    say(f"{number + 1}/{rounds} {point.kind} {scenario}: {point.wall:.1f} s, {point.cpu:.1f} CPU s\n")
                    key = (point.kind, scenario)
                    least[key] = min(point, least.get(key, point), key=lambda each: each.cpu)
    return Measured({**before, "rounds": rounds, "loadAfter": round(os.getloadavg()[0], 1)}, list(least.values()))


def _run(folder: Path, scenario: Scenario) -> Iterator[Point]:
    listed = made_up(scenario.stacks, scenario.connections, ORG, CLIENT_ID)
    kinds = (CREATE, NO_OP) if scenario in ONE_STACK else (FLEET, RESUME)
    for kind in kinds:
        with rehearsal(folder, EXAMPLE, listed, latency_ms=scenario.latency_ms) as there:
            command = _one_stack(there, listed[0]) if kind in (CREATE, NO_OP) else _runner(there, listed, scenario)
            taken = _metered(there, command, scenario)
            yield _point(kind, scenario, taken, there, folder)


def _one_stack(there: Rehearsal, sandbox: Sandbox) -> list[str]:
    if not (there.project / f"Pulumi.{sandbox.name}.yaml").exists():
        stack_files.write(there.project, [sandbox])
        _done(there, ["pulumi", "stack", "init", sandbox.name, "--non-interactive"], {})
    return [*_UP, sandbox.name]


def _runner(there: Rehearsal, listed: Sequence[Sandbox], scenario: Scenario) -> list[str]:
    file = there.project / "sandboxes.yaml"
    file.write_text(yaml.safe_dump({"sandboxes": {each.name: dict(each.config) for each in listed}}), encoding="utf-8")
    options = ("--project", str(there.project), "--sandboxes", str(file), "--at-once", str(scenario.at_once))
    return [sys.executable, "-m", "fleet_runner", "up", *options]


def _metered(there: Rehearsal, command: Sequence[str], scenario: Scenario) -> dict[str, Any]:
    file = there.project / "taken.json"
    env = {} if scenario.checkpoints else {"PULUMI_SKIP_CHECKPOINTS": "1"}
    _done(there, [sys.executable, "-m", "benchmarks.meter", str(file), *command], env)
    taken: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return taken


def _done(there: Rehearsal, command: Sequence[str], env: Mapping[str, str]) -> None:
    caller = {name: value for name, value in os.environ.items() if not name.startswith(("ADOBE_", "PULUMI"))}
    paths = f"{ROOT}{os.pathsep}{EXAMPLE}"
    done = subprocess.run(  # noqa: S603 - the commands above
        command,
        cwd=there.project,
        env={**caller, **there.env, "PYTHONPATH": paths, **env},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def _point(kind: str, scenario: Scenario, taken: Mapping[str, Any], there: Rehearsal, folder: Path) -> Point:
    files = (folder / "state" / ".pulumi" / "stacks").rglob("*.json")
    return Point(
        kind,
        scenario,
        wall=round(taken["wall"], 2),
        cpu=round(taken["cpu"], 2),
        memory=taken["memory"],
        requests=dict(sorted(there.requests().items())),
        span=round(there.span(), 2),
        state_bytes=sum(file.stat().st_size for file in files),
    )


def _machine() -> dict[str, Any]:
    version = subprocess.run(
        ["pulumi", "version"],  # noqa: S607 - the same
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=True,
    ).stdout.strip()
    return {
        "day": datetime.now(timezone.utc).date().isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "pulumi": version,
        "loadBefore": round(os.getloadavg()[0], 1),
    }
