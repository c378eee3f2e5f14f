"""The plans of `make bench`, which takes minutes, and of `make bench-full`, which takes an hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks import opentofu
from benchmarks.rounds import LIFE, SHORT, Comparison, MeasuredPeer

SKIP: Final = "checkpoints skipped"
LIST: Final = "ADOBE_REFRESH_FROM=list"
PARALLEL: Final = "--parallel 64"
_NO_OPS: Final = ("no-op", "no-op")
"""More of the shortest operation, whose CPU is compared most closely."""
OURS: Final = MeasuredPeer("ours", (*LIFE, *_NO_OPS))
NULL: Final = MeasuredPeer("null", (*SHORT, *_NO_OPS))
NATIVE: Final = MeasuredPeer("native", (*LIFE, *_NO_OPS))
NULL_NATIVE: Final = MeasuredPeer("null-native", (*SHORT, *_NO_OPS))
NAIVE: Final = MeasuredPeer("naive", (*LIFE, *_NO_OPS))
SCRIPT: Final = MeasuredPeer("script", ("create", "destroy"))
POOL: Final = MeasuredPeer("pool", ("create", "destroy"))
_SKIPPING: Final = {"PULUMI_SKIP_CHECKPOINTS": "1", "PULUMI_EXPERIMENTAL": "1"}
_CREATE: Final = ("create",)

COUNTED: Final = 100
"""The number of connections at which the budget compares."""
SLOW: Final = 200
"""The latency of the rows of the budget, in milliseconds."""
TEN: Final = "10 in parallel"
"""OpenTofu's default."""
SIXTY_FOUR: Final = "64 in parallel"
IN_PARALLEL: Final = {TEN: 10, SIXTY_FOUR: 64}
_COMPARED: Final = {TEN: ("create", "preview", "refresh", "destroy"), SIXTY_FOUR: ("create", "destroy")}
MANY: Final = 500
PAGE: Final = 100
"""The connections on a page of a list, which a refresh reads one after the other."""
MOST: Final = 1000


@dataclass(frozen=True)
class MeasurementPlan:
    """The rounds at `COUNTED`, and what is measured once for the pictures: other sizes, latencies and workers."""

    rounds: int
    sizes: Sequence[int]
    large: Sequence[int]
    latencies: Sequence[int]
    workers: Sequence[int]


MINUTES: Final = MeasurementPlan(rounds=3, sizes=(10, 30), large=(300,), latencies=(50, SLOW), workers=(1, 4))
FULL: Final = MeasurementPlan(
    rounds=5, sizes=(1, 10, 30, 200), large=(300, MANY, MOST), latencies=(50, 100, SLOW, 400), workers=(1, 2, 4, 8)
)


def measure_plan(comparison: Comparison, plan: MeasurementPlan) -> None:
    """Run all measurements of the plan, and store their results in the comparison."""
    comparison.run_rounds([OURS], 2)  # a warm-up, in which Python compiles the modules
    comparison.runs.clear()
    all_peers = [OURS, NULL, NAIVE, NULL_NATIVE, NATIVE, SCRIPT, POOL]
    comparison.run_rounds(all_peers, COUNTED, times=plan.rounds)
    for size in plan.sizes:
        comparison.run_rounds([MeasuredPeer(peer.name, ("create", "destroy")) for peer in all_peers], size)
    for latency in plan.latencies:
        comparison.run_rounds(
            [MeasuredPeer(peer.name, _CREATE) for peer in (OURS, NAIVE, SCRIPT, POOL)], COUNTED, latency
        )
    # Without the naive peer: the SDK ends in a RecursionError near the 235th pickling of its class.
    for size in plan.large:
        comparison.run_rounds([MeasuredPeer("ours", _CREATE), MeasuredPeer("null", _CREATE)], size)
    skipping = [MeasuredPeer(name, ("create", "destroy"), SKIP, _SKIPPING) for name in ("ours", "null")]
    comparison.run_rounds(skipping, COUNTED)
    _measure_workers(comparison, plan.workers)
    _measure_refresh_of_many(comparison, plan.rounds)
    _measure_largest_stack(comparison)
    _measure_beside_opentofu(comparison, plan.rounds)


def measure_native(comparison: Comparison, plan: MeasurementPlan) -> None:
    """Run the measurements of the native adapter's rows alone, which compare with nothing of the dynamic adapter."""
    comparison.run_rounds([MeasuredPeer("native")], 2)  # a warm-up
    comparison.runs.clear()
    comparison.run_rounds([NULL_NATIVE, NATIVE, SCRIPT], COUNTED, times=plan.rounds)
    _measure_beside_opentofu(comparison, plan.rounds)


def _measure_workers(comparison: Comparison, numbers: Sequence[int]) -> None:
    """Measure several provider processes, with Pulumi's own `--parallel` and with a high one."""
    for setup, env in (("", {}), (PARALLEL, {"PULUMI_PARALLEL": "64"})):
        peers = [MeasuredPeer("workers", _CREATE, setup, {"BENCH_WORKERS": str(number), **env}) for number in numbers]
        comparison.run_rounds(peers, COUNTED, SLOW)


def _measure_refresh_of_many(comparison: Comparison, times: int) -> None:
    """Measure the refresh of many connections, by id and from list pages."""
    comparison.emulator.set_latency(0)
    prepared_peer = comparison.prepare_peer(MeasuredPeer("ours", setup=SKIP, env=_SKIPPING), MANY)
    comparison.run_operation(prepared_peer, "create")
    comparison.emulator.set_latency(SLOW)
    for _ in range(times):
        comparison.run_operation(prepared_peer, "refresh", ADOBE_REFRESH_FROM="list")
    comparison.run_operation(prepared_peer, "refresh", ADOBE_REFRESH_FROM="id")


def _measure_largest_stack(comparison: Comparison) -> None:
    comparison.emulator.set_latency(0)
    prepared_peer = comparison.prepare_peer(MeasuredPeer("ours", setup=SKIP, env=_SKIPPING), MOST)
    for operation in SHORT:
        comparison.run_operation(prepared_peer, operation)


def _measure_beside_opentofu(comparison: Comparison, rounds: int) -> None:
    """Measure OpenTofu and the native providers with as many operations in parallel, and the dynamic adapter once."""
    for setup, operations in _COMPARED.items():
        comparison.run_rounds(_build_parallel_peers(setup, operations), COUNTED, SLOW, rounds)
    comparison.run_rounds([_build_parallel_peer("ours", TEN, _COMPARED[TEN])], COUNTED, SLOW)
    for peer in _build_parallel_peers(TEN, ()):
        comparison.emulator.set_latency(0)
        prepared_peer = comparison.prepare_peer(peer, MANY)
        comparison.run_operation(prepared_peer, "create", **_SKIPPING)
        comparison.emulator.set_latency(SLOW)
        for _ in range(rounds):
            comparison.run_operation(prepared_peer, "refresh")


def _build_parallel_peers(setup: str, operations: Sequence[str]) -> list[MeasuredPeer]:
    """Return the native providers, and OpenTofu if it is there."""
    names = ("native", "null-native", *(("opentofu",) if opentofu.is_available() else ()))
    return [_build_parallel_peer(name, setup, operations) for name in names]


def _build_parallel_peer(name: str, setup: str, operations: Sequence[str]) -> MeasuredPeer:
    number = str(IN_PARALLEL[setup])
    env = {"PULUMI_PARALLEL": number, "ADOBE_REFRESH_FROM": "list"}
    return MeasuredPeer(name, operations, setup, {"BENCH_PARALLELISM": number} if name == "opentofu" else env)
