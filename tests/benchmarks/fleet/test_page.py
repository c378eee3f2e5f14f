"""The numbers of docs/how-to/scale.md are the measured ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fleet import page
from benchmarks.fleet.points import (
    CREATE,
    FLEET,
    FleetMeasurements,
    MeasuredPoint,
    Scenario,
    load_measurements,
    save_measurements,
)
from docs.generate import replace_blocks


def test_the_page_is_as_generated() -> None:
    """`python -m benchmarks.fleet pages` writes it, with PYTHONPATH=examples/fleet."""
    text = page.PAGE.read_text("utf-8")

    assert replace_blocks(text, page.build_page_blocks(load_measurements())) == text


def test_the_points_that_are_written_can_be_read_back(tmp_path: Path) -> None:
    measurements = load_measurements()

    save_measurements(measurements, tmp_path / "points.json")

    assert load_measurements(tmp_path / "points.json") == measurements


def test_each_stack_of_the_points_took_one_token_and_each_connection_one_post() -> None:
    points = [point for point in load_measurements().points if point.kind in (CREATE, FLEET)]

    assert points
    for point in points:
        assert point.requests["tokens"] == point.scenario.stacks
        assert point.requests["POST connections"] == point.scenario.stacks * point.scenario.connections


def test_a_row_divides_the_cpu_by_all_connections_of_all_stacks() -> None:
    scenario = Scenario(stacks=4, connections=5, at_once=2, latency_ms=200)
    point = MeasuredPoint(FLEET, scenario, 3.4, 2.0, 280_000_000, {"tokens": 4, "POST connections": 20}, 1.0, 5091)

    row = page.build_table(FleetMeasurements({}, [point])).splitlines()[-1]

    assert row == "| runner, 2 at once, create, 200 ms | 4 | 5 | 2.0 | 100 | 3 | 24 | 5.1 kB | 280 MB |"


@pytest.mark.parametrize(("count", "text"), [(900, "900 B"), (9_960, "10 kB"), (123_456, "120 kB"), (270e6, "270 MB")])
def test_sizes_have_two_significant_digits(count: float, text: str) -> None:
    assert page.format_byte_size(count) == text
