"""What `make bench` measures: a plan for minutes, and one for an hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.rounds import LIFE, SHORT, Field, Peer

SKIP: Final = "checkpoints skipped"
LIST: Final = "ADOBE_REFRESH_FROM=list"
OURS: Final = Peer("ours", LIFE)
NULL: Final = Peer("null")
NAIVE: Final = Peer("naive")
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
    """How many rounds at `COUNTED`, and which other sizes and latencies once each, for the pictures."""

    rounds: int
    sizes: Sequence[int]
    large: Sequence[int]
    latencies: Sequence[int]


MINUTES: Final = Plan(rounds=3, sizes=(10, 30), large=(), latencies=(50, SLOW))
FULL: Final = Plan(rounds=5, sizes=(1, 10, 30, 200), large=(MANY, MOST), latencies=(50, 100, SLOW, 400))


def measure(field: Field, plan: Plan) -> None:
    """All of it."""
    field.rounds([OURS], 2)  # Python compiles what it imports once; this is not kept.
    field.runs.clear()
    field.rounds([OURS, NULL, NAIVE, SCRIPT, POOL], COUNTED, times=plan.rounds)
    for size in plan.sizes:
        field.rounds([OURS, NULL, NAIVE, SCRIPT, POOL], size)
    for latency in plan.latencies:
        peers = [Peer("ours", ("create", "refresh", "destroy")), NAIVE, SCRIPT, POOL]
        field.rounds([Peer(peer.name, _keep(peer, latency)) for peer in peers], COUNTED, latency)
    # The SDK cannot serialise the naive one's class so often (its recursion limit), so it is not in these.
    for size in plan.large:
        field.rounds([Peer("ours", SHORT), NULL], size)
    _many(field)
    _most(field)


def _keep(peer: Peer, latency: int) -> Sequence[str]:
    """A script without threads waits for each request: once is enough, and at the latency of the budget only."""
    if peer.name == "ours" and latency == SLOW:
        return ("create", "refresh", "destroy")
    return _CREATE


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
