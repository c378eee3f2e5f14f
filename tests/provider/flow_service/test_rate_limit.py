"""The rate limit that all threads of a process share."""

from __future__ import annotations

from pulumi_adobe.flow_service.rate_limit import RateLimit
from tests.provider.flow_service.support import FakeClock


def test_without_a_limit_no_request_waits() -> None:
    rate_limit = RateLimit(FakeClock())

    assert [rate_limit.reserve_slot() for _ in range(3)] == [0.0, 0.0, 0.0]


def test_with_a_limit_each_request_gets_its_own_slot() -> None:
    clock = FakeClock()
    rate_limit = RateLimit(clock, per_second=4)

    assert [rate_limit.reserve_slot() for _ in range(3)] == [0.0, 0.25, 0.5]
    clock.sleep(10)
    assert rate_limit.reserve_slot() == 0.0


def test_pause_holds_for_all_and_is_never_shortened() -> None:
    clock = FakeClock()
    rate_limit = RateLimit(clock)
    rate_limit.pause(30)
    rate_limit.pause(5)

    assert [rate_limit.reserve_slot(), rate_limit.reserve_slot()] == [30.0, 30.0]
    clock.sleep(31)
    assert rate_limit.reserve_slot() == 0.0


def test_pause_delays_a_request_that_already_waits() -> None:
    clock = FakeClock()
    rate_limit = RateLimit(clock, per_second=1)
    rate_limit.reserve_slot()
    wait = rate_limit.reserve_slot()
    rate_limit.pause(30)
    clock.sleep(wait)

    assert rate_limit.remaining_pause() == 29.0
    clock.sleep(30)
    assert rate_limit.remaining_pause() == 0.0


def test_there_is_no_pause_at_first() -> None:
    assert RateLimit(FakeClock()).remaining_pause() == 0.0
