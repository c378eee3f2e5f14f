"""Texts of others are searched in a time that grows with their length, not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from adobe_flow.pulumi_cli.errors import redact_pulumi_message
from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.flow_service.response import Response
from pulumi_adobe.lifecycle.ownership import add_ownership_line, read_owner
from pulumi_adobe.secret_parts import iterate_parts

LENGTH = 64_000


def repeat(text: str) -> str:
    return text * (LENGTH // len(text))


def read_description(text: str) -> Any:
    return read_owner({"description": text}), add_ownership_line(text, "a/b/c")


def list_parts(text: str) -> Any:
    return list(iterate_parts(text))


def describe_body(text: str) -> Any:
    return str(Response("GET /connections", 500, text).to_error(Redactor().redact))


def measure(search: Callable[[str], Any], text: str) -> float:
    """Return the seconds of CPU of this thread."""
    started = time.thread_time()
    search(text)
    return time.thread_time() - started


CASES: list[tuple[Callable[[str], Any], str]] = [
    (read_description, "Managed by Pulumi: a/b/c" + repeat(" ") + "\nx"),
    (read_description, "Managed by Pulumi: a/b/c" + repeat("\n") + "x"),
    (read_description, repeat("\nManaged by Pulumi: a/b/c")),
    *((list_parts, f"={repeat(pump)}") for pump in ("a ", " a=", 'a="b;', "a={b;", " ", "a\t", "://a", "://@", "%41=")),
    *((list_parts, repeat(pump)) for pump in ("-----BEGIN A-----", "-----BEGIN a", "-----END a\n", "{", '{"a":')),
    *((redact_pulumi_message, repeat(pump)) for pump in ("//a:", "//", "//:", "!!a `", "!!a", "//a:@")),
    *(
        (Redactor(["aaaaaaaa", "bbbb", "-4f1d-"]).to_message, repeat(pump))
        for pump in ("a", "b", "7f51d2a4-4f1d-", "pulumi ", "ADOBE_", "adobe-flow a")
    ),
    *(
        (describe_body, repeat(pump))
        for pump in ("\\", "<style ", "<script>", "<", "{ ", '" ', "<style></script>", '\\"', "[")
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("search", "text"), CASES, ids=lambda value: value.__name__ if callable(value) else repr(value[:24])
)
def test_search_time_grows_linearly_with_the_length_of_the_text(search: Callable[[str], Any], text: str) -> None:
    """Four times the text may take eight times as long, because short times vary; by its square it would be 16."""
    short, whole = (min(measure(search, part) for _ in range(2)) for part in (text[: len(text) // 4], text))

    assert whole < max(8 * short, 0.05)
