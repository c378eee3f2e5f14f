"""A known secret is removed from every text, in every encoding."""

from __future__ import annotations

import base64
import html
import json
import time
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_adobe.flow_service.redaction import PLACEHOLDER, Redactor

SECRETS = st.text(st.characters(codec="utf-8"), min_size=8, max_size=40)


@given(SECRETS, st.text(max_size=20), st.text(max_size=20))
def test_no_encoded_form_of_a_secret_is_left(secret: str, before: str, after: str) -> None:
    redactor = Redactor([secret])
    for form in (
        secret,
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        html.escape(secret),
        html.escape(secret, quote=False),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        base64.b64encode(secret.encode()).decode().rstrip("="),
        base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="),
    ):
        assert form not in redactor.redact(f"{before}{form}{after}").replace(PLACEHOLDER, "")


@given(SECRETS, st.text(max_size=8))
def test_secret_inside_a_basic_authorization_is_redacted(secret: str, user: str) -> None:
    encoded = base64.b64encode(f"{user}:{secret}".encode()).decode()

    assert PLACEHOLDER in Redactor([secret]).redact(encoded)


def test_longest_form_is_replaced_first() -> None:
    assert Redactor(["abcdef", "abcdefgh"]).redact("xabcdefghx") == f"x{PLACEHOLDER}x"


def test_short_values_and_values_that_are_no_strings_are_ignored() -> None:
    redactor = Redactor()
    for value in ("abc", None, 7, {"a": "b"}):
        redactor.add_secret(value)

    assert redactor.redact("abc 7 None") == "abc 7 None"


def test_added_secret_is_redacted_beside_earlier_ones() -> None:
    redactor = Redactor(["first-secret"])
    redactor.add_secret("second-secret")

    assert redactor.redact("first-secret second-secret") == f"{PLACEHOLDER} {PLACEHOLDER}"


def test_each_encoded_form_is_replaced_as_a_whole() -> None:
    secret = "a/b\"c&d'e\\f ü<g>"
    redactor = Redactor([secret])
    forms = (
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        html.escape(secret),
        html.escape(secret, quote=False),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
    )

    assert [redactor.redact(f"({form})") for form in forms] == [f"({PLACEHOLDER})"] * len(forms)


@pytest.mark.parametrize(
    "form",
    [
        "a%2fb%2b%22%5c%c3%bc%27",  # .NET: HttpUtility.UrlEncode
        "a\\/b+\\\"\\\\ü'",  # PHP: json_encode, and Python's with ensure_ascii=False
        "a\\/b+\\\"\\\\\\u00fc'",
        "a/b+\\\"\\\\\\u00FC'",  # Java: Jackson with ESCAPE_NON_ASCII
        "a/b\\u002B\\u0022\\\\\\u00FC\\u0027",  # .NET: System.Text.Json
        "a/b+&quot;\\ü&#39;",
        "a/b+&quot;\\ü&apos;",
    ],
)
def test_encodings_of_other_languages_are_redacted(form: str) -> None:
    assert Redactor(["a/b+\"\\ü'"]).redact(f"({form})") == f"({PLACEHOLDER})"


def test_secret_with_half_a_surrogate_pair_is_redacted_like_any_other() -> None:
    """JSON may contain one, and so may an environment variable whose bytes are no UTF-8."""
    redactor = Redactor(["secret-\udc80-value", "other-secret"])

    assert redactor.redact("a secret-\udc80-value, other-secret") == f"a {PLACEHOLDER}, {PLACEHOLDER}"
    assert redactor.redact("a secret-%ED%B2%80-value") == f"a {PLACEHOLDER}"


def test_surrogate_pair_in_upper_case_is_redacted() -> None:
    assert Redactor(["key-😀"]).redact("(key-\\uD83D\\uDE00)") == f"({PLACEHOLDER})"


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("user", ["", "a", "ab", "abc"])
def test_base64_leaves_at_most_one_character_at_either_end(encode: Callable[[bytes], bytes], user: str) -> None:
    secret = "dapi-4f1d2c3b9a>>??"
    encoded = encode(f"{user}{secret}{user}".encode()).decode()

    remainder = Redactor([secret]).redact(encoded).split(PLACEHOLDER)

    # The remainder is the text before and after, and at most one shared character at each end.
    assert len(remainder) == 2
    assert sum(map(len, remainder)) <= len(encode(f"{user}{user}".encode())) + 4


def test_longest_secret_is_replaced_first_in_any_alphabetical_order() -> None:
    assert Redactor(["zzzz", "azzzzb"]).redact("azzzzb") == PLACEHOLDER


def test_secret_within_a_longer_one_leaves_no_remainder() -> None:
    for order in (("zzzz", "a-zzzz-b"), ("a-zzzz-b", "zzzz")):
        assert Redactor(order).redact("a-zzzz-b, zzzz") == "[secret], [secret]"


def test_secret_added_after_a_redaction_is_redacted_in_the_next_text() -> None:
    redactor = Redactor(["first-secret"])
    assert redactor.redact("first-secret second-secret") == "[secret] second-secret"

    redactor.add_secret("second-secret")

    assert redactor.redact("first-secret second-secret") == "[secret] [secret]"


