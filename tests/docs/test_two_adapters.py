"""The table of both adapters: each "yes" names a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "two-adapters.md").read_text("utf-8")
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")][1:]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_cell_that_promises_something_names_its_test(row: list[str]) -> None:
    _, dynamic, native = row
    named = re.findall(r"`(tests/[\w/]+\.py)`", dynamic + native)

    assert all((ROOT / path).is_file() for path in named), named
    for cell in (dynamic, native):
        is_promise = not cell.startswith(("no", "is not noticed"))
        assert not is_promise or "`tests/" in cell or "the same test" in cell, cell
    assert "the same test" not in native or "`tests/" in dynamic
