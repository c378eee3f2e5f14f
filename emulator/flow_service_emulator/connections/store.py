"""All base connections of all organizations, in memory and in the data file."""

from __future__ import annotations

import json

from flow_service_emulator.connections.base_connections import Connection
from flow_service_emulator.database import Database
from flow_service_emulator.entities.history import History
from flow_service_emulator.errors import NotFoundError


class ConnectionStore:
    """Reads are answered from memory; a write has reached the data file before it is answered."""

    def __init__(self, database: Database) -> None:
        """Take up what an earlier process left."""
        self._database = database
        self.history = History(database)
        self._by_id: dict[str, Connection] = {}
        self.load()

    def load(self) -> None:
        """Read what the data file holds."""
        rows = self._database.run("SELECT entity FROM connections ORDER BY rowid")
        kept = (Connection.from_row(json.loads(text)) for (text,) in rows)
        self._by_id = {connection.id: connection for connection in kept}

    def get(self, connection_id: str, org: str, sandbox: str) -> Connection:
        """The connection of that id; one of another organization or sandbox does not exist for the asker."""
        found = self._by_id.get(connection_id)
        if found is None or (found.org, found.sandbox) != (org, sandbox):
            raise NotFoundError("connections", connection_id)
        return found

    def find(self, connection_id: str) -> Connection | None:
        """The connection of that id, wherever it is."""
        return self._by_id.get(connection_id)

    def anywhere(self, connection_id: str) -> Connection:
        """The connection of that id, whatever its sandbox: for the control paths."""
        if connection_id not in self._by_id:
            raise NotFoundError("connections", connection_id)
        return self._by_id[connection_id]

    def of_sandbox(self, org: str, sandbox: str) -> list[Connection]:
        """The connections of one sandbox, oldest first."""
        return [each for each in self._by_id.values() if (each.org, each.sandbox) == (org, sandbox)]

    def all(self) -> list[Connection]:
        """Every connection, oldest first."""
        return list(self._by_id.values())

    def save(self, connection: Connection) -> None:
        """Keep a new connection, or a changed one in its place."""
        self._by_id[connection.id] = connection
        before = self._database.run("SELECT entity FROM connections WHERE id = ?", (connection.id,))
        self.history.note(json.loads(before[0][0]) if before else None, connection)
        self._database.run(
            "INSERT INTO connections VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET entity = excluded.entity",
            (connection.id, json.dumps(connection.row())),
        )

    def remove(self, connection: Connection) -> None:
        """Forget a connection; its history stays."""
        self.history.note_end(connection)
        del self._by_id[connection.id]
        self._database.run("DELETE FROM connections WHERE id = ?", (connection.id,))

    def clear(self) -> None:
        """Forget all of them."""
        self._by_id.clear()
        self._database.run("DELETE FROM connections")
        self.history.clear()
