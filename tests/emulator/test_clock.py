"""Times are read in the forms that every version of Python has, and never leave the calendar."""

from __future__ import annotations

import pytest

from flow_service_emulator.clock import Clock, format_iso, parse_time


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01",
        "2026-12-01T03:00Z",
        "2026-12-01 03:00:00",
        "2026-12-01T03:00:00.123+02:00",
        "0001-01-01",
        "9999-12-31",
    ],
)
def test_time_is_parsed_the_same_in_every_python_version(text: str) -> None:
    assert isinstance(parse_time(text), int)


@pytest.mark.parametrize(
    "text", ["", "soon", "20261201", "2026-W49-2", "2026-12-01T03", "2026-12-01T24:00", "2026-13-01"]
)
def test_time_format_that_only_some_python_versions_parse_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"time|month|hour"):
        parse_time(text)


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf"), 1e300, 3e9])
def test_clock_cannot_move_more_than_a_hundred_years(seconds: float) -> None:
    clock = Clock()
    clock.advance(3e9)

    with pytest.raises(ValueError, match="hundred years"):
        clock.advance(seconds)

    assert format_iso(clock.now()) < "2200"
