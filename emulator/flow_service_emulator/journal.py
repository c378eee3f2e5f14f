"""The journal: every request that was answered, for tests to look at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flow_service_emulator.database import Database

_KEPT = 20_000


@dataclass
class Journal:
    """Kept in the data file, so that it outlives a restart; the oldest entries go first."""

    database: Database

    def add(self, entry: dict[str, Any]) -> None:
        """Note one exchange, secrets taken out already."""
        self.database.run("INSERT INTO journal (entry) VALUES (?)", (json.dumps(entry),))
        self.database.run("DELETE FROM journal WHERE seq <= (SELECT max(seq) FROM journal) - ?", (_KEPT,))

    def entries(self) -> list[dict[str, Any]]:
        """All of them, oldest first."""
        return [json.loads(text) for (text,) in self.database.run("SELECT entry FROM journal ORDER BY seq")]

    def clear(self) -> None:
        """Forget all of them."""
        self.database.run("DELETE FROM journal")
