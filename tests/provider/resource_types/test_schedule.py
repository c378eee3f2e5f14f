"""The schedule of a dataflow: its short forms, its validation, and its next start."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from pulumi_adobe.resource_types.dataflow import SCHEMA
from pulumi_adobe.resource_types.schedule import Schedule, find_next_start, validate_schedule
from pulumi_adobe.schema.values import UNKNOWN

NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)


def _validate(frequency: Any, interval: Any = None, delta_column: str | None = None) -> list[str]:
    """Return the problems of a dataflow with this schedule."""
    inputs = {"frequency": frequency, "interval": interval, "deltaColumn": delta_column}
    return list(validate_schedule(SCHEMA.labels, inputs))


@pytest.mark.parametrize(
    ("schedule", "frequency", "interval"),
    [
        (Schedule.hourly(delta_column="t"), "hour", 1),
        (Schedule.daily(delta_column="t"), "day", 1),
        (Schedule.weekly(delta_column="t"), "week", 1),
        (Schedule.every(minutes=15, delta_column="t"), "minute", 15),
        (Schedule.every(hours=6, delta_column="t"), "hour", 6),
    ],
    ids=str,
)
def test_short_form_determines_frequency_and_interval(schedule: Schedule, frequency: str, interval: int) -> None:
    assert (schedule.frequency, schedule.interval, schedule.delta_column) == (frequency, interval, "t")
    assert _validate(schedule.frequency, schedule.interval, delta_column="t") == []


def test_once_has_neither_interval_nor_delta_column() -> None:
    schedule = Schedule.once("2026-12-01T12:00:00Z")

    assert (schedule.frequency, schedule.interval, schedule.delta_column) == ("once", None, None)
    assert _validate("once") == []


@pytest.mark.parametrize("units", [{}, {"minutes": 15, "hours": 1}], ids=["none", "two"])
def test_every_needs_exactly_one_unit(units: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="exactly one of minutes, hours, days and weeks"):
        Schedule.every(delta_column="t", **units)


def test_start_is_a_text_or_a_datetime() -> None:
    summer_time = timezone(timedelta(hours=2))

    assert Schedule.daily(delta_column="t", start="2026-12-01T12:00Z").start_text == "2026-12-01T12:00Z"
    assert Schedule.daily(delta_column="t", start=NOON.astimezone(summer_time)).start_text == "2026-12-01T12:00:00Z"
    assert Schedule.daily(delta_column="t").start_text is None


@pytest.mark.parametrize(
    ("frequency", "interval", "facts"),
    [
        ("month", 1, ("schedule.frequency", "once, minute, hour, day, week")),
        ("day", None, ("schedule.interval", "missing")),
        ("day", 0, ("schedule.interval", "at least 1", "day")),
        ("minute", 14, ("schedule.interval", "at least 15", "minute")),
        ("once", 1, ("schedule.interval", "not allowed")),
        ("once", [1], ("schedule.interval", "not allowed")),  # as an export finds it
    ],
)
def test_problem_names_the_argument_and_the_limit(frequency: str, interval: Any, facts: tuple[str, ...]) -> None:
    (problem,) = _validate(frequency, interval)

    assert all(fact in problem for fact in facts)


def test_unknown_frequency_has_no_problem() -> None:
    assert _validate(UNKNOWN) == []


@pytest.mark.parametrize(
    ("start", "frequency", "interval", "next_start"),
    [
        ("2026-11-01T03:00:00Z", "day", 1, "2026-12-02T03:00:00Z"),
        ("2026-12-01T11:00:00Z", "hour", 6, "2026-12-01T17:00:00Z"),
        ("2026-12-01T12:00:00Z", "hour", 1, "2026-12-01T12:00:00Z"),
        ("2027-01-01T00:00:00Z", "week", 1, "2027-01-01T00:00:00Z"),
    ],
)
def test_next_start_is_the_first_time_of_the_schedule_that_has_not_passed(
    start: str, frequency: str, interval: int, next_start: str
) -> None:
    assert find_next_start(start, frequency, interval, NOON) == next_start
