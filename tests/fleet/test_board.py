from __future__ import annotations

import pytest

from fleet_runner.board import Board, BoardLine, StackState, compute_exit_code


def test_board_shows_waiting_running_and_ended_stacks() -> None:
    ended: list[BoardLine] = []
    board = Board(["a", "b"], ended.append)

    board.begin_stack("a")
    board.add_change("a")
    board.add_change("a")
    board.end_stack("a", StackState.FAILED, "why")

    first, second = board.list_lines()
    assert (first.state, first.changed, first.reason) == (StackState.FAILED, 2, "why")
    assert second == BoardLine("b")
    assert ended == [first]


@pytest.mark.parametrize(
    ("states", "code"),
    [
        ([StackState.DONE, StackState.UP_TO_DATE], 0),
        ([StackState.DONE, StackState.FAILED], 1),
        ([StackState.DONE, StackState.WAITING], 1),
        ([], 0),
    ],
)
def test_exit_code_is_0_only_if_every_stack_succeeded(states: list[StackState], code: int) -> None:
    lines = [BoardLine("x", state) for state in states]

    assert compute_exit_code(lines) == code
    assert compute_exit_code(lines, interrupted=True) == 130
