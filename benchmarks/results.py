"""What was measured, as `results.json` keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Run:
    """One command of one peer. Times in seconds, sizes in bytes, latency in milliseconds.

    ``setup`` names what was not as usual; ``workers`` are the provider processes, 0 where there is the default one.
    """

    peer: str
    operation: str
    connections: int
    latency: int
    wall: float
    cpu: float
    memory: int
    state: int = 0
    setup: str = ""
    workers: int = 0
    requests: Mapping[str, int] = field(default_factory=dict)
    tcp: int = 0
    in_flight: int = 0
    span: float = 0.0


@dataclass(frozen=True)
class Results:
    """All runs of one `make bench`, and what else was measured."""

    about: Mapping[str, Any]
    runs: tuple[Run, ...]
    imports: Mapping[str, Any] = field(default_factory=dict)
    serialising: Mapping[str, float] = field(default_factory=dict)

    def some(self, peer: str, operation: str, connections: int, latency: int = 0, setup: str = "") -> list[Run]:
        """The runs of this kind."""
        wanted = (peer, operation, connections, latency, setup)
        return [
            run for run in self.runs if (run.peer, run.operation, run.connections, run.latency, run.setup) == wanted
        ]

    def write(self, file: Path = FILE) -> None:
        """Keep them."""
        file.write_text(f"{json.dumps(asdict(self), indent=1)}\n", "utf-8")


def read(file: Path = FILE) -> Results:
    """What was kept."""
    kept = json.loads(file.read_text("utf-8"))
    return Results(**{**kept, "runs": tuple(Run(**run) for run in kept["runs"])})
