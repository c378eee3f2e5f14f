"""What became of a connection, version by version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_service_emulator.database import Database
from flow_service_emulator.entities.history import ConnectionHistory, ConnectionVersion, list_differences
from flow_service_emulator.entities.store import ConnectionStore
from tests.emulator.adobe_client import CLIENT, TOKEN, AdobeClient, replace
from tests.emulator_process import EmulatorProcess

pytestmark = pytest.mark.slow

VALUES = st.recursive(st.integers() | st.text(max_size=3), lambda inner: st.dictionaries(st.text(max_size=3), inner))


def history(emulator: EmulatorProcess, connection_id: str) -> list[ConnectionVersion]:
    """As the data file has it once the emulator has ended; the oldest first."""
    emulator.stop()
    database = Database(emulator.data)
    found = ConnectionHistory(database).list_versions(connection_id)
    database.close()
    return found[::-1]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[EmulatorProcess]:
    with EmulatorProcess.start(tmp_path / "own.sqlite") as process:
        yield process


def test_every_version_has_a_history_line_with_its_author(own: EmulatorProcess) -> None:
    with AdobeClient(own.url) as adobe:
        made = adobe.create()
        second = adobe.patch(made["id"], made["etag"], replace("/name", "n")).json()["etag"]
        adobe.patch(made["id"], made["etag"], replace("/name", "refused"))
        third = own.foreign_edit(made["id"], replace("/state", "disabled"))["etag"]
        own.fault("GET /connections/{id}", staleEtag=True)
        adobe.read(made["id"])
        fourth = adobe.read(made["id"])["etag"]
        adobe.delete(made["id"])

    lines = history(own, made["id"])

    assert [(line.what, line.by) for line in lines] == [
        ("created", CLIENT), ("updated", CLIENT), ("updated", "jane.doe@AdobeID"),
        ("etag moved", "flow-service-emulator"), ("deleted", CLIENT),
    ]  # fmt: skip
    assert [line.etag for line in lines[:4]] == [made["etag"], second, third, fourth]
    assert lines[1].changes == [{"field": "/name", "secret": False, "old": "lake", "new": "n"}]
    assert lines[2].changes == [{"field": "/state", "secret": False, "old": "enabled", "new": "disabled"}]
    assert [line.state for line in lines] == ["enabled", "enabled", "disabled", "disabled", "disabled"]


def test_history_records_only_the_name_of_a_secret(own: EmulatorProcess) -> None:
    with AdobeClient(own.url) as adobe:
        made = adobe.create()
        adobe.patch(made["id"], made["etag"], replace("/auth/params/accessToken", "dapi-new"))

    lines = history(own, made["id"])

    assert lines[1].changes == [{"field": "/auth/params/accessToken", "secret": True}]
    assert TOKEN not in str(lines)
    assert "dapi-new" not in str(lines)


def test_foreign_deletion_is_recorded_with_its_author(own: EmulatorProcess) -> None:
    with AdobeClient(own.url) as adobe:
        made = adobe.create()
    own.foreign_delete(made["id"])
    assert [(line.what, line.by) for line in history(own, made["id"])] == [
        ("created", CLIENT), ("deleted", "jane.doe@AdobeID"),
    ]  # fmt: skip


def test_reset_clears_the_history(own: EmulatorProcess) -> None:
    made = own.foreign_create(name="n")
    own.reset()
    assert history(own, made["id"]) == []


def test_data_file_of_an_older_emulator_gets_a_history_from_then_on(own: EmulatorProcess) -> None:
    made = own.foreign_create(name="n")
    own.stop()
    database = Database(own.data)
    database.run("DROP TABLE history")
    database.close()
    database = Database(own.data)
    store = ConnectionStore(database)
    connection = store.find(made["id"])
    assert connection is not None
    connection.record_change("me", "me")
    store.save(connection)
    assert [line.what for line in store.history.list_versions(made["id"])] == ["updated"]
    database.close()


@given(VALUES, VALUES)
def test_equal_entities_have_no_differences_and_others_have_some(old: object, new: object) -> None:
    assert list(list_differences(old, old)) == []
    assert (list(list_differences(old, new)) == []) == (old == new)


@pytest.mark.parametrize("name", ["accessToken", "password", "myOwnSecret"])
def test_value_below_a_secret_name_is_left_out_of_the_history(name: str) -> None:
    (found,) = list_differences({name: {"a": ["s3cr3t"]}}, {name: {"a": ["s3cr3t-2"]}})
    assert found == {"field": f"/{name}/a", "secret": True}
    (listed,) = list_differences({}, {"list": [{name: "s3cr3t"}]})
    assert "s3cr3t" not in json.dumps(listed["new"])
