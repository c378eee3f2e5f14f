"""The journal: every request that was answered, for tests and for the console."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flow_service_emulator.database import Database

_MAX_ENTRIES = 20_000
_MAX_NUMBER = 2**62


@dataclass(frozen=True)
class JournalQuery:
    """A query of the journal; an empty field selects all entries.

    ``about`` is an entity that a request changed or named in its path, ``text`` a part of the path. ``only`` is
    `effects`, `errors` (no response, or a status from 400 on) or `faults`.
    """

    method: str = ""
    text: str = ""
    only: str = ""
    org: str = ""
    sandbox: str = ""
    about: str = ""

    def build_conditions(self) -> Iterator[tuple[str, list[Any]]]:
        """Return the query as SQL conditions, each with its parameters."""
        for path, value in (
            ("$.method", self.method),
            ('$.headers."x-gw-ims-org-id"', self.org),
            ('$.headers."x-sandbox-name"', self.sandbox),
        ):
            if value:
                yield "json_extract(entry, ?) = ?", [path, value]
        if self.text:
            yield "instr(lower(json_extract(entry, '$.path')), lower(?))", [self.text]
        if self.about:
            both = "(json_extract(entry, '$.changed') = ? OR instr(json_extract(entry, '$.path') || '/', ?))"
            yield both, [self.about, f"/{self.about}/"]
        if self.only in _ONLY:
            yield _ONLY[self.only], []


_ONLY = {
    "effects": "json_extract(entry, '$.effect')",
    "errors": "coalesce(json_extract(entry, '$.status'), 599) >= 400",
    "faults": "json_extract(entry, '$.fault')",
}


@dataclass
class Journal:
    """The journal in the data file, so that it outlives a restart; the oldest entries are dropped first."""

    database: Database

    def add(self, entry: dict[str, Any]) -> None:
        """Add one exchange, whose secrets are redacted already."""
        self.database.run("INSERT INTO journal (entry) VALUES (?)", (json.dumps(entry),))
        self.database.run("DELETE FROM journal WHERE seq <= (SELECT max(seq) FROM journal) - ?", (_MAX_ENTRIES,))

    def list_entries(self) -> list[dict[str, Any]]:
        """Return all entries, the oldest first."""
        return [json.loads(text) for (text,) in self.database.run("SELECT entry FROM journal ORDER BY seq")]

    def list_newest(
        self, query: JournalQuery, count: int, before: int = _MAX_NUMBER
    ) -> list[tuple[int, dict[str, Any]]]:
        """Return up to ``count`` matching entries with their numbers below ``before``, the newest first."""
        conditions = list(query.build_conditions())
        where = " AND ".join(["seq < ?", *(sql for sql, _ in conditions)])
        values = [before, *(value for _, values in conditions for value in values), count]
        rows = self.database.run(
            f"SELECT seq, entry FROM journal WHERE {where} ORDER BY seq DESC LIMIT ?",  # noqa: S608 - our own conditions
            values,
        )
        return [(seq, json.loads(text)) for seq, text in rows]

    def get(self, number: int) -> dict[str, Any] | None:
        """Return the entry with a number; None if there is none."""
        rows = self.database.run("SELECT entry FROM journal WHERE seq = ?", (number,))
        return json.loads(rows[0][0]) if rows else None

    def clear(self) -> None:
        """Remove all entries."""
        self.database.run("DELETE FROM journal")
