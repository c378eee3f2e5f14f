"""A literal reads back as its value, on one line or on several."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from adobe_flow.export.literals import WIDTH, format_literal, format_literal_lines
from tests.cli.export.hostile import WORST, texts


@given(texts | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False))
def test_a_literal_is_its_value(value: object) -> None:
    assert ast.literal_eval(format_literal(value)) == value


@given(texts, st.sampled_from([4, 8, 12]))
def test_long_text_is_split_into_lines_within_the_width_and_has_the_same_value(text: str, indent: int) -> None:
    written = format_literal_lines("name=", text, ",", indent)

    call = ast.parse("f(\n" + "\n".join(written) + "\n)").body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert ast.literal_eval(call.value.keywords[0].value) == text
    assert all(cell_len(line) <= WIDTH for line in written)


def test_letters_stay_readable_and_deceptive_characters_are_escaped() -> None:
    assert format_literal("Köln/Straße 日本 🚚") == '"Köln/Straße 日本 🚚"'
    assert format_literal("\u202e\u00d7\0") == '"\\u202e\\xd7\\x00"'
    assert format_literal('the "good" one') == "'the \"good\" one'"


def test_characters_that_ruff_calls_ambiguous_are_escaped(tmp_path: Path) -> None:
    for number, text in enumerate(WORST):
        (tmp_path / f"text_{number}.py").write_text(f"A = {format_literal(text)}\n", "utf-8")

    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "RUF001,PLE", "--output-format", "json"]
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)

    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("length", [100, 105])
def test_text_that_fits_in_its_brackets_is_not_split(length: int) -> None:
    text = "it's " + "x" * length

    (_, only, _) = format_literal_lines("description=", text, ",", 4)

    assert only == f'        "{text}"'
