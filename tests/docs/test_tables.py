"""Every table of the pages has as many cells in each row as in its head: a `|` in a text would cut it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.docs.test_links import PAGES, ROOT


def list_tables(text: str) -> Iterator[list[str]]:
    """Each table as its lines; those in blocks of code are none."""
    text = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    for block in re.findall(r"^\|.*(?:\n\|.*)*", text, re.MULTILINE):
        yield block.splitlines()


def count_cells(row: str) -> int:
    """As GitHub counts them: a `|` that is not escaped ends a cell, in code too."""
    return len(re.findall(r"(?<!\\)\|", row)) - 1


def test_table_cells_of_the_site_are_not_cut_off() -> None:
    cut = [
        f"{page}: {row}"
        for page in PAGES
        for table in list_tables((ROOT / page).read_text(encoding="utf-8"))
        for row in table
        if count_cells(row) != count_cells(table[0]) or not row.endswith("|")
    ]

    assert cut == []
    assert count_cells("| a\\|b | `c|d` |") == 3
