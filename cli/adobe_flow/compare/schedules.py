"""The starts of two schedules: which differ, and which are the same schedule in two dataflows of different age."""

from __future__ import annotations

from typing import Any, Final

from adobe_flow.compare.facts import EntityFacts
from pulumi_adobe.timestamps import from_epoch_milliseconds

START: Final = "schedule.startTime"
_SECONDS: Final = {"minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}


def have_same_start(a: EntityFacts, b: EntityFacts) -> bool:
    """Return whether two dataflows start at the same time of the same schedule.

    Adobe refuses a start in the past, so the provider gives a dataflow whose declared start has passed the next time of
    the schedule. Such a start is the same schedule: it lies a whole number of intervals after the other start, and is
    the first such time after the creation of its own dataflow.
    """
    start_a: Any = a.details.get(START)
    start_b: Any = b.details.get(START)
    if start_a == start_b:
        return True
    interval_a, interval_b = _get_interval(a), _get_interval(b)
    if interval_a is None or interval_a != interval_b or not (_is_number(start_a) and _is_number(start_b)):
        return False
    newer, start = (a, start_a) if start_a > start_b else (b, start_b)
    if (start_a - start_b) % interval_a or newer.created_at is None:
        return False
    return bool(start - interval_a <= newer.created_at)


def format_start(value: Any) -> Any:
    """Return a start as ISO 8601; what is no time stays as it is."""
    text = from_epoch_milliseconds(value * 1_000, "seconds") if _is_number(value) else None
    return text or value


def _get_interval(facts: EntityFacts) -> int | None:
    """Return the seconds between two runs; None if there is one run only, or if they are not known."""
    frequency: Any = facts.details.get("schedule.frequency")
    interval: Any = facts.details.get("schedule.interval")
    seconds = _SECONDS.get(frequency) if isinstance(frequency, str) else None
    return int(seconds * interval) if seconds and _is_number(interval) and interval >= 1 else None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
