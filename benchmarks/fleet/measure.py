"""Measurement of all scenarios against an emulator, under the meter of the benchmarks."""

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

from benchmarks.fleet.points import CREATE, FLEET, NO_OP, RESUME, FleetMeasurements, MeasuredPoint, Scenario
from fleet_runner import stack_files
from fleet_runner.rehearsal import CLIENT_ID, ORG, Rehearsal, start_rehearsal
from fleet_runner.sandboxes import Sandbox, make_sandboxes

ROOT: Final = Path(__file__).parents[2]
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


def measure_scenarios(
    report: Callable[[str], object], scenarios: Sequence[Scenario] = (*ONE_STACK, *FLEETS), rounds: int = ROUNDS
) -> FleetMeasurements:
    """Measure each scenario in rounds: once with an empty sandbox, and once with nothing to change.

    Of several runs the one with the least CPU counts, because other work on the machine only adds to it.

    Args:
        report: Receives a line for each run.
        scenarios: What to run.
        rounds: How often to run each.
    """
    machine = _describe_machine()
    cheapest_points: dict[tuple[str, Scenario], MeasuredPoint] = {}
    for number in range(rounds):
        for scenario in scenarios:
            with tempfile.TemporaryDirectory(prefix="fleet-") as folder:
                for point in _run_scenario(Path(folder), scenario):
                    report(
                        f"{number + 1}/{rounds} {point.kind} {scenario}: {point.wall:.1f} s, {point.cpu:.1f} CPU s\n"
                    )
                    key = (point.kind, scenario)
                    cheapest_points[key] = min(point, cheapest_points.get(key, point), key=lambda point: point.cpu)
    load_after = round(os.getloadavg()[0], 1)
    return FleetMeasurements({**machine, "rounds": rounds, "loadAfter": load_after}, list(cheapest_points.values()))


def _run_scenario(folder: Path, scenario: Scenario) -> Iterator[MeasuredPoint]:
    sandboxes = make_sandboxes(scenario.stacks, scenario.connections, ORG, CLIENT_ID)
    kinds = (CREATE, NO_OP) if scenario in ONE_STACK else (FLEET, RESUME)
    for kind in kinds:
        with start_rehearsal(folder, EXAMPLE, sandboxes, latency_ms=scenario.latency_ms) as rehearsal:
            if kind in (CREATE, NO_OP):
                command = _prepare_stack(rehearsal, sandboxes[0])
            else:
                command = _prepare_runner(rehearsal, sandboxes, scenario)
            usage = _run_with_meter(rehearsal, command, scenario)
            yield _build_point(kind, scenario, usage, rehearsal, folder)


def _prepare_stack(rehearsal: Rehearsal, sandbox: Sandbox) -> list[str]:
    if not (rehearsal.project / f"Pulumi.{sandbox.name}.yaml").exists():
        stack_files.write_stack_files(rehearsal.project, [sandbox])
        _run_command(rehearsal, ["pulumi", "stack", "init", sandbox.name, "--non-interactive"], {})
    return [*_UP, sandbox.name]


def _prepare_runner(rehearsal: Rehearsal, sandboxes: Sequence[Sandbox], scenario: Scenario) -> list[str]:
    file = rehearsal.project / "sandboxes.yaml"
    configs = {sandbox.name: dict(sandbox.config) for sandbox in sandboxes}
    file.write_text(yaml.safe_dump({"sandboxes": configs}), encoding="utf-8")
    options = ("--project", str(rehearsal.project), "--sandboxes", str(file), "--at-once", str(scenario.at_once))
    return [sys.executable, "-m", "fleet_runner", "up", *options]


def _run_with_meter(rehearsal: Rehearsal, command: Sequence[str], scenario: Scenario) -> dict[str, Any]:
    file = rehearsal.project / "usage.json"
    env = {} if scenario.checkpoints else {"PULUMI_SKIP_CHECKPOINTS": "1"}
    _run_command(rehearsal, [sys.executable, "-m", "benchmarks.meter", str(file), *command], env)
    usage: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return usage


def _run_command(rehearsal: Rehearsal, command: Sequence[str], env: Mapping[str, str]) -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ADOBE_", "PULUMI"))}
    paths = f"{ROOT}{os.pathsep}{EXAMPLE}"
    process = subprocess.run(  # noqa: S603 - the commands above
        command,
        cwd=rehearsal.project,
        env={**inherited, **rehearsal.env, "PYTHONPATH": paths, **env},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\n{process.stdout[-3000:]}{process.stderr[-3000:]}")


def _build_point(
    kind: str, scenario: Scenario, usage: Mapping[str, Any], rehearsal: Rehearsal, folder: Path
) -> MeasuredPoint:
    files = (folder / "state" / ".pulumi" / "stacks").rglob("*.json")
    return MeasuredPoint(
        kind,
        scenario,
        wall=round(usage["wall"], 2),
        cpu=round(usage["cpu"], 2),
        memory=usage["memory"],
        requests=dict(sorted(rehearsal.count_requests().items())),
        span=round(rehearsal.measure_span(), 2),
        state_bytes=sum(file.stat().st_size for file in files),
    )


def _describe_machine() -> dict[str, Any]:
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
