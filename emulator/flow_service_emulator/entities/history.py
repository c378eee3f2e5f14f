"""What became of each connection: a line per version, whoever made it; of a secret only that it moved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from flow_service_emulator.catalogue import is_secret
from flow_service_emulator.clock import now
from flow_service_emulator.entities.entity import SERVICE
from flow_service_emulator.redaction import redacted

if TYPE_CHECKING:
    from flow_service_emulator.connections.base_connections import Connection
    from flow_service_emulator.database import Database

_KEPT = 20_000
_NOTHING = object()


@dataclass(frozen=True)
class Version:
    """``what``: created, updated, deleted, or etag moved, which is a fault's doing; ``at`` in epoch milliseconds.

    A change has the ``field`` as a patch would name it, ``old`` and ``new`` where it had one and is no secret.
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


class History:
    """Kept in the data file; the oldest lines go first."""

    def __init__(self, database: Database) -> None:
        """``database`` has the table."""
        self._database = database

    def note(self, old: Mapping[str, Any] | None, connection: Connection) -> None:
        """``old`` is the row that ``connection`` replaces. The same etag is the same version, and no line."""
        if old is None:
            self._add(connection, _version("created", connection, []))
        elif old["etag"] != connection.etag:
            changes = list(differences(_written(old), _written(connection.row())))
            alone = not changes and old["updated_at"] == connection.updated_at
            self._add(connection, _version("etag moved" if alone else "updated", connection, changes))

    def note_end(self, connection: Connection) -> None:
        """It was deleted, by who wrote last."""
        self._add(connection, _version("deleted", connection, []))

    def of(self, connection_id: str) -> list[Version]:
        """Its versions, the newest first; none of an id that never was."""
        found = self._database.run("SELECT version FROM history WHERE entity = ? ORDER BY seq DESC", (connection_id,))
        return [Version(**json.loads(text)) for (text,) in found]

    def clear(self) -> None:
        """Forget all of it."""
        self._database.run("DELETE FROM history")

    def _add(self, connection: Connection, version: Version) -> None:
        values = connection.id, json.dumps(asdict(version))
        self._database.run("INSERT INTO history (entity, version) VALUES (?, ?)", values)
        self._database.run("DELETE FROM history WHERE seq <= (SELECT max(seq) FROM history) - ?", (_KEPT,))


def differences(old: Any, new: Any, path: str = "") -> Iterator[dict[str, Any]]:
    """The fields in which two JSON values differ, objects gone through; a secret's values are left out."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in (*old, *(each for each in new if each not in old)):
            yield from differences(old.get(name, _NOTHING), new.get(name, _NOTHING), f"{path}/{name}")
    elif old != new:
        secret = any(is_secret(name) for name in path.split("/"))
        sides = {"old": old, "new": new} if not secret else {}
        shown = {side: redacted(value) for side, value in sides.items() if value is not _NOTHING}
        yield {"field": path, "secret": secret, **shown}


def _version(what: str, connection: Connection, changes: list[dict[str, Any]]) -> Version:
    moved_alone = what == "etag moved"
    return Version(
        what=what,
        at=now(),
        by=SERVICE if moved_alone else connection.updated_by,
        client=SERVICE if moved_alone else connection.updated_client,
        name=str(connection.declared.get("name", "")),
        org=connection.org,
        sandbox=connection.sandbox,
        state=connection.state,
        etag=connection.etag,
        changes=changes,
    )


def _written(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row["declared"], "state": row["state"]}
