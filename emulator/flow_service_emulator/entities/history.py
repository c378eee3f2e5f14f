"""The history of base connections: one version per write, whoever made it; the values of secrets are left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from flow_service_emulator.catalogue import is_secret
from flow_service_emulator.clock import now
from flow_service_emulator.database import Database
from flow_service_emulator.entities.entity import SERVICE, Entity
from flow_service_emulator.redaction import redact_json

_MAX_VERSIONS = 20_000
_ABSENT = object()
_CREATED, _UPDATED, _DELETED, _ETAG_MOVED = "created", "updated", "deleted", "etag moved"


@dataclass(frozen=True)
class ConnectionVersion:
    """One version of a connection.

    Attributes:
        what: `created`, `updated`, `deleted`, or `etag moved`, which only a fault causes.
        at: The time in epoch milliseconds.
        changes: The changed fields: ``field`` as a patch names it, ``old`` and ``new`` unless it is a secret.
    """

    what: str
    at: int
    by: str
    client: str
    name: str
    org: str
    sandbox: str
    state: str
    etag: str
    changes: list[dict[str, Any]] = field(default_factory=list)


class ConnectionHistory:
    """The versions of all connections, in the data file; the oldest ones are dropped first."""

    def __init__(self, database: Database) -> None:
        """Use the table `history` of a database."""
        self._database = database

    def add_version(self, old_row: Mapping[str, Any] | None, connection: Entity) -> None:
        """Add a version, unless the row that the connection replaces has the same etag."""
        if old_row is None:
            self._store_version(connection, _build_version(_CREATED, connection, []))
        elif old_row["etag"] != connection.etag:
            changes = list(list_differences(_get_client_content(old_row), _get_client_content(connection.to_row())))
            is_etag_alone = not changes and old_row["updated_at"] == connection.updated_at
            self._store_version(
                connection, _build_version(_ETAG_MOVED if is_etag_alone else _UPDATED, connection, changes)
            )

    def add_deletion(self, connection: Entity) -> None:
        """Add the deletion of a connection, by the user of its last change."""
        self._store_version(connection, _build_version(_DELETED, connection, []))

    def list_versions(self, connection_id: str) -> list[ConnectionVersion]:
        """Return the versions of a connection, the newest first; none for an unknown id."""
        rows = self._database.run("SELECT version FROM history WHERE entity = ? ORDER BY seq DESC", (connection_id,))
        return [ConnectionVersion(**json.loads(text)) for (text,) in rows]

    def clear(self) -> None:
        """Remove all versions."""
        self._database.run("DELETE FROM history")

    def _store_version(self, connection: Entity, version: ConnectionVersion) -> None:
        values = connection.id, json.dumps(asdict(version))
        self._database.run("INSERT INTO history (entity, version) VALUES (?, ?)", values)
        self._database.run("DELETE FROM history WHERE seq <= (SELECT max(seq) FROM history) - ?", (_MAX_VERSIONS,))


def list_differences(old: Any, new: Any, path: str = "") -> Iterator[dict[str, Any]]:
    """Return the fields in which two JSON values differ, at any depth; the values of secrets are left out."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in (*old, *(name for name in new if name not in old)):
            yield from list_differences(old.get(name, _ABSENT), new.get(name, _ABSENT), f"{path}/{name}")
    elif old != new:
        secret = any(is_secret(name) for name in path.split("/"))
        sides = {"old": old, "new": new} if not secret else {}
        values = {side: redact_json(value) for side, value in sides.items() if value is not _ABSENT}
        yield {"field": path, "secret": secret, **values}


def _build_version(what: str, connection: Entity, changes: list[dict[str, Any]]) -> ConnectionVersion:
    is_by_service = what == _ETAG_MOVED
    return ConnectionVersion(
        what=what,
        at=now(),
        by=SERVICE if is_by_service else connection.updated_by,
        client=SERVICE if is_by_service else connection.updated_client,
        name=str(connection.declared.get("name", "")),
        org=connection.org,
        sandbox=connection.sandbox,
        state=connection.state,
        etag=connection.etag,
        changes=changes,
    )


def _get_client_content(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row["declared"], "state": row["state"]}
