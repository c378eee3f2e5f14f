from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from fleet.fit import Curve, fitted, residual
from fleet.model import Layout, Model, cost
from fleet.points import CREATE, FLEET, NO_OP, RESUME, Measured, Point, Scenario

CREATES = Curve(2.0, 0.02, 0.0002)
SIZES = (1, 10, 50, 100, 200)


def point(kind: str, cpu: float, scenario: Scenario) -> Point:
    n = scenario.connections
    requests = {"tokens": 1, "GET connections": 1, "POST connections": n, "GET connections/{id}": n}
    return Point(kind, scenario, cpu, cpu, 1000 + 10 * n, requests, 0.0, 5000 + 300 * n)


def measured(create: Callable[[float], float] = CREATES) -> Measured:
    one = [Scenario(connections=n) for n in SIZES]
    several = Scenario(stacks=4, connections=10, at_once=2)
    points = [
        *(point(CREATE, create(each.connections), each) for each in one),
        *(point(NO_OP, 1.5 + 0.01 * each.connections, each) for each in one),
        point(CREATE, 999.0, Scenario(connections=200, checkpoints=False)),
        point(CREATE, 999.0, Scenario(connections=40, latency_ms=200)),
        point(FLEET, 4 * (CREATES(10) + 0.7), several),
        point(RESUME, 4 * 0.4, several),
    ]
    return Measured({}, points)


MODEL = Model.of(measured())


def test_the_fit_finds_the_polynomial_that_the_points_lie_on() -> None:
    found = fitted(SIZES, [CREATES(n) for n in SIZES], 2)

    assert (found.fixed, found.linear, found.quadratic) == pytest.approx((2.0, 0.02, 0.0002))


def test_a_small_value_weighs_as_much_as_a_large_one() -> None:
    """With absolute errors the constant would lie in the middle, at 50.5."""
    found = fitted([1, 100], [1.0, 100.0], 0)

    assert found.fixed == pytest.approx((1 + 1 / 100) / (1 + 1 / 100**2))


def test_too_few_points_are_no_fit() -> None:
    with pytest.raises(ValueError, match="3 different points are needed, not 2"):
        fitted([1, 10, 10], [1, 2, 2], 2)


def test_a_residual_is_relative_to_what_was_measured() -> None:
    assert residual(CREATES, 0, 1.6) == pytest.approx(0.25)


def test_latency_and_missing_checkpoints_are_not_part_of_the_fit() -> None:
    assert MODEL.create.quadratic == pytest.approx(CREATES.quadratic)
    assert MODEL.largest == 200


def test_requests_are_two_for_a_stack_and_two_for_a_connection() -> None:
    assert (MODEL.requests.fixed, MODEL.requests.linear) == pytest.approx((2, 2))


def test_the_runner_costs_what_its_stacks_cost_beyond_pulumi_up() -> None:
    assert (MODEL.runner, MODEL.look) == pytest.approx((0.7, 0.4))


def test_a_connection_costs_least_where_the_fixed_and_the_quadratic_part_are_equal() -> None:
    best = MODEL.best_size

    assert best == 100
    assert all(MODEL.create(n) / n >= MODEL.create(best) / best for n in range(1, 1000))


def test_a_stack_takes_the_longer_of_the_engines_work_and_its_requests_four_at_a_time() -> None:
    work = 0.02 * 100 + 0.0002 * 100**2

    assert MODEL.stack_seconds(100) == pytest.approx(2 + work)
    assert MODEL.stack_seconds(100, latency=1.0) == pytest.approx(2 + 200 / 4 + 2)
    knee = MODEL.latency_knee(100)
    assert 200 * knee / 4 == pytest.approx(work)


def test_the_slowest_of_cores_stacks_and_limit_is_the_time() -> None:
    cpu = 10 * (CREATES(100) + 0.7)

    few = cost(MODEL, Layout(1000, 100, cores=2, at_once=2))
    one_at_a_time = cost(MODEL, Layout(1000, 100, cores=8, at_once=1))
    limited = cost(MODEL, Layout(1000, 100, cores=8, at_once=8, rate=2))

    assert few.seconds == few.by_cores == pytest.approx(cpu / 2)
    assert one_at_a_time.seconds == one_at_a_time.by_stacks == pytest.approx(10 * (CREATES(100) + 0.7))
    assert limited.seconds == limited.by_rate == pytest.approx((10 * 2 + 2 * 1000) / 2)
    assert few.by_rate == 0


@pytest.mark.parametrize(("connections", "size", "stacks"), [(10, 10, 1), (11, 10, 2), (5, 100, 1), (1000, 1, 1000)])
def test_the_last_stack_may_be_smaller(connections: int, size: int, stacks: int) -> None:
    assert Layout(connections, size).stacks == stacks


def test_one_stack_has_no_runner_and_no_second_core() -> None:
    alone = cost(MODEL, Layout(100, 100, cores=16, at_once=16))

    assert alone.cpu == alone.seconds == pytest.approx(CREATES(100))
    assert math.isinf(Layout(1, 1).rate)
