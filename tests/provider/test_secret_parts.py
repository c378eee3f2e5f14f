"""What a secret contains is a secret too."""

from __future__ import annotations

import base64
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.secret_parts import iterate_parts

BODY = base64.b64encode(bytes(range(200))).decode()


def wrap_pem(body: str, width: int, end: str = "\n") -> str:
    return end.join(("-----BEGIN PRIVATE KEY-----", *textwrap.wrap(body, width), "-----END PRIVATE KEY-----"))


@pytest.mark.parametrize(
    ("secret", "part"),
    [
        ("DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=abc+/123==;EndpointSuffix=a.b", "abc+/123=="),
        ("jdbc:sqlserver://host:1433;UID=token;PWD=dapi-1234", "dapi-1234"),
        ("jdbc:sqlserver://host;Pwd={pa;ss=word};x=1", "pa;ss=word"),
        ('Server=host;Password="semi;colon";Timeout=1', "semi;colon"),
        ("host=h user=u password=hunter22 dbname=d", "hunter22"),
        ("SharedAccessSignature=sv=2020&sig=abc%3D", "abc="),
        ("https://host/container?sv=2020&sig=abcd%2Fefgh&se=1", "abcd%2Fefgh"),
        ("Endpoint=sb://host/;SharedAccessKeyName=root;SharedAccessKey=abcdefgh=", "abcdefgh="),
        ("ftp://user:p%40ssword@host/path", "p@ssword"),
        ("ftp://user:p%40ssword@host/path", "user:p%40ssword"),
        ("https://ghp_1234567890abcdef@host/path", "ghp_1234567890abcdef"),
        ('{"client_email": "a@b.c", "private_key": "line-one-of-a-key", "x": {"clientSecret": "nested1"}}', "nested1"),
        ("first line of a secret\nsecond line of a secret", "second line of a secret"),
    ],
)
def test_part_of_a_secret_is_redacted(secret: str, part: str) -> None:
    assert Redactor([secret]).redact(f"({part})") == "([secret])"


@pytest.mark.parametrize("declared", ["64", "76", "one line", "escaped", "carriage returns", "service account"])
@pytest.mark.parametrize("width", [64, 76, 10_000])
def test_pem_is_redacted_in_every_line_length_however_it_was_declared(declared: str, width: int) -> None:
    secret = {
        "64": wrap_pem(BODY, 64),
        "76": wrap_pem(BODY, 76),
        "one line": wrap_pem(BODY, 10_000, ""),
        "escaped": wrap_pem(BODY, 64, "\\n"),
        "carriage returns": wrap_pem(BODY, 64, "\r\n"),
        "service account": f'{{"private_key": "{wrap_pem(BODY, 64, chr(92) + "n")}"}}',
    }[declared]
    redactor = Redactor([secret])

    for line in textwrap.wrap(BODY, width):
        if len(line) >= 16:
            assert redactor.redact(f"({line})") == "([secret])"
    assert BODY[:20] not in redactor.redact(wrap_pem(BODY, width, " "))


@pytest.mark.parametrize(
    "secret",
    [
        "AccountName=acme;Database=orders;UID=token;Timeout=30",
        "PWD=abc;Password=secret;Token=pulumi",  # too short, or an ordinary word
        "https://host/path?version=2020",
        "dapi-plain-token",
    ],
)
def test_value_that_is_not_secret_has_no_secret_parts(secret: str) -> None:
    assert list(iterate_parts(secret)) == []


@given(st.text(max_size=200) | st.text('{}"=;&:/@ \n-PWDkey', max_size=60))
def test_secret_parts_of_any_text_can_be_redacted(secret: str) -> None:
    assert all(len(part) >= 4 for part in iterate_parts(secret))
