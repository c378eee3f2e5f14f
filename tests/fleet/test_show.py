from __future__ import annotations

import io
from collections import Counter

import pytest
from rich.console import Console

from fleet_runner.board import BoardLine, StackState
from fleet_runner.show import build_table, format_line, format_requests, format_summary, select_lines, show_board

LINES = [
    BoardLine("a", StackState.DONE, changed=2, seconds=3),
    BoardLine("b", StackState.FAILED, seconds=1, reason="because [b] is not there"),
    BoardLine("c", StackState.RUNNING),
    BoardLine("d"),
]


@pytest.mark.parametrize(("room", "names"), [(9, "abcd"), (3, "abc"), (2, "bc"), (1, "b"), (-5, "b")])
def test_small_terminal_shows_failed_and_running_stacks_first(room: int, names: str) -> None:
    assert "".join(line.name for line in select_lines(LINES, room)) == names


def test_table_is_never_higher_than_the_terminal() -> None:
    console = Console(file=io.StringIO(), width=80, height=20, force_terminal=True)
    lines = [BoardLine(f"sandbox-{number}") for number in range(500)]

    with console.capture() as captured:
        console.print(build_table(lines, 20))

    assert len(captured.get().splitlines()) <= 20
    assert "500 waiting" in captured.get()


def test_without_a_terminal_each_finished_stack_is_a_line_with_its_full_reason() -> None:
    out = io.StringIO()

    with show_board(["b"], Console(file=out, width=40)) as board:
        board.begin_stack("b")
        board.end_stack("b", StackState.FAILED, "because [b] is not there, which is longer than the line")

    assert out.getvalue().startswith("b: failed, 0 changed, 0.0 s: because [b] is not there, which is longer")
    assert out.getvalue().count("\n") == 1


def test_summary_names_failed_stacks_and_counts_the_others() -> None:
    assert format_summary(LINES, 61.2).splitlines() == [
        format_line(LINES[1]),
        "1 waiting, 1 running, 1 done, 1 failed; 2 connections changed in 61 s",
    ]


def test_requests_are_counted_by_kind() -> None:
    assert format_requests(Counter({"tokens": 2, "POST connections": 1})) == "3 requests: 1 POST connections, 2 tokens"
    assert format_requests(Counter()) == "no request"