# Base64 of a secret that ends in W may end in X, which is an ordinary character.
SECRETS_BY_LAST_CHARACTER = pytest.mark.parametrize("long_secret", ["s3cret-planted", "s3crWWWWWWWWWW"])


@SECRETS_BY_LAST_CHARACTER
@pytest.mark.parametrize("length", [8, 9, 10])
def test_base64_of_the_secret_alone_is_replaced_without_its_padding(long_secret: str, length: int) -> None:
    secret = long_secret[:length]
    encoded = base64.b64encode(secret.encode()).decode()

    assert Redactor([secret]).redact(encoded) == f"[secret]{'=' * encoded.count('=')}"


@SECRETS_BY_LAST_CHARACTER
@pytest.mark.parametrize("before", range(3, 6))
@pytest.mark.parametrize("length", [8, 9, 10, 11])
def test_longer_base64_leaves_at_most_one_character_of_the_secret(long_secret: str, before: int, length: int) -> None:
    secret = long_secret[:length]
    encoded = base64.b64encode(b"u" * before + secret.encode() + b"tail").decode()
    first, last = -(-before * 8 // 6), (before + length) * 8 // 6

    text_before, _, text_after = Redactor([secret]).redact(encoded).partition("[secret]")

    assert text_before == encoded[:first]
    assert text_after in {encoded[last:], encoded[last - 1 :]}


ID = "7f51d2a4-4f1d-4c3b-9a7e-0123456789ab"


@pytest.mark.parametrize(
    ("secret", "message"),
    [
        ("4f1d", f"To adopt it: ADOBE_ADOPT={ID} pulumi up"),
        ("0123456789ab", f"DatabricksSourceConnection ({ID}) was changed"),
        ("ADOPT", f"ADOBE_ADOPT={ID} pulumi up"),
        ("refresh", "run `pulumi refresh`, then `pulumi up`"),
        ("orgId", "Check adobe:orgId."),
        ("adopt", "adobe-flow adopt --dry-run"),
    ],
)
def test_ids_and_commands_of_a_message_stay_usable(secret: str, message: str) -> None:
    redacted = Redactor([secret]).redact_message(f"{message} The value is {secret}; also ({secret}).")

    assert redacted == f"{message} The value is {PLACEHOLDER}; also ({PLACEHOLDER})."


def test_secret_that_is_an_id_or_contains_one_is_redacted() -> None:
    for secret in (ID, f"key-{ID}", f"{ID} pulumi up {ID}"):
        assert Redactor([secret]).redact_message(f"({secret})") == f"({PLACEHOLDER})"


@given(SECRETS, st.text(max_size=20), st.text(max_size=20))
def test_message_shows_a_secret_nowhere_else(secret: str, before: str, after: str) -> None:
    redactor = Redactor([secret])
    message = f"{before}{secret}{after}"

    assert redactor.redact_message(message) == redactor.redact(message)


def test_text_of_other_programs_is_redacted_inside_ids_too() -> None:
    assert Redactor(["4f1d"]).redact(ID) == f"7f51d2a4-{PLACEHOLDER}-4c3b-9a7e-0123456789ab"


@given(st.lists(st.text("ab", min_size=4, max_size=12), max_size=4), st.text("ab", max_size=40))
def test_only_characters_of_secrets_are_replaced(secrets: list[str], text: str) -> None:
    """Also where secrets overlap each other or themselves: no remainder of one is left, and nothing else is taken."""
    covered = {
        place
        for secret in secrets
        for start in range(len(text))
        if text.startswith(secret, start)
        for place in range(start, start + len(secret))
    }

    for redact in (Redactor(secrets).redact, Redactor(secrets).redact_message):
        left = redact(text).replace(PLACEHOLDER, "")
        assert left == "".join(character for place, character in enumerate(text) if place not in covered)


def test_secrets_that_overlap_get_one_placeholder() -> None:
    assert Redactor(["abcdefgh", "efghijkl"]).redact("(abcdefghijkl)") == f"({PLACEHOLDER})"


def test_secret_across_two_lines_of_a_message_is_redacted_and_ids_beside_it_stay() -> None:
    message = f"{ID}\nfirst\nsecond {ID}\n{ID}"

    assert Redactor(["first\nsecond", "4f1d"]).redact_message(message) == f"{ID}\n{PLACEHOLDER} {ID}\n{ID}"


def test_hundreds_of_secrets_do_not_make_the_redaction_of_megabytes_slow() -> None:
    secrets = [f"dapi-{number:032x}" for number in range(500)]
    line = f'{{"urn": "urn:pulumi:dev::flow::lake-%d", "id": "{ID}", "name": "lake in the sandbox dev"}}\n'
    text = "".join(line % number for number in range(100_000)) + secrets[7]
    redactor = Redactor(secrets)

    started = time.process_time()
    redacted = redactor.redact(text)

    assert time.process_time() - started < 1.5
    assert redacted == text.replace(secrets[7], PLACEHOLDER)
    assert len(text) > 10_000_000


def test_each_secret_is_encoded_once_however_often_one_is_added() -> None:
    redactor = Redactor()
    started = time.process_time()
    for number in range(1000):
        redactor.add_secret(f"dapi-{number:032x}")
        redactor.redact("a line of the log")

    assert time.process_time() - started < 1.5
