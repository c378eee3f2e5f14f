from __future__ import annotations

import pytest

from fleet_runner.board import Board, Line, State, compute_exit_code


def test_board_shows_waiting_running_and_ended_stacks() -> None:
    ended: list[Line] = []
    board = Board(["a", "b"], ended.append)

    board.begin("a")
    board.add_change("a")
    board.add_change("a")
    board.end("a", State.FAILED, "why")

    first, second = board.list_lines()
    assert (first.state, first.changed, first.reason) == (State.FAILED, 2, "why")
    assert second == Line("b")
    assert ended == [first]


@pytest.mark.parametrize(
    ("states", "code"),
    [
        ([State.DONE, State.UP_TO_DATE], 0),
        ([State.DONE, State.FAILED], 1),
        ([State.DONE, State.WAITING], 1),
        ([], 0),
    ],
)
def test_exit_code_is_0_only_if_every_stack_succeeded(states: list[State], code: int) -> None:
    lines = [Line("x", state) for state in states]

    assert compute_exit_code(lines) == code
    assert compute_exit_code(lines, interrupted=True) == 130
