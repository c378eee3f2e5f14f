"""All entities of one kind, of all organizations, in memory and in the data file."""

from __future__ import annotations

import json
from typing import Any

from flow_service_emulator.database import Database
from flow_service_emulator.entities.entity import Entity
from flow_service_emulator.entities.history import ConnectionHistory
from flow_service_emulator.errors import NotFoundError
from flow_service_emulator.sealing import restore_sealed_params


class EntityStore:
    """The entities of one kind: reads come from memory, and writes are stored before the response is sent."""

    def __init__(self, database: Database, kind: str) -> None:
        """Load the entities of a kind, which is the name in the path: `flows`, `sourceConnections`."""
        self.kind = kind
        self._database = database
        self._by_id: dict[str, Entity] = {}
        self.load()

    def load(self) -> None:
        """Read all entities from the data file."""
        rows = self._database.run("SELECT entity FROM entities WHERE kind = ? ORDER BY rowid", (self.kind,))
        entities = (self.parse_row(json.loads(text)) for (text,) in rows)
        self._by_id = {entity.id: entity for entity in entities}

    def parse_row(self, row: dict[str, Any]) -> Entity:
        """Return the entity that a row stores; older emulators have stored the notes as `kept`."""
        notes = row.pop("kept", {})
        return Entity(**{"notes": notes, **row})

    def get(self, id_: str, org: str, sandbox: str) -> Entity:
        """Return the entity with an id. Raises `NotFoundError` also for one in another organization or sandbox."""
        entity = self._by_id.get(id_)
        if entity is None or (entity.org, entity.sandbox) != (org, sandbox):
            raise NotFoundError(self.kind, id_)
        return entity

    def find(self, id_: object) -> Entity | None:
        """Return the entity with an id, whatever its organization and sandbox; None if there is none."""
        return self._by_id.get(id_) if isinstance(id_, str) else None

    def list_in_sandbox(self, org: str, sandbox: str) -> list[Entity]:
        """Return the entities of one sandbox, the oldest first."""
        return [entity for entity in self._by_id.values() if (entity.org, entity.sandbox) == (org, sandbox)]

    def all(self) -> list[Entity]:
        """Return all entities, the oldest first."""
        return list(self._by_id.values())

    def save(self, entity: Entity) -> None:
        """Store a new or a changed entity."""
        self._by_id[entity.id] = entity
        self._database.run(
            "INSERT INTO entities VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET entity = excluded.entity",
            (entity.id, self.kind, json.dumps(entity.to_row())),
        )

    def remove(self, entity: Entity) -> None:
        """Remove an entity."""
        del self._by_id[entity.id]
        self._database.run("DELETE FROM entities WHERE id = ?", (entity.id,))

    def clear(self) -> None:
        """Remove all entities."""
        self._by_id.clear()
        self._database.run("DELETE FROM entities WHERE kind = ?", (self.kind,))


class ConnectionStore(EntityStore):
    """The base connections, with their history."""

    def __init__(self, database: Database) -> None:
        """Load the base connections."""
        super().__init__(database, "connections")
        self.history = ConnectionHistory(database)

    def parse_row(self, row: dict[str, Any]) -> Entity:
        """Return the connection that a row stores; its secrets are sealed ones again."""
        connection = super().parse_row(row)
        auth = connection.declared.get("auth")
        if isinstance(auth, dict) and isinstance(auth.get("params"), dict):
            auth["params"] = restore_sealed_params(auth["params"])
        return connection

    def save(self, entity: Entity) -> None:
        """Store a new or a changed connection, and add its version to the history."""
        rows = self._database.run("SELECT entity FROM entities WHERE id = ?", (entity.id,))
        self.history.add_version(json.loads(rows[0][0]) if rows else None, entity)
        super().save(entity)

    def remove(self, entity: Entity) -> None:
        """Remove a connection; its history stays."""
        self.history.add_deletion(entity)
        super().remove(entity)

    def clear(self) -> None:
        """Remove all connections with their history."""
        super().clear()
        self.history.clear()
