"""The start of a dataflow that was created later is the next time of the same schedule."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.compare.facts import DATAFLOW, EntityFacts
from adobe_flow.compare.schedules import have_same_start

HOUR, DAY = 3_600, 86_400
START = 20_000 * DAY + 3 * HOUR


def flow(start: Any, created_at: float | None, frequency: Any = "day", interval: Any = 1) -> EntityFacts:
    details = {"schedule.startTime": start, "schedule.frequency": frequency, "schedule.interval": interval}
    return EntityFacts("1", "orders", "", kind=DATAFLOW, details=details, created_at=created_at)


OLD = flow(START, START - HOUR)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (flow(START, START - 9 * DAY), True),
        (flow(START + 9 * DAY, START + 8 * DAY + HOUR), True),
        (flow(START + 9 * DAY, START + 8 * DAY), True),
        (flow(START + 9 * DAY, START + 7 * DAY), False),
        (flow(START + 9 * DAY + 1, START + 8 * DAY + HOUR), False),
        (flow(START + 9 * DAY, None), False),
        (flow(START + 8 * DAY, START + 7 * DAY + HOUR, interval=2), False),
        (flow(START + 9 * DAY, START + 8 * DAY + HOUR, frequency="hour", interval=24), True),
        (flow(START + 9 * DAY, START + 8 * DAY + HOUR, frequency="once", interval=None), False),
        (flow("text", START), False),
        (flow(None, START), False),
        (flow(START + 9 * DAY, START, frequency=["day"]), False),
        (flow(START + 9 * DAY, START, interval=0), False),
    ],
)
def test_start_times_are_equal_if_they_have_the_same_first_run(other: EntityFacts, expected: bool) -> None:  # noqa: FBT001 - a parameter
    assert have_same_start(OLD, other) is expected
    assert have_same_start(other, OLD) is expected
