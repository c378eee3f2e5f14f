"""Every promise of docs/explanation/trust.md names tests, and these tests exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "trust.md").read_text("utf-8")
NO_PROMISES = ("What is outside",)
"""The sections whose tables promise nothing."""
HEADER = "kept by"
RULE = re.compile(r"\|(?:-+\|)+")


def sections() -> dict[str, str]:
    """The text below each heading, by the heading."""
    parts = re.split(r"^#{2,3} (.+)$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def promises() -> Iterator[tuple[str, str]]:
    """Each row of a table of promises, and its last cell."""
    for heading, text in sections().items():
        rows = [line for line in text.splitlines() if line.startswith("|") and heading not in NO_PROMISES]
        for number, row in enumerate(rows):
            is_header = number + 1 < len(rows) and RULE.fullmatch(rows[number + 1])
            if not is_header and not RULE.fullmatch(row):
                yield row, row.strip("| ").rpartition(" | ")[2]


@pytest.mark.parametrize("cell", sorted({cell for _, cell in promises()}))
def test_every_promise_names_existing_tests(cell: str) -> None:
    names = re.findall(r"`(tests/[\w/]+\.py)`", cell)

    assert names
    assert ", ".join(f"`{name}`" for name in names) == cell
    for name in names:
        assert re.search(r"^def test_", (ROOT / name).read_text("utf-8"), re.MULTILINE), name


def test_every_table_of_promises_explains_its_last_column() -> None:
    for heading, text in sections().items():
        lines = text.splitlines()
        headers = [before for before, line in pairwise(lines) if RULE.fullmatch(line)]
        assert heading in NO_PROMISES or all(header.endswith(f"| {HEADER} |") for header in headers), heading


def test_trust_page_states_what_it_does_not_promise() -> None:
    outside = sections()["What is outside"]

    assert all(word in outside for word in ("-v=9", "--tracing", "__provider"))
