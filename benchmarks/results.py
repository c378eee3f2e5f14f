"""The results, as `results.json` stores them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class MeasuredRun:
    """A measured command of one program. Times are in seconds, sizes in bytes, and the latency in milliseconds.

    Attributes:
        setup: The settings that are not the usual ones.
        workers: The number of explicit provider processes, 0 for the default provider.
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
    """All runs of one `make bench`, and the costs of a program."""

    about: Mapping[str, Any]
    runs: tuple[MeasuredRun, ...]
    imports: Mapping[str, Any] = field(default_factory=dict)
    serialising: Mapping[str, float] = field(default_factory=dict)

    def select(
        self, peer: str, operation: str, connections: int, latency: int = 0, setup: str = ""
    ) -> list[MeasuredRun]:
        """Return the runs of this peer, operation, size, latency and setup."""
        kind = (peer, operation, connections, latency, setup)
        return [run for run in self.runs if _get_kind(run) == kind]

    def replace_runs(self, runs: Sequence[MeasuredRun]) -> tuple[MeasuredRun, ...]:
        """Return the runs, with new ones in the place of those of their peer, operation, size, latency and setup."""
        new_kinds = {_get_kind(run) for run in runs}
        return (*(run for run in self.runs if _get_kind(run) not in new_kinds), *runs)

    def without_opentofu(self) -> Results:
        """Return the results without the runs of OpenTofu, and without its version or why there is none."""
        about = {name: value for name, value in self.about.items() if name not in {"opentofu", "no_opentofu"}}
        return replace(self, about=about, runs=tuple(run for run in self.runs if run.peer != "opentofu"))

    def write(self, file: Path = FILE) -> None:
        """Write the results of a benchmark into a file."""
        file.write_text(f"{json.dumps(asdict(self), indent=1)}\n", "utf-8")


def _get_kind(run: MeasuredRun) -> tuple[str, str, int, int, str]:
    return (run.peer, run.operation, run.connections, run.latency, run.setup)


def read(file: Path = FILE) -> Results:
    """Read the results of an earlier benchmark from a file."""
    content = json.loads(file.read_text("utf-8"))
    return Results(**{**content, "runs": tuple(MeasuredRun(**run) for run in content["runs"])})
