"""The system clock, and the dates of HTTP headers."""

from __future__ import annotations

from datetime import datetime, timezone
from threading import Event, Timer

import pytest

from pulumi_adobe.errors import Cancelled
from pulumi_adobe.flow_service.clock import SystemClock, parse_http_date


def test_sleep_returns_after_the_given_time() -> None:
    clock = SystemClock()
    started_at = clock.now()

    clock.sleep(0.05)

    assert 0.05 <= clock.now() - started_at < 5


def test_sleep_ends_with_an_error_when_the_run_is_cancelled() -> None:
    cancelled = Event()
    clock = SystemClock(cancelled)
    Timer(0.05, cancelled.set).start()
    started_at = clock.now()

    with pytest.raises(Cancelled):
        clock.sleep(60)

    assert clock.now() - started_at < 5
    with pytest.raises(Cancelled):
        clock.sleep(60)


def test_wait_ends_with_the_event_the_time_or_the_cancellation() -> None:
    cancelled, event, set_event = Event(), Event(), Event()
    set_event.set()
    clock = SystemClock(cancelled)
    Timer(0.05, event.set).start()
    assert clock.wait(event, 60)
    assert not clock.wait(Event(), 0.05)

    Timer(0.05, cancelled.set).start()
    with pytest.raises(Cancelled):
        clock.wait(Event(), 60)
    # What has happened needs no wait.
    assert clock.wait(set_event, 60)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Thu, 26 Nov 2026 10:00:00 GMT", 10),
        ("Thu, 26 Nov 2026 10:00:00 -0000", 10),
        ("Thu, 26 Nov 2026 10:00:00 +0200", 8),
        ("Thu, 26 Nov 2026 10:00:00 -0500", 15),
    ],
)
def test_http_date_of_any_offset_is_parsed(text: str, hour: int) -> None:
    assert parse_http_date(text) == datetime(2026, 11, 26, hour, tzinfo=timezone.utc)


@pytest.mark.parametrize("text", ["", "soon", "Thu, 99 Nov 2026 10:00:00 GMT"])
def test_invalid_http_date_is_none(text: str) -> None:
    assert parse_http_date(text) is None
