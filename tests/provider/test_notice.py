"""What the plugin says to the person at the terminal."""

from __future__ import annotations

import pytest

from pulumi_adobe.notice import MOST_ALIKE, Alike


def test_of_many_lines_alike_the_first_are_shown_and_one_for_all_others(capsys: pytest.CaptureFixture[str]) -> None:
    alike = Alike("and more")
    for number in range(MOST_ALIKE + 3):
        alike.notice(f"line {number}")

    assert capsys.readouterr().out.splitlines() == [*(f"line {number}" for number in range(MOST_ALIKE)), "and more"]


def test_where_there_are_few_none_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    alike = Alike("and more")
    for number in range(MOST_ALIKE):
        alike.notice(f"line {number}")

    assert "and more" not in capsys.readouterr().out
