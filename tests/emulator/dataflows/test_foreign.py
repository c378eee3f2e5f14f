"""What another person does to dataflows and what they hang on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.emulator.adobe_client import CLIENT, AdobeClient, code_of, replace
from tests.emulator.dataflows.way import DATASET, Way

if TYPE_CHECKING:
    from tests.emulator_process import EmulatorProcess


@pytest.fixture
def way(adobe: AdobeClient) -> Way:
    return Way(adobe)


def places(way: Way) -> dict[str, str]:
    return {
        "flows": way.made("/flows", way.flow()),
        "sourceConnections": way.source,
        "targetConnections": way.target,
    }


def test_foreign_edit_of_a_flow_changes_the_etag_and_records_its_author(way: Way, emulator: EmulatorProcess) -> None:
    for kind, id_ in places(way).items():
        before = way.read(f"/{kind}/{id_}")
        edited = emulator.foreign_edit(id_, replace("/name", "theirs"))
        after = way.read(f"/{kind}/{id_}")
        assert (after["name"], after["etag"]) == ("theirs", edited["etag"])
        assert before["etag"] != after["etag"]
        assert before["updatedBy"] == CLIENT != after["updatedBy"]
        assert emulator.entities()[kind][0]["etag"] == edited["etag"]


def test_foreign_edit_of_a_flow_can_change_the_state(way: Way, emulator: EmulatorProcess) -> None:
    flow = places(way)["flows"]
    emulator.foreign_edit(flow, replace("/state", "disabled"))
    assert way.read(f"/flows/{flow}")["state"] == "disabled"

    emulator.foreign_edit(flow, replace("/state", "failed"))
    operations, etag = replace("/name", "n"), way.read(f"/flows/{flow}")["etag"]
    refused = way.adobe.send("PATCH", f"/flows/{flow}", json=operations, headers={"If-Match": etag})
    assert code_of(refused) == "1416-400"


def test_foreign_deletion_removes_an_entity_even_if_it_is_in_use(way: Way, emulator: EmulatorProcess) -> None:
    for kind, id_ in reversed(places(way).items()):
        emulator.foreign_delete(id_)
        assert way.adobe.get(f"/{kind}/{id_}").status_code == 404


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("sourceConnections", "a source connection is gone"),
        ("targetConnections", "the target connection is gone"),
        ("connections", "the base connection is gone"),
    ],
)
def test_flow_with_deleted_connections_fails_its_run_and_is_still_readable(
    way: Way, emulator: EmulatorProcess, kind: str, reason: str
) -> None:
    found = {**places(way), "connections": way.base}
    emulator.foreign_delete(found[kind])
    emulator.turn_clock(120)

    (run,) = way.runs(found["flows"])
    assert run["metrics"]["statusSummary"]["errors"][0]["message"] == reason
    assert way.read(f"/flows/{found['flows']}")["lastRunDetails"]["state"] == "failed"
    assert emulator.rows(DATASET) == []


@pytest.mark.parametrize(
    "patch",
    [
        replace("/scheduleParams", {"frequency": "sometimes"}),
        [{"op": "remove", "path": "/scheduleParams"}],
        [{"op": "remove", "path": "/sourceConnectionIds"}],
        replace("/sourceConnectionIds", [{}]),
        replace("/transformations", ["text"]),
        [{"op": "remove", "path": "/flowSpec"}],
    ],
    ids=str,
)
def test_malformed_foreign_edit_does_not_end_the_emulator(
    way: Way, emulator: EmulatorProcess, patch: list[dict[str, Any]]
) -> None:
    flow = places(way)["flows"]
    emulator.foreign_edit(flow, patch)
    emulator.turn_clock(86_400)

    assert way.adobe.get(f"/flows/{flow}").status_code == 200
    assert {run["state"] for run in way.runs(flow)} <= {"failed", "success"}
    assert way.adobe.send("DELETE", f"/flows/{flow}").status_code == 204


@pytest.mark.parametrize(
    "patch",
    [replace("/params", {"columns": ["text"]}), replace("/connectionSpec", "text"), replace("/params", {"path": "*"})],
    ids=str,
)
def test_malformed_source_connection_does_not_end_the_emulator(
    way: Way, emulator: EmulatorProcess, patch: list[dict[str, Any]]
) -> None:
    flow = places(way)["flows"]
    emulator.foreign_edit(way.source, patch)
    emulator.foreign_edit(way.target, replace("/params", {}))
    emulator.turn_clock(120)

    assert [run["state"] for run in way.runs(flow)] == ["failed"]


@pytest.mark.parametrize("ids", [5, "text", None, {}, [5, None, {}]], ids=str)
def test_connection_ids_of_a_wrong_type_are_ignored(way: Way, emulator: EmulatorProcess, ids: Any) -> None:
    flow = places(way)["flows"]
    emulator.foreign_edit(flow, [*replace("/targetConnectionIds", ids), *replace("/sourceConnectionIds", ids)])

    assert way.adobe.send("GET", f"/flows/{flow}").status_code == 200
    assert way.adobe.send("GET", "/flows").status_code == 200
    etag = way.read(f"/targetConnections/{way.target}")["etag"]
    deleted = way.adobe.send("DELETE", f"/targetConnections/{way.target}", headers={"If-Match": etag})
    assert deleted.status_code == 204
