"""The comparison of peers: each operation of all peers before the next one, in another order in each round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.emulator import Emulator
from benchmarks.opentofu import OpenTofu
from benchmarks.results import MeasuredRun
from benchmarks.stack import CommandFailed, PeerStack, ScriptPeer
from benchmarks.traffic import read_traffic

FLOORS: Final = ("script", "pool")
_WITH_A_READY_TOKEN: Final = ("naive", "opentofu", *FLOORS)
_KINDS: Final[Mapping[str, type[ScriptPeer]]] = {**dict.fromkeys(FLOORS, ScriptPeer), "opentofu": OpenTofu}
"""The kind of subject by peer; all others are stacks."""
LIFE: Final = ("create", "no-op", "preview", "update", "refresh", "destroy")
SHORT: Final = ("create", "no-op", "destroy")


@dataclass(frozen=True)
class MeasuredPeer:
    """A provider or script, its operations and its environment, which the results name by ``setup``.

    An operation that stands several times among ``operations`` is measured as often in each round.
    """

    name: str
    operations: Sequence[str] = SHORT
    setup: str = ""
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PreparedPeer:
    """A peer with a stack of its own, ready to be measured."""

    peer: MeasuredPeer
    script: ScriptPeer
    connections: int


class Comparison:
    """The measurement of peers in one folder with one emulator; ``runs`` are the results."""

    def __init__(self, folder: Path, emulator: Emulator, report: Callable[[str], None]) -> None:
        """Create an empty comparison; ``report`` receives a line for each run."""
        self.runs: list[MeasuredRun] = []
        self.emulator = emulator
        self._folder = folder
        self._report = report
        self._number = 0

    def run_rounds(self, peers: Sequence[MeasuredPeer], connections: int, latency: int = 0, times: int = 1) -> None:
        """Measure the peers side by side, each from an empty stack and an empty sandbox of its own."""
        self.emulator.set_latency(latency)
        for number in range(times):
            ordered_peers = [*peers[number % len(peers) :], *peers[: number % len(peers)]]
            prepared_peers = [self.prepare_peer(peer, connections) for peer in ordered_peers]
            for operation in LIFE:
                for repetition in range(max(peer.operations.count(operation) for peer in peers)):
                    for prepared_peer in prepared_peers:
                        if prepared_peer.peer.operations.count(operation) > repetition:
                            self.run_operation(prepared_peer, operation)

    def prepare_peer(self, peer: MeasuredPeer, connections: int) -> PreparedPeer:
        """Create the stack of a peer, in a sandbox of its own."""
        self._number += 1
        folder = self._folder / f"{self._number:03}-{peer.name}"
        token = {"ADOBE_ACCESS_TOKEN": self.emulator.fetch_token()} if peer.name in _WITH_A_READY_TOKEN else {}
        kind = _KINDS.get(peer.name, PeerStack)
        env = {"ADOBE_SANDBOX": self.emulator.get_sandbox(self._number), **token, **peer.env}
        return PreparedPeer(peer, kind(folder, peer.name, self.emulator, connections, env), connections)

    def run_operation(self, prepared_peer: PreparedPeer, operation: str, **env: str) -> MeasuredRun:
        """Run one operation and record its cost. The ``setup`` of the run is ``env``, or that of the peer."""
        self.emulator.clear_journal()
        try:
            usage = prepared_peer.script.measure(operation, env)
        except CommandFailed as error:
            self._report(f"{prepared_peer.peer.name} {operation} of {prepared_peer.connections} failed: {error}")
            raise
        run = MeasuredRun(
            prepared_peer.peer.name,
            operation,
            prepared_peer.connections,
            self.emulator.latency,
            **{**asdict(usage), **asdict(read_traffic(self.emulator.read_journal()))},
            state=prepared_peer.script.measure_state(),
            setup=" ".join(f"{name}={value}" for name, value in env.items()) or prepared_peer.peer.setup,
            workers=int(prepared_peer.peer.env.get("BENCH_WORKERS", 0)),
        )
        self.runs.append(run)
        self._report(format_run(run))
        return run


def format_run(run: MeasuredRun) -> str:
    """Return the run as one line."""
    notes = ", ".join(filter(None, (run.setup, f"{run.workers} processes" if run.workers else "")))
    what = f"{run.peer}{f' ({notes})' if notes else ''} {run.operation}"
    return (
        f"  {what:44} N={run.connections:<5} L={run.latency:<4} {run.wall:6.1f} s  CPU {run.cpu:6.2f} s  "
        f"{run.memory / 2**20:5.0f} MiB  {sum(run.requests.values())} requests, {run.in_flight} at once, {run.tcp} TCP"
    )
