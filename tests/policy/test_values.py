"""Values as they come, turned into plain ones."""

from __future__ import annotations

from pulumi_policy import Secret
from pulumi_policy.proxy import UNKNOWN_NUMBER_VALUE, UNKNOWN_STRING_VALUE, unknown_checking_proxy

from adobe_flow_policy.values import iterate_texts, quote, to_plain
from pulumi_adobe.schema.values import UNKNOWN

NESTED = {"a": [UNKNOWN_STRING_VALUE, 1.0, {"b": UNKNOWN_NUMBER_VALUE}], "c": True, "d": "text"}
PLAIN = {"a": [UNKNOWN, 1.0, {"b": UNKNOWN}], "c": True, "d": "text"}


def test_unknown_values_are_one_object_whether_they_raise_or_are_texts() -> None:
    assert to_plain(unknown_checking_proxy(NESTED)) == PLAIN
    assert to_plain(NESTED) == PLAIN


def test_a_marked_secret_is_its_value_for_it_is_hidden_by_what_is_declared() -> None:
    assert to_plain({"a": Secret({"b": "c"})}) == {"a": {"b": "c"}}


def test_every_text_is_found_however_deep() -> None:
    assert list(iterate_texts({"a": ["b", {"c": "d"}, 1, UNKNOWN], "e": "f"})) == ["b", "d", "f"]


def test_a_quoted_text_is_one_line() -> None:
    assert quote('a\n"ü"') == r'"a\n\"ü\""'
