"""The SQLite file that outlives the process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS entities (id TEXT PRIMARY KEY, kind TEXT NOT NULL, entity TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS lake
    (kind TEXT, id TEXT, org TEXT, sandbox TEXT, body TEXT, PRIMARY KEY (kind, id, org, sandbox));
CREATE TABLE IF NOT EXISTS rows (dataset TEXT, org TEXT, sandbox TEXT, run TEXT, row TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (digest TEXT PRIMARY KEY, client_id TEXT NOT NULL, expires_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS history (seq INTEGER PRIMARY KEY AUTOINCREMENT, entity TEXT NOT NULL, version TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS history_of ON history (entity);
CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY AUTOINCREMENT, entry TEXT NOT NULL);
"""

_MOVE_CONNECTIONS = """
BEGIN;
INSERT OR IGNORE INTO entities SELECT id, 'connections', entity FROM connections ORDER BY rowid;
DROP TABLE connections;
COMMIT;
"""
"""Older emulators have stored base connections in a table of their own."""


class DataFileError(Exception):
    """The data file cannot be used; the text is one line for a person."""


def make_private(path: Path) -> None:
    """Create a file, and its folder if it is missing, that only its owner can read.

    The file may contain secrets that people type into the wrong fields.
    """
    path.parent.parent.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)


class Database:
    """The SQLite file of one process: a second emulator on the same file is refused."""

    def __init__(self, path: Path) -> None:
        """Open or create the file, and create its folder if it is missing."""
        try:
            make_private(path)
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=0.5, check_same_thread=False)
            self._create_tables()
        except (OSError, sqlite3.Error) as error:
            used = " (does another emulator use it?)" if "locked" in str(error) else ""
            message = f"cannot use the data file {path}: {error}{used}"
            raise DataFileError(message) from None

    def _create_tables(self) -> None:
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._connection.execute("PRAGMA journal_mode = WAL")
        # The data must survive the end of the process, even a kill, but not a crash of the machine.
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(_TABLES)
        if self.run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'connections'"):
            self._connection.executescript(_MOVE_CONNECTIONS)

    def run(self, statement: str, values: Iterable[Any] = ()) -> list[Any]:
        """Run one statement, and return its rows."""
        return self._connection.execute(statement, tuple(values)).fetchall()

    def begin(self) -> None:
        """Begin a transaction: its changes are stored together or not at all."""
        self._connection.execute("BEGIN")

    def commit(self) -> None:
        """Store the changes of the transaction; without one nothing happens."""
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def roll_back(self) -> None:
        """Undo the changes of the transaction; without one nothing happens."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
