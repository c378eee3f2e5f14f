"""Messages fit the terminal."""

from __future__ import annotations

import pytest

from engine.dev_stack import NEXT
from engine.messages import wrap_text


@pytest.mark.parametrize(("terminal", "longest"), [("60", 60), ("300", 110)])
def test_no_line_is_longer_than_the_terminal_or_the_readable_width(
    monkeypatch: pytest.MonkeyPatch, terminal: str, longest: int
) -> None:
    monkeypatch.setenv("COLUMNS", terminal)

    lines = wrap_text("word " * 100).splitlines()

    assert longest - len("word ") <= max(map(len, lines)) <= longest


def test_advice_fits_a_terminal_of_80_columns() -> None:
    text = NEXT.format(stack_file="stacks/Pulumi.dev.yaml", address="http://127.0.0.1:65535/")

    assert max(map(len, text.splitlines())) <= 80
