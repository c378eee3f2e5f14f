"""The measured points, as `points.json` holds them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("points.json")
CREATE, NO_OP, FLEET, RESUME = "create", "no-op", "fleet", "resume"
"""`pulumi up` of one new stack, and again; the runner over several new stacks, and again."""


@dataclass(frozen=True)
class Scenario:
    """What is run: so many stacks of so many connections each, so many at once, under this latency."""

    stacks: int = 1
    connections: int = 1
    at_once: int = 1
    latency_ms: int = 0
    checkpoints: bool = True


@dataclass(frozen=True)
class Point:
    """What one run took: seconds, CPU seconds and bytes of all its processes, without the emulator."""

    kind: str
    scenario: Scenario
    wall: float
    cpu: float
    memory: int
    requests: Mapping[str, int]
    span: float
    """Seconds from the first request's arrival to the last one's answer."""
    state_bytes: int
    """The state files of all stacks."""


@dataclass(frozen=True)
class Measured:
    """All points, and on what they were measured."""

    machine: Mapping[str, Any]
    points: Sequence[Point]

    def of(self, kind: str, *, checkpoints: bool = True, latency_ms: int = 0) -> list[Point]:
        """Those of a kind."""
        wanted = (kind, checkpoints, latency_ms)
        return [
            each for each in self.points if (each.kind, each.scenario.checkpoints, each.scenario.latency_ms) == wanted
        ]


def load(file: Path = FILE) -> Measured:
    """The points that the numbers in the docs come from."""
    data = json.loads(file.read_text(encoding="utf-8"))
    points = [Point(**{**each, "scenario": Scenario(**each["scenario"])}) for each in data["points"]]
    return Measured(data["machine"], points)


def save(measured: Measured, file: Path = FILE) -> None:
    """Write them, a point on each line."""
    lines = ",\n".join(f"    {json.dumps(asdict(each))}" for each in measured.points)
    machine = json.dumps(measured.machine, sort_keys=True)
    file.write_text(f'{{\n  "machine": {machine},\n  "points": [\n{lines}\n  ]\n}}\n', encoding="utf-8")
