"""The machine's clock, and moments as HTTP writes them."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from pulumi_adobe.flow_service.clock import SystemClock, parse_http_date


def test_who_sleeps_wakes_when_the_time_has_passed() -> None:
    clock = SystemClock()
    begun = clock.now()

    clock.sleep(0.05)

    assert 0.05 <= clock.now() - begun < 5


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Thu, 26 Nov 2026 10:00:00 GMT", 10),
        ("Thu, 26 Nov 2026 10:00:00 -0000", 10),
        ("Thu, 26 Nov 2026 10:00:00 +0200", 8),
        ("Thu, 26 Nov 2026 10:00:00 -0500", 15),
    ],
)
def test_a_moment_is_the_same_wherever_it_is_written(text: str, hour: int) -> None:
    assert parse_http_date(text) == datetime(2026, 11, 26, hour, tzinfo=timezone.utc)


@pytest.mark.parametrize("text", ["", "soon", "Thu, 99 Nov 2026 10:00:00 GMT"])
def test_what_is_no_moment_is_none(text: str) -> None:
    assert parse_http_date(text) is None
