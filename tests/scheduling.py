"""In which order tests run, so that no worker of pytest-xdist waits for a long test at the end."""

from __future__ import annotations

import pytest


def order_tests(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests in two shares of whole modules, each of which begins with the tests of the engine.

    `--dist worksteal` gives each worker one share. A worker that has finished its own takes the last tests of another
    share, which are the quick ones here.
    """
    modules: dict[object, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    slowest_first = sorted(modules.values(), key=_rank)  # stable: each rank keeps its order
    return [item for share in (slowest_first[::2], slowest_first[1::2]) for module in share for item in module]


def _rank(tests: list[pytest.Item]) -> int:
    """Return 0 for a module with tests of the engine, 1 for one with slow tests, else 2."""
    for rank, marker in enumerate(("engine", "slow")):
        if any(test.get_closest_marker(marker) for test in tests):
            return rank
    return 2
