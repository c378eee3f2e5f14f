"""Values of a state: secrets by their wrapping, and what only an update will know by its marker."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adobe_flow.adopting.wrapped import SIGNATURE, differing, is_unknown, known, plain, secret_names, unknown_names

LATER = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
ENCRYPTED = {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"}


def secret(value: Any) -> dict[str, str]:
    return {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "plaintext": json.dumps(value)}


PROPERTIES = {
    "name": "lake",
    "token": secret("t"),
    "later": LATER,
    "tokenLater": secret(LATER),
    "params": {"host": "h", "key": secret("k"), "later": LATER, "list": [1, LATER]},
}


def test_plain_values_have_no_wrapping() -> None:
    assert plain({"a": secret({"b": [1, secret("c")]})}) == {"a": {"b": [1, "c"]}}


def test_what_an_update_will_know_is_left_out_and_named() -> None:
    assert known(PROPERTIES) == {"name": "lake", "token": secret("t"), "params": {"host": "h", "key": secret("k")}}
    assert list(unknown_names(PROPERTIES)) == ["later", "tokenLater", "params.later", "params.list"]


def test_secrets_are_named_wherever_they_stand() -> None:
    assert list(secret_names(PROPERTIES)) == ["token", "tokenLater", "params.key"]


def test_an_encrypted_one_cannot_be_judged_and_stays() -> None:
    assert not is_unknown(ENCRYPTED)
    assert known({"token": ENCRYPTED}) == {"token": ENCRYPTED}


@pytest.mark.parametrize(
    ("there", "declared", "names"),
    [
        ({"a": 1.0}, {"a": 1}, []),
        ({"a": "x"}, {"a": "y"}, ["a"]),
        ({"a": "x"}, {}, ["a"]),
        ({}, {"a": "x"}, ["a"]),
        ({"p": {"a": 1, "b": 2}}, {"p": {"a": 1, "b": 3}}, ["p.b"]),
        ({"a": secret("x")}, {"a": secret("x")}, []),
        ({"a": secret("x")}, {"a": secret("y")}, ["a"]),
        ({"a": "x"}, {"a": LATER}, []),
        ({}, {"a": secret(LATER)}, []),
        ({"p": {}}, {"p": secret({"a": 1})}, ["p"]),
    ],
)
def test_two_sides_differ_by_their_values_not_by_their_wrapping(
    there: dict[str, Any], declared: dict[str, Any], names: list[str]
) -> None:
    assert list(differing(there, declared)) == names
