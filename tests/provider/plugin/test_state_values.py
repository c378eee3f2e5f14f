"""Values of a state: secrets by their mark, and what only an update will know by its marker."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from pulumi_adobe.plugin.state_values import (
    SECRET_MARK,
    find_ciphertexts,
    find_texts,
    is_known,
    keep_encrypted,
    reveal,
)
from pulumi_adobe.schema.values import UNKNOWN

LATER = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def encrypt(value: Any) -> dict[str, str]:
    """Return the secret as a state holds it; its ciphertext is the value in Base64."""
    return {**SECRET_MARK, "ciphertext": f"v1:{base64.b64encode(json.dumps(value).encode()).decode()}"}


def decrypt(ciphertext: str) -> Any:
    return json.loads(base64.b64decode(ciphertext.removeprefix("v1:")))


def reveal_all(value: Any) -> Any:
    return reveal(value, {text: decrypt(text) for text in find_ciphertexts(value)})


ENCRYPTED = {
    "name": "lake",
    "token": encrypt("t"),
    "later": LATER,
    "tokenLater": encrypt(LATER),
    "params": {"host": "h", "key": encrypt("k"), "list": [1, LATER, encrypt("in a list")]},
}
REVEALED = {
    "name": "lake",
    "token": "t",
    "later": UNKNOWN,
    "tokenLater": UNKNOWN,
    "params": {"host": "h", "key": "k", "list": [1, UNKNOWN, "in a list"]},
}


def test_revealed_values_have_neither_secret_marks_nor_unknown_markers() -> None:
    assert reveal_all(ENCRYPTED) == REVEALED
    assert reveal_all({"all": encrypt({"a": [1, LATER]})}) == {"all": {"a": [1, UNKNOWN]}}


def test_ciphertexts_and_texts_are_found_at_any_depth() -> None:
    values = ["t", LATER, "k", "in a list"]
    assert [decrypt(text) for text in find_ciphertexts(ENCRYPTED)] == values
    assert list(find_texts({"a": ["x", {"b": "y"}], "c": 1})) == ["x", "y"]


@pytest.mark.parametrize(
    ("value", "known"), [("x", True), (None, True), (UNKNOWN, False), ([1, UNKNOWN], False), ({"a": [UNKNOWN]}, False)]
)
def test_value_is_known_if_all_its_parts_are_known(value: Any, *, known: bool) -> None:
    assert is_known(value) is known


def keep(properties: dict[str, Any], encrypted: dict[str, Any] = ENCRYPTED) -> dict[str, Any]:
    return keep_encrypted(properties, reveal_all(encrypted), encrypted, lambda text: "t0k3n" in text)


def test_only_declared_secrets_are_written_as_ciphertexts() -> None:
    current = {"name": "sea", "token": "t", "etag": '"1"', "params": {"host": "other", "key": "k", "more": 1}}

    assert keep(current) == {
        "name": "sea",
        "token": ENCRYPTED["token"],
        "etag": '"1"',
        "params": {"host": "other", "key": encrypt("k"), "more": 1},
    }


@pytest.mark.parametrize(
    ("properties", "encrypted"),
    [
        ({"token": "another"}, ENCRYPTED),
        ({"domain": "https://theirs"}, {"domain": encrypt("https://ours")}),
        ({"params": {"host": "theirs"}}, {"params": encrypt({"host": "ours"})}),
        ({"hosts": ["theirs"]}, {"hosts": [encrypt("ours")]}),
        ({"createdBy": "t0k3n"}, {}),
        ({"hosts": ["a", {"b": "xt0k3nx"}]}, {}),
    ],
)
def test_secret_that_cannot_be_encrypted_is_omitted(properties: dict[str, Any], encrypted: dict[str, Any]) -> None:
    assert keep(properties, encrypted) == {}


def test_value_encrypted_as_a_whole_stays_encrypted_as_a_whole() -> None:
    encrypted = {"params": encrypt({"host": "h", "port": 1}), "hosts": ["a", encrypt("b")]}

    assert keep({"params": {"host": "h", "port": 1.0}, "hosts": ["a", "b"]}, encrypted) == encrypted


def test_value_that_the_program_declares_in_clear_is_stored_in_clear() -> None:
    assert keep({"name": "t0k3n"}, {"name": "t0k3n"}) == {"name": "t0k3n"}
