"""The measured points, as `points.json` stores them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("points.json")
CREATE, NO_OP, FLEET, RESUME = "create", "no-op", "fleet", "resume"
"""The kinds of runs: `pulumi up` of one new stack, and again; the runner over several new stacks, and again."""


@dataclass(frozen=True)
class Scenario:
    """The stacks of a run, the connections in each, how many run at once, and the latency of the emulator."""

    stacks: int = 1
    connections: int = 1
    at_once: int = 1
    latency_ms: int = 0
    checkpoints: bool = True


@dataclass(frozen=True)
class MeasuredPoint:
    """The cost of one run: seconds, CPU seconds and bytes of memory of all its processes, without the emulator.

    Attributes:
        span: Seconds from the arrival of the first request to the answer of the last one.
        state_bytes: The size of the state files of all stacks.
    """

    kind: str
    scenario: Scenario
    wall: float
    cpu: float
    memory: int
    requests: Mapping[str, int]
    span: float
    state_bytes: int


@dataclass(frozen=True)
class FleetMeasurements:
    """All points, and the machine on which they were measured."""

    machine: Mapping[str, Any]
    points: Sequence[MeasuredPoint]


def load_measurements(file: Path = FILE) -> FleetMeasurements:
    """Read the points that the numbers of docs/how-to/scale.md come from."""
    data = json.loads(file.read_text(encoding="utf-8"))
    points = [MeasuredPoint(**{**entry, "scenario": Scenario(**entry["scenario"])}) for entry in data["points"]]
    return FleetMeasurements(data["machine"], points)


def save_measurements(measurements: FleetMeasurements, file: Path = FILE) -> None:
    """Write the points, one on each line."""
    lines = ",\n".join(f"    {json.dumps(asdict(point))}" for point in measurements.points)
    machine = json.dumps(measurements.machine, sort_keys=True)
    file.write_text(f'{{\n  "machine": {machine},\n  "points": [\n{lines}\n  ]\n}}\n', encoding="utf-8")
