"""Finding requests in the journal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flow_service_emulator.database import Database
from flow_service_emulator.journal import Journal, JournalQuery


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    database = Database(tmp_path / "journal.sqlite")
    yield Journal(database)
    database.close()


def entry(number: int, **more: Any) -> dict[str, Any]:
    headers = {"x-gw-ims-org-id": "O", "x-sandbox-name": "dev"}
    return {
        "method": "GET", "path": f"/flows/f-{number}", "headers": headers, "status": 200, "effect": False,
        "changed": None, "fault": False, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (JournalQuery(), [5, 4, 3, 2, 1]),
        (JournalQuery(method="POST"), [2]),
        (JournalQuery(text="F-3"), [3]),
        (JournalQuery(text="%"), []),
        (JournalQuery(only="effects"), [2]),
        (JournalQuery(only="errors"), [5, 4]),
        (JournalQuery(only="faults"), [5]),
        (JournalQuery(only="nonsense"), [5, 4, 3, 2, 1]),
        (JournalQuery(org="O", sandbox="prod"), [3]),
        (JournalQuery(about="f-1"), [2, 1]),
        (JournalQuery(about="f-"), []),
        (JournalQuery(method="GET", only="errors", text="f-4"), [4]),
    ],
    ids=str,
)
def test_matching_journal_entries_are_found_newest_first(
    journal: Journal, wanted: JournalQuery, numbers: list[int]
) -> None:
    journal.add(entry(1))
    journal.add(entry(2, method="POST", path="/flows", effect=True, changed="f-1"))
    journal.add(entry(3, headers={"x-gw-ims-org-id": "O", "x-sandbox-name": "prod"}))
    journal.add(entry(4, status=412))
    journal.add(entry(5, status=None, fault=True))
    assert [number for number, _ in journal.list_newest(wanted, 10)] == numbers


def test_journal_page_has_its_limit_and_the_next_page_continues_it(journal: Journal) -> None:
    for number in range(1, 8):
        journal.add(entry(number))
    assert [number for number, _ in journal.list_newest(JournalQuery(), 3)] == [7, 6, 5]
    assert [number for number, _ in journal.list_newest(JournalQuery(), 3, before=5)] == [4, 3, 2]


def test_journal_entry_is_found_by_its_number(journal: Journal) -> None:
    journal.add(entry(1))
    assert journal.get(1) == entry(1)
    assert journal.get(2) is None


def test_full_journal_is_searched_quickly(journal: Journal) -> None:
    """The console asks every two seconds, and no other request is served meanwhile."""
    for number in range(20_000):
        journal.add(entry(number))
    begun = time.process_time()
    journal.list_newest(JournalQuery(about="nowhere", only="faults"), 50)
    assert time.process_time() - begun < 0.5
