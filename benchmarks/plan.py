"""What `make bench` measures: a plan for minutes, and one for an hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.rounds import LIFE, SHORT, Field, Peer

SKIP: Final = "checkpoints skipped"
LIST: Final = "ADOBE_REFRESH_FROM=list"
PARALLEL: Final = "--parallel 64"
OURS: Final = Peer("ours", LIFE)
NULL: Final = Peer("null")
NAIVE: Final = Peer("naive", LIFE)
SCRIPT: Final = Peer("script", ("create", "destroy"))
POOL: Final = Peer("pool", ("create", "destroy"))
_SKIPPING: Final = {"PULUMI_SKIP_CHECKPOINTS": "1", "PULUMI_EXPERIMENTAL": "1"}
_CREATE: Final = ("create",)

COUNTED: Final = 100
"""The connections at which the budget compares."""
SLOW: Final = 200
"""The latency of its rows, in milliseconds."""
MANY: Final = 500
MOST: Final = 1000


@dataclass(frozen=True)
class Plan:
    """How many rounds at `COUNTED`; and once each, for the pictures: other sizes, larger ones, latencies, workers."""

    rounds: int
    sizes: Sequence[int]
    large: Sequence[int]
    latencies: Sequence[int]
    workers: Sequence[int]


MINUTES: Final = Plan(rounds=3, sizes=(10, 30), large=(300,), latencies=(50, SLOW), workers=(1, 4))
FULL: Final = Plan(
    rounds=5, sizes=(1, 10, 30, 200), large=(300, MANY, MOST), latencies=(50, 100, SLOW, 400), workers=(1, 2, 4, 8)
)


def measure(field: Field, plan: Plan) -> None:
    """All of it."""
    field.rounds([OURS], 2)  # Python compiles what it imports once; this is not kept.
    field.runs.clear()
    everybody = [OURS, NULL, NAIVE, SCRIPT, POOL]
    field.rounds(everybody, COUNTED, times=plan.rounds)
    for size in plan.sizes:
        field.rounds([Peer(peer.name, ("create", "destroy")) for peer in everybody], size)
    for latency in plan.latencies:
        field.rounds([Peer(peer.name, _CREATE) for peer in (OURS, NAIVE, SCRIPT, POOL)], COUNTED, latency)
    # The SDK cannot pickle the naive one's class so often: it ends in a RecursionError near the 235th.
    for size in plan.large:
        field.rounds([Peer("ours", _CREATE), Peer("null", _CREATE)], size)
    skipping = [Peer(name, ("create", "destroy"), SKIP, _SKIPPING) for name in ("ours", "null")]
    field.rounds(skipping, COUNTED)
    _workers(field, plan.workers)
    _many(field)
    _most(field)


def _workers(field: Field, numbers: Sequence[int]) -> None:
    """Several provider processes: with Pulumi's own `--parallel`, and with one for all of their threads."""
    for setup, env in (("", {}), (PARALLEL, {"PULUMI_PARALLEL": "64"})):
        peers = [Peer("workers", _CREATE, setup, {"BENCH_WORKERS": str(each), **env}) for each in numbers]
        field.rounds(peers, COUNTED, SLOW)


def _many(field: Field) -> None:
    """The refresh of many, by id and from list pages, of what was made without waiting."""
    field.adobe.set_latency(0)
    made = field.make(Peer("ours", setup=SKIP, env=_SKIPPING), MANY)
    field.one(made, "create")
    field.adobe.set_latency(SLOW)
    field.one(made, "refresh", ADOBE_REFRESH_FROM="list")
    field.one(made, "refresh", ADOBE_REFRESH_FROM="id")


def _most(field: Field) -> None:
    field.adobe.set_latency(0)
    made = field.make(Peer("ours", setup=SKIP, env=_SKIPPING), MOST)
    for operation in SHORT:
        field.one(made, operation)
