from __future__ import annotations

import pytest
import typer

from adobe_flow.prompts import run_prompt


def test_ctrl_c_at_a_prompt_is_handled_like_any_other_ctrl_c() -> None:
    def interrupted() -> bool:
        raise typer.Abort

    with pytest.raises(KeyboardInterrupt):
        run_prompt(interrupted)


def test_prompt_returns_the_answer() -> None:
    assert run_prompt(lambda: "dapi") == "dapi"
