"""Both workers begin with long tests and end with quick ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from tests.scheduling import order_tests


@dataclass(frozen=True)
class Item:
    """What the order depends on: the file of a test, and its marker."""

    path: str
    marker: str = ""

    def get_closest_marker(self, name: str) -> bool:
        return self.marker == name


def test_each_test_shard_begins_with_the_engine_tests_and_keeps_modules_whole() -> None:
    quick, engine, beside, slow = Item("a"), Item("b", "engine"), Item("b"), Item("c", "slow")
    other_engine, other_slow, other_quick = Item("d", "engine"), Item("e", "slow"), Item("f")
    items = [quick, engine, beside, slow, other_engine, other_slow, other_quick]

    ordered = cast("list[Item]", order_tests(cast("list[pytest.Item]", items)))

    assert ordered == [engine, beside, slow, quick, other_engine, other_slow, other_quick]
