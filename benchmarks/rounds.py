"""Runs peers side by side: each operation of all of them before the next one, the order another in each round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.adobe import Adobe
from benchmarks.results import Run
from benchmarks.stack import Failed, Script, Stack
from benchmarks.traffic import traffic

FLOORS: Final = ("script", "pool")
_WITH_A_READY_TOKEN: Final = ("naive", *FLOORS)
LIFE: Final = ("create", "no-op", "preview", "update", "refresh", "destroy")
SHORT: Final = ("create", "no-op", "destroy")


@dataclass(frozen=True)
class Peer:
    """Who runs which operations, with what in the environment. ``setup`` is what the results call it."""

    name: str
    operations: Sequence[str] = SHORT
    setup: str = ""
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """A peer with its stack."""

    peer: Peer
    script: Script
    connections: int


class Field:
    """Where peers are measured: one emulator, a folder, and a place for the results."""

    def __init__(self, folder: Path, adobe: Adobe, say: Callable[[str], None]) -> None:
        """``say`` tells of each run."""
        self.runs: list[Run] = []
        self.adobe = adobe
        self._folder = folder
        self._say = say
        self._number = 0

    def rounds(self, peers: Sequence[Peer], connections: int, latency: int = 0, times: int = 1) -> None:
        """Measure the peers side by side, each from an empty stack and an empty sandbox of its own."""
        self.adobe.set_latency(latency)
        for number in range(times):
            turned = [*peers[number % len(peers) :], *peers[: number % len(peers)]]
            made = [self.make(peer, connections) for peer in turned]
            for operation in LIFE:
                for each in made:
                    if operation in each.peer.operations:
                        self.one(each, operation)

    def make(self, peer: Peer, connections: int) -> Made:
        """The stack of a peer, in a sandbox where no other peer's connections are."""
        self._number += 1
        folder = self._folder / f"{self._number:03}-{peer.name}"
        token = {"ADOBE_ACCESS_TOKEN": self.adobe.token()} if peer.name in _WITH_A_READY_TOKEN else {}
        kind = Script if peer.name in FLOORS else Stack
        env = {"ADOBE_SANDBOX": self.adobe.sandbox(self._number), **token, **peer.env}
        return Made(peer, kind(folder, peer.name, self.adobe, connections, env), connections)

    def one(self, made: Made, operation: str, **env: str) -> Run:
        """Run one operation, and keep what it took. What ``env`` sets is the run's ``setup``, else the peer's."""
        self.adobe.clear_journal()
        try:
            taken = made.script.measured(operation, env)
        except Failed as failed:
            self._say(f"{made.peer.name} {operation} of {made.connections} failed: {failed}")
            raise
        run = Run(
            made.peer.name,
            operation,
            made.connections,
            self.adobe.latency,
            **{**asdict(taken), **asdict(traffic(self.adobe.journal()))},
            state=made.script.state_bytes(),
            setup=" ".join(f"{name}={value}" for name, value in env.items()) or made.peer.setup,
            workers=int(made.peer.env.get("BENCH_WORKERS", 0)),
        )
        self.runs.append(run)
        self._say(told(run))
        return run


def told(run: Run) -> str:
    """A run as one line."""
    notes = ", ".join(filter(None, (run.setup, f"{run.workers} processes" if run.workers else "")))
    what = f"{run.peer}{f' ({notes})' if notes else ''} {run.operation}"
    return (
        f"  {what:44} N={run.connections:<5} L={run.latency:<4} {run.wall:6.1f} s  CPU {run.cpu:6.2f} s  "
        f"{run.memory / 2**20:5.0f} MiB  {sum(run.requests.values())} requests, {run.in_flight} at once, {run.tcp} TCP"
    )
