"""How fast the threads of a process may send."""

from __future__ import annotations

from pulumi_adobe.flow_service.pace import Pace
from tests.provider.lifecycle.world import SkippingClock


def test_without_a_limit_nobody_waits() -> None:
    pace = Pace(SkippingClock())

    assert [pace.wait_time() for _ in range(3)] == [0.0, 0.0, 0.0]


def test_with_a_limit_each_takes_a_moment_of_its_own() -> None:
    clock = SkippingClock()
    pace = Pace(clock, per_second=4)

    assert [pace.wait_time() for _ in range(3)] == [0.0, 0.25, 0.5]
    clock.sleep(10)
    assert pace.wait_time() == 0.0


def test_a_hold_is_for_everybody_and_never_shortened() -> None:
    clock = SkippingClock()
    pace = Pace(clock)
    pace.hold(30)
    pace.hold(5)

    assert [pace.wait_time(), pace.wait_time()] == [30.0, 30.0]
    clock.sleep(31)
    assert pace.wait_time() == 0.0


def test_a_hold_reaches_who_already_waits_for_a_moment() -> None:
    clock = SkippingClock()
    pace = Pace(clock, per_second=1)
    pace.wait_time()
    wait = pace.wait_time()
    pace.hold(30)
    clock.sleep(wait)

    assert pace.held() == 29.0
    clock.sleep(30)
    assert pace.held() == 0.0


def test_before_anybody_asked_for_a_pause_none_is_held() -> None:
    assert Pace(SkippingClock()).held() == 0.0
