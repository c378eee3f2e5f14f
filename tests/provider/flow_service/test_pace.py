"""How fast the threads of a process may send."""

from __future__ import annotations

from pulumi_adobe.flow_service.pace import RateLimit
from tests.provider.lifecycle.world import SkippingClock


def test_without_a_limit_nobody_waits() -> None:
    pace = RateLimit(SkippingClock())

    assert [pace.reserve_slot() for _ in range(3)] == [0.0, 0.0, 0.0]


def test_with_a_limit_each_takes_a_moment_of_its_own() -> None:
    clock = SkippingClock()
    pace = RateLimit(clock, per_second=4)

    assert [pace.reserve_slot() for _ in range(3)] == [0.0, 0.25, 0.5]
    clock.sleep(10)
    assert pace.reserve_slot() == 0.0


def test_a_hold_is_for_everybody_and_never_shortened() -> None:
    clock = SkippingClock()
    pace = RateLimit(clock)
    pace.pause(30)
    pace.pause(5)

    assert [pace.reserve_slot(), pace.reserve_slot()] == [30.0, 30.0]
    clock.sleep(31)
    assert pace.reserve_slot() == 0.0


def test_a_hold_reaches_who_already_waits_for_a_moment() -> None:
    clock = SkippingClock()
    pace = RateLimit(clock, per_second=1)
    pace.reserve_slot()
    wait = pace.reserve_slot()
    pace.pause(30)
    clock.sleep(wait)

    assert pace.remaining_pause() == 29.0
    clock.sleep(30)
    assert pace.remaining_pause() == 0.0


def test_before_anybody_asked_for_a_pause_none_is_held() -> None:
    assert RateLimit(SkippingClock()).remaining_pause() == 0.0
