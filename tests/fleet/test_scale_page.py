"""What docs/scale.md says is what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.generate import replace_blocks
from fleet import page, pictures
from fleet.model import Layout, Model
from fleet.points import CREATE, FLEET, load, save
from fleet.units import duration, number, off, size


def test_the_page_is_as_generated() -> None:
    """`python -m fleet pages` writes it, with PYTHONPATH=examples/fleet."""
    text = page.PAGE.read_text("utf-8")

    assert replace_blocks(text, page.blocks(load())) == text


@pytest.mark.parametrize("name", ["scale-stack.svg", "scale-fleet.svg"])
def test_a_picture_was_drawn_from_the_data_that_is_there(name: str) -> None:
    assert pictures.source() in (pictures.FOLDER / name).read_text("utf-8")


def test_the_points_are_written_as_they_are_read(tmp_path: Path) -> None:
    measured = load()

    save(measured, tmp_path / "points.json")

    assert load(tmp_path / "points.json") == measured


def test_each_stack_of_the_points_took_one_token_and_each_connection_one_post() -> None:
    measured = load()

    for point in (*measured.of(CREATE), *measured.of(FLEET)):
        assert point.requests["tokens"] == point.scenario.stacks
        assert point.requests["POST connections"] == point.scenario.stacks * point.scenario.connections


def test_a_prediction_says_what_it_is_made_of_and_that_it_is_extrapolated() -> None:
    model = Model.of(load())

    within = page.prediction((Layout(1000, 100, rate=1), model))
    beyond = page.prediction((Layout(100_000, 100_000), model))

    assert within.startswith("10 stacks of 100\n")
    assert "Adobe's limit" in within
    assert f"extrapolated: stacks of at most {model.largest} were measured" in beyond


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (number(0), "0"),
        (number(0.0123), "0.012"),
        (number(1.234), "1.2"),
        (number(9.96), "10"),
        (number(123.4), "120"),
        (number(98765), "99,000"),
        (duration(0.5), "0.50 s"),
        (duration(59), "59 s"),
        (duration(90), "1.5 min"),
        (duration(7200), "2.0 h"),
        (duration(864000), "10 d"),
        (size(270e6), "270 MB"),
        (size(900), "900 B"),
        (off(-0.123), "-12 %"),
    ],
)
def test_numbers_have_two_digits_that_count(text: str, said: str) -> None:
    assert text == said
