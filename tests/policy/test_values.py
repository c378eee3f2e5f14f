"""Values as they come, turned into plain ones."""

from __future__ import annotations

from pulumi_policy import Secret
from pulumi_policy.proxy import UNKNOWN_NUMBER_VALUE, UNKNOWN_STRING_VALUE, unknown_checking_proxy

from adobe_flow_policy.values import iterate_texts, quote, to_plain
from pulumi_adobe.schema.values import UNKNOWN

NESTED = {"a": [UNKNOWN_STRING_VALUE, 1.0, {"b": UNKNOWN_NUMBER_VALUE}], "c": True, "d": "text"}
PLAIN = {"a": [UNKNOWN, 1.0, {"b": UNKNOWN}], "c": True, "d": "text"}


def test_unknown_value_is_one_object_whether_pulumi_raises_or_returns_a_marker() -> None:
    assert to_plain(unknown_checking_proxy(NESTED)) == PLAIN
    assert to_plain(NESTED) == PLAIN


def test_secret_wrapper_of_pulumi_is_removed_because_declared_secrets_are_hidden_anyway() -> None:
    assert to_plain({"a": Secret({"b": "c"})}) == {"a": {"b": "c"}}


def test_every_nested_text_is_found() -> None:
    assert list(iterate_texts({"a": ["b", {"c": "d"}, 1, UNKNOWN], "e": "f"})) == ["b", "d", "f"]


def test_quoted_text_is_one_line() -> None:
    assert quote('a\n"ü"') == r'"a\n\"ü\""'
