"""schedule-limits."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow_policy.rules.schedule_limits import RULE
from pulumi_adobe.schema.values import UNKNOWN
from tests.policy.resources import dataflow, validate


@pytest.mark.parametrize(("frequency", "interval"), [("minute", 60.0), ("hour", 1.0), ("day", 7.0), ("week", 1)])
def test_schedule_within_the_limits_passes(frequency: str, interval: float) -> None:
    assert validate(RULE, dataflow(frequency=frequency, interval=interval)) == []


@pytest.mark.parametrize(
    ("frequency", "interval", "problem"),
    [
        ("minute", 15.0, "the dataflow runs every 15 minutes, but at least 60"),
        ("minute", 59.0, "at least 60"),
        ("day", 8.0, "the dataflow runs every 11520 minutes, but at most 10080"),
        ("week", 2, "at most 10080"),
    ],
)
def test_schedule_beyond_the_limits_is_a_violation(frequency: str, interval: float, problem: str) -> None:
    (message,) = validate(RULE, dataflow(frequency=frequency, interval=interval))

    assert message.startswith("interval: ")
    assert problem in message


def test_configuration_can_forbid_one_time_runs() -> None:
    single = dataflow(frequency="once", without=("interval",))

    assert validate(RULE, single) == []
    assert validate(RULE, single, once=False)[0].startswith("frequency: single runs")


@pytest.mark.parametrize(("properties", "refused"), [({"backfill": True}, 1), ({}, 1), ({"backfill": False}, 0)])
def test_configuration_can_forbid_backfill_which_is_the_default_of_adobe(
    properties: dict[str, Any], refused: int
) -> None:
    assert validate(RULE, dataflow(**properties)) == []
    assert len(validate(RULE, dataflow(**properties), backfill=False)) == refused


@pytest.mark.parametrize("unknown", ["frequency", "interval", "backfill"])
def test_unknown_schedule_passes(unknown: str) -> None:
    properties: dict[str, Any] = {"frequency": "minute", "interval": 60.0, "backfill": False, unknown: UNKNOWN}

    assert validate(RULE, dataflow(**properties), once=False, backfill=False) == []
