"""Results that meet the whole budget, which the tests spoil one by one."""

from __future__ import annotations

from typing import Any

from benchmarks.plan import COUNTED, LIST, MANY, MOST, SIXTY_FOUR, SKIP, SLOW, TEN
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
        "wall": {"naive": 2.5, "null": 0.9, "null-native": 0.9}.get(peer, 1.0),
        "cpu": {"naive": 2.0, "null": 0.98, "null-native": 0.98}.get(peer, 1.0),
        "memory": {"naive": 100}.get(peer, 40),
        "state": {"naive": 100, "null": 12}.get(peer, 10),
        "tcp": 4 if peer == "ours" else 100,
        "requests": REQUESTS[operation] if peer == "ours" else {},
    }
    return MeasuredRun(peer, operation, **{**usual, **changed})


def good() -> list[MeasuredRun]:
    """Three rounds, and the others once."""
    life = [run("ours", operation) for operation in REQUESTS]
    others = [run(peer, operation) for peer in ("null", "naive") for operation in ("create", "no-op", "destroy")]
    others.append(run("script", "destroy", cpu=0.05))
    pages = {"GET connections": MANY // 100, "POST token": 1}
    return [
        *(life + others) * 3,
        run("ours", "create", latency=SLOW, span=52 * SLOW / 1000),
        run("ours", "refresh", connections=MANY, latency=SLOW, setup=LIST, requests=pages, wall=5.0),
        run("ours", "create", connections=MOST, setup=SKIP),
        *_list_native_runs(),
    ]


def _list_native_runs() -> list[MeasuredRun]:
    """Return the runs of the native adapter, and those of its peers."""
    idle = [run(peer, operation) for peer in ("native", "null-native") for operation in ("create", "no-op", "destroy")]
    requests = {**REQUESTS["create"], "GET connections?orderby": 10}
    walls = {"create": 15.0, "preview": 6.0, "refresh": 4.0, "destroy": 15.0}
    beside = [
        compared
        for operation, wall in walls.items()
        for compared in (
            run("native", operation, latency=SLOW, setup=TEN, wall=wall, requests=requests),
            run("opentofu", operation, latency=SLOW, setup=TEN, wall=10.0),
            run("null-native", operation, latency=SLOW, setup=TEN),
        )
    ]
    return [
        *(idle + beside) * 3,
        run("native", "create", latency=SLOW, setup=SIXTY_FOUR, wall=25.0),
        run("opentofu", "create", latency=SLOW, setup=SIXTY_FOUR, wall=10.0),
        run("native", "refresh", connections=MANY, latency=SLOW, setup=TEN, wall=2.0),
        run("opentofu", "refresh", connections=MANY, latency=SLOW, setup=TEN, wall=10.0),
    ]


def results(*runs: MeasuredRun, **changed: Any) -> Results:
    usual: dict[str, Any] = {
        "about": {"opentofu": "1.10.7", "cores": 2},
        "imports": {"milliseconds": 20.0, "requests": False, "native": 25.0},
        "serialising": {"first": 0.1, "last": 0.1},
    }
    return Results(runs=runs, **{**usual, **changed})
