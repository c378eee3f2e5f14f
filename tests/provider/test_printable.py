"""No text of others reaches a terminal with anything that the terminal would obey."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_adobe.printable import escape_controls, escape_json_controls


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\x07", "\\x07"),
        ("\x1b]52;c;cm0gLXJm\x07", "\\x1b]52;c;cm0gLXJm\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202etxt.exe", "\\u202etxt.exe"),
        ("\u2066a\u2069", "\\u2066a\\u2069"),
        ("done\rerror", "done\\x0derror"),
        ("a\tb\nc\r\nd", "a\tb\nc\r\nd"),
        ("é 한 😀", "é 한 😀"),
        ("\ud800", "\\ud800"),
    ],
)
def test_control_characters_are_shown_as_their_escapes(text: str, shown: str) -> None:
    assert escape_controls(text) == shown


@given(st.text())
def test_no_control_character_but_tab_and_line_end_is_left(text: str) -> None:
    shown = escape_controls(text).replace("\r\n", "\n")

    assert [each for each in shown if unicodedata.category(each) in {"Cc", "Cs"} and each not in "\t\n"] == []
    assert [each for each in shown if unicodedata.bidirectional(each) in BIDIRECTIONAL_CONTROLS] == []


BIDIRECTIONAL_CONTROLS = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


@given(st.text(st.characters(codec="utf-8")))
def test_json_keeps_its_content_when_control_characters_are_escaped(text: str) -> None:
    document = escape_json_controls(json.dumps({text: text}, ensure_ascii=False))

    assert json.loads(document) == {text: text}
    assert escape_controls(document) == document
