"""All entities of one kind but connections, of all organizations, in memory and in the data file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from flow_service_emulator.database import Database
from flow_service_emulator.entities.entity import Entity
from flow_service_emulator.errors import NotFoundError


@dataclass
class Document(Entity):
    """``kept`` is what the emulator itself needs to know of it, and nobody sees."""

    kept: dict[str, Any] = field(default_factory=dict)


class Store:
    """Reads are answered from memory; a write has reached the data file before it is answered."""

    def __init__(self, database: Database, kind: str) -> None:
        """``kind`` is the path's word: flows, sourceConnections."""
        self.kind = kind
        self._database = database
        self._by_id: dict[str, Document] = {}
        self.load()

    def load(self) -> None:
        """Read what the data file holds."""
        rows = self._database.run("SELECT entity FROM entities WHERE kind = ? ORDER BY rowid", (self.kind,))
        self._by_id = {each.id: each for each in (Document(**json.loads(text)) for (text,) in rows)}

    def get(self, id_: str, org: str, sandbox: str) -> Document:
        """The one of that id; one of another organization or sandbox does not exist for the asker."""
        found = self._by_id.get(id_)
        if found is None or (found.org, found.sandbox) != (org, sandbox):
            raise NotFoundError(self.kind, id_)
        return found

    def find(self, id_: object) -> Document | None:
        """The one of that id, wherever it is."""
        return self._by_id.get(id_) if isinstance(id_, str) else None

    def of_sandbox(self, org: str, sandbox: str) -> list[Document]:
        """Those of one sandbox, oldest first."""
        return [each for each in self._by_id.values() if (each.org, each.sandbox) == (org, sandbox)]

    def all(self) -> list[Document]:
        """Every one, oldest first."""
        return list(self._by_id.values())

    def save(self, document: Document) -> None:
        """Keep a new one, or a changed one in its place."""
        self._by_id[document.id] = document
        self._database.run(
            "INSERT INTO entities VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET entity = excluded.entity",
            (document.id, self.kind, json.dumps(document.row())),
        )

    def remove(self, document: Document) -> None:
        """Forget one."""
        del self._by_id[document.id]
        self._database.run("DELETE FROM entities WHERE id = ?", (document.id,))

    def clear(self) -> None:
        """Forget all of them."""
        self._by_id.clear()
        self._database.run("DELETE FROM entities WHERE kind = ?", (self.kind,))
