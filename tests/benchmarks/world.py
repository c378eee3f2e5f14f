"""Results that meet the whole budget, which the tests spoil one by one."""

from __future__ import annotations

from typing import Any

from benchmarks.plan import COUNTED, LIST, MANY, MOST, SKIP, SLOW
from benchmarks.results import MeasuredRun, Results

REQUESTS: dict[str, dict[str, int]] = {
    "create": {"POST connections": 100, "GET connections?orderby": 25, "POST token": 1, "GET connections": 1},
    "no-op": {},
    "preview": {},
    "update": {"PATCH connections/{id}": 1, "GET connections/{id}": 1, "POST token": 1},
    "refresh": {"GET connections/{id}": 100, "POST token": 1, "GET connections": 1},
    "destroy": {"DELETE connections/{id}": 100, "POST token": 1, "GET flows": 1},
}


def run(peer: str, operation: str, **changed: Any) -> MeasuredRun:
    usual: dict[str, Any] = {
        "connections": COUNTED,
        "latency": 0,
        "wall": {"ours": 1.0, "null": 0.9, "naive": 2.5}[peer],
        "cpu": {"ours": 1.0, "null": 0.98, "naive": 2.0}[peer],
        "memory": {"ours": 40, "null": 40, "naive": 100}[peer],
        "state": {"ours": 10, "null": 12, "naive": 100}[peer],
        "tcp": 4 if peer == "ours" else 100,
        "requests": REQUESTS[operation] if peer == "ours" else {},
    }
    return MeasuredRun(peer, operation, **{**usual, **changed})


def good() -> list[MeasuredRun]:
    """Three rounds, and the others once."""
    life = [run("ours", operation) for operation in REQUESTS]
    others = [run(peer, operation) for peer in ("null", "naive") for operation in ("create", "no-op", "destroy")]
    pages = {"GET connections": MANY // 100, "POST token": 1}
    return [
        *(life + others) * 3,
        run("ours", "create", latency=SLOW, span=52 * SLOW / 1000),
        run("ours", "refresh", connections=MANY, latency=SLOW, setup=LIST, requests=pages, wall=5.0),
        run("ours", "create", connections=MOST, setup=SKIP),
    ]


def results(*runs: MeasuredRun, **changed: Any) -> Results:
    usual: dict[str, Any] = {
        "imports": {"milliseconds": 20.0, "requests": False},
        "serialising": {"first": 0.1, "last": 0.1},
    }
    return Results({}, runs, **{**usual, **changed})
