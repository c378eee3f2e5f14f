"""What outlives the process."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pytest
import requests

from flow_service_emulator.database import Database
from tests.emulator.adobe_client import AdobeClient, lake, replace
from tests.emulator_process import EmulatorProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("end", [EmulatorProcess.stop, EmulatorProcess.kill])
def test_connections_tokens_and_journal_are_persistent(
    tmp_path: Path, end: Callable[[EmulatorProcess], object]
) -> None:
    with EmulatorProcess.start(tmp_path / "folder" / "e.sqlite") as emulator, AdobeClient(emulator.url) as adobe:
        made = adobe.create()
        before, kept, noted = adobe.read(made["id"]), emulator.connections(), emulator.journal()
        end(emulator)
        emulator.restart()
        assert emulator.journal() == noted
        assert (adobe.read(made["id"]), emulator.connections()) == (before, kept)
        assert adobe.patch(made["id"], made["etag"], replace("/auth/params/clusterId", "c-2")).status_code == 200
        assert emulator.connections()[0]["auth"]["params"] == {**kept[0]["auth"]["params"], "clusterId": "c-2"}


def test_connections_of_an_older_data_file_are_kept(tmp_path: Path) -> None:
    """Older emulators have stored base connections in a table of their own."""
    with EmulatorProcess.start(tmp_path / "e.sqlite") as emulator, AdobeClient(emulator.url) as adobe:
        ids = [adobe.create(lake(name=name))["id"] for name in ("first", "second")]
        connections = emulator.connections()
        emulator.stop()
        database = Database(emulator.data)
        database.run("CREATE TABLE connections (id TEXT PRIMARY KEY, entity TEXT NOT NULL)")
        database.run(
            "INSERT INTO connections "
            """SELECT id, replace(entity, '"notes":', '"kept":') FROM entities WHERE kind = 'connections'"""
        )
        database.run("DELETE FROM entities WHERE kind = 'connections'")
        database.close()
        emulator.restart()
        assert emulator.connections() == connections
        adobe.delete(ids[0])
        emulator.restart()
        assert [connection["id"] for connection in emulator.connections()] == ids[1:]


def test_switches_and_faults_are_not_persistent(tmp_path: Path) -> None:
    with EmulatorProcess.start(tmp_path / "e.sqlite") as emulator:
        emulator.switch(secrets="absent")
        emulator.fault("GET /connections", status=503)
        emulator.restart()
        assert emulator.control("GET", "switches")["secrets"] == "masked"
        assert emulator.control("GET", "faults") == []


def test_second_emulator_on_the_same_data_file_is_refused(emulator: EmulatorProcess) -> None:
    with pytest.raises(RuntimeError, match="does another emulator use it"):
        EmulatorProcess.start(emulator.data)


def test_data_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "e.sqlite").write_text("a text that is no database" * 100, encoding="utf-8")
    with pytest.raises(RuntimeError, match="cannot use the data file"):
        EmulatorProcess.start(tmp_path / "e.sqlite")


def test_data_file_is_readable_only_by_its_owner(tmp_path: Path) -> None:
    data = tmp_path / "folder" / "e.sqlite"
    with EmulatorProcess.start(data) as emulator, AdobeClient(emulator.url) as adobe:
        adobe.create()
        files = {each.name: each.stat().st_mode & 0o777 for each in data.parent.iterdir() if "stderr" not in each.name}
        assert set(files.values()) == {0o600}
        assert {"e.sqlite", "e.sqlite-wal", "e.sqlite.pid"} <= set(files)


def test_new_data_folder_and_old_data_file_become_private_to_their_owner(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    old.touch(mode=0o644)
    for path in (old, tmp_path / "a" / "new" / "e.sqlite"):
        Database(path).close()
        assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "a" / "new").stat().st_mode & 0o777 == 0o700


def test_write_that_fails_on_a_full_disk_is_not_visible(tmp_path: Path) -> None:
    """A limit of the size of files stands for the disk: SQLite gets an error at the same place."""
    with EmulatorProcess.start(tmp_path / "e.sqlite") as emulator, AdobeClient(emulator.url) as adobe:
        made = [adobe.create()]
        etags = {made[0]["id"]: made[0]["etag"]}
        _, hard = resource.prlimit(emulator.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(emulator.pid, resource.RLIMIT_FSIZE, (200_000, hard))
        answers = [adobe.post(lake(name=f"lake {number}")) for number in range(60)]
        refused = [each for each in answers if each.status_code == 500]
        etags |= {each.json()["id"]: each.json()["etag"] for each in answers if each.status_code == 201}
        # A short value could still fit into the last pages of SQLite's log.
        patched = adobe.patch(made[0]["id"], made[0]["etag"], replace("/name", "x" * 100_000))
        assert refused
        assert patched.status_code == 500
        assert {each["id"]: each["etag"] for each in emulator.connections()} == etags
        theirs = {"name": "theirs", "description": "x" * 100_000}
        foreign = requests.post(f"{emulator.url}/_emulator/foreign-create", json=theirs, timeout=10)
        assert foreign.status_code == 500
        assert {each["id"]: each["etag"] for each in emulator.connections()} == etags
        assert adobe.get("/connections").status_code == 200
        resource.prlimit(emulator.pid, resource.RLIMIT_FSIZE, (hard, hard))
        again = adobe.create()
        emulator.restart()
        assert {each["id"] for each in emulator.connections()} == {*etags, again["id"]}
