"""What the plugin says to the person at the terminal."""

from __future__ import annotations

import pytest

from pulumi_adobe.plugin.dynamic.messages import MAX_SIMILAR_MESSAGES, LimitedMessages


def test_of_many_lines_alike_the_first_are_shown_and_one_for_all_others(capsys: pytest.CaptureFixture[str]) -> None:
    alike = LimitedMessages("and more")
    for number in range(MAX_SIMILAR_MESSAGES + 3):
        alike.print(f"line {number}")

    assert capsys.readouterr().out.splitlines() == [
        *(f"line {number}" for number in range(MAX_SIMILAR_MESSAGES)),
        "and more",
    ]


def test_where_there_are_few_none_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    alike = LimitedMessages("and more")
    for number in range(MAX_SIMILAR_MESSAGES):
        alike.print(f"line {number}")

    assert "and more" not in capsys.readouterr().out
