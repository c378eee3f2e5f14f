from __future__ import annotations

import pytest
import typer

from adobe_flow.prompts import run_prompt


def test_ctrl_c_at_a_question_is_a_ctrl_c_like_any_other() -> None:
    def interrupted() -> bool:
        raise typer.Abort

    with pytest.raises(KeyboardInterrupt):
        run_prompt(interrupted)


def test_an_answer_is_given_on() -> None:
    assert run_prompt(lambda: "dapi") == "dapi"
