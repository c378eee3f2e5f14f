"""Calculated fields: what they give for a row, and which of them are none."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_service_emulator.lake.expressions import ExpressionError, compile_expression

ROW = {"email": " Ada@Example.com ", "First Name": "Ada", "nr": 7, "none": None, "a": [{"b": 1}, {"b": 2}], "id": "L-1"}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("upper(email)", " ADA@EXAMPLE.COM "),
        ("lcase(trim(email))", "ada@example.com"),
        ("upper(none)", None),
        ('concat(${First Name}, " ", nr, none)', "Ada 7"),
        ("concat('it\\'s', \"\\\"\")", "it's\""),
        ("coalesce(none, null, 3.5, 2)", 3.5),
        ("nullify()", None),
        ("a[1].b", 2),
        ("a[*].b", [1, 2]),
        ("a[9].b", None),
        ("to_array(false, nr, none, true)", [7, True]),
        ("to_array(true, nr, none)", [7, None]),
        ('to_object("x", nr, "y", -2)', {"x": 7, "y": -2}),
        (
            'to_map("LavaId", to_array(false, to_object("id", id, "primary", true)))',
            {"LavaId": [{"id": "L-1", "primary": True}]},
        ),
        ("  lower( 'A' )  ", "a"),
    ],
)
def test_expression_has_the_expected_value(expression: str, value: Any) -> None:
    assert compile_expression(expression)(ROW) == value


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "uper(email)",
        "upper()",
        "upper(email, nr)",
        "upper(email",
        "upper(email))",
        "First Name",
        "size",
        "1 + 2",
        '"open',
        "nullify(1)",
        "upper(" * 100 + "id" + ")" * 100,
        "x" * 4097,
        "a" + ".a" * 100,
    ],
)
def test_malformed_expression_is_refused(expression: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(expression)


@pytest.mark.parametrize("expression", ["upper(missing)", 'to_object("x")', "to_map(nr)"])
def test_expression_can_have_no_value_for_a_row(expression: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(expression)(ROW)


@given(st.text("ab(),.[]{}$\"'\\ 0-") | st.text())
def test_any_text_as_expression_has_a_value_or_an_error(text: str) -> None:
    with suppress(ExpressionError):
        compile_expression(text)({})
