"""What a probe sends when it writes, and which source it falls back to."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.probe.throw_away import HOST, HTTP_API, SFTP, SPEC_IDS, is_made_by_probe
from pulumi_adobe.sources import find_spec_by_id
from tests.cli.probe.probed import Probed, fill_sandbox, find_throw_aways
from tests.emulator_process import EmulatorProcess

pytestmark = pytest.mark.slow

_JSON = {"content-type": "application/json"}
_REFUSED = {
    "status": 400,
    "headers": _JSON,
    "body": {"errorMessage": "no", "type": "https://ns.adobe.com/aep/errors/FLOW-1100-400"},
}


def find(result: dict[str, Any], switch: str) -> dict[str, Any]:
    (found,) = (each for each in result["switches"] if each["switch"] == switch)
    return dict(found)


def list_sent(emulator: EmulatorProcess, method: str) -> list[dict[str, Any]]:
    return [each for each in emulator.journal() if each["method"] == method and "/connections" in each["path"]]


def test_every_created_entity_has_a_made_up_host_and_no_other_entity_is_changed(emulator: EmulatorProcess) -> None:
    fill_sandbox(emulator, connections=3)
    before = {each["id"]: each for each in emulator.connections()}
    emulator.clear_journal()

    Probed(emulator.url).run()

    assert {each["id"]: each for each in emulator.connections()} == before
    created = [each["body"] for each in list_sent(emulator, "POST")]
    assert {body["auth"]["params"]["host"] for body in created} == {HOST}
    assert HOST.endswith(".invalid")
    changed = [each["path"].rpartition("/")[2] for each in emulator.journal() if each["method"] in {"PATCH", "DELETE"}]
    assert not set(changed) & set(before)


def test_at_most_two_throw_away_connections_exist_at_once(emulator: EmulatorProcess) -> None:
    emulator.switch(spec_version="default")

    result = Probed(emulator.url).run()

    assert result["throwAway"] == {"created": 2, "deleted": 2, "left": 0}


def test_streaming_inlet_is_created_if_made_up_credentials_are_refused(emulator: EmulatorProcess) -> None:
    emulator.fault("POST /connections", times=4, **_REFUSED)

    result = Probed(emulator.url).run()

    sources = [each["body"]["connectionSpec"]["id"] for each in list_sent(emulator, "POST")]
    assert sources == [SPEC_IDS[SFTP]] * 4 + [SPEC_IDS[HTTP_API]] * 3
    measured = {
        name: find(result, name)["value"] for name in ("credentials", "spec_version", "if_match", "delete_status")
    }
    assert measured == {
        "credentials": "checked",
        "spec_version": "required",
        "if_match": "strict",
        "delete_status": "204",
    }
    assert find(result, "secrets")["status"] == "unknown"
    assert find_throw_aways(emulator) == []


def test_connector_that_fails_on_a_made_up_source_does_not_end_the_probe(emulator: EmulatorProcess) -> None:
    emulator.fault("POST /connections", status=500, headers=_JSON, body={"errorMessage": "no"})
    probed = Probed(emulator.url, is_patient=False)

    result = probed.run()

    assert [each["body"]["connectionSpec"]["id"] for each in list_sent(emulator, "POST")][:2] == [*SPEC_IDS.values()]
    assert (find(result, "delete_status")["value"], find(result, "credentials")["value"]) == ("204", None)
    assert "no clear answer" in probed.said[-1]
    assert find_throw_aways(emulator) == []


def test_report_explains_why_no_connection_could_be_created(emulator: EmulatorProcess) -> None:
    emulator.fault("POST /connections", times=9, **_REFUSED)

    result = Probed(emulator.url).run()

    assert "400 (1100-400)" in result["stopped"]
    assert find(result, "delete_status")["because"] == result["stopped"]
    assert result["throwAway"]["created"] == 0


def test_foreign_id_in_a_create_response_is_not_changed(emulator: EmulatorProcess) -> None:
    fill_sandbox(emulator, connections=2)
    before = emulator.connections()
    body = {"id": before[0]["id"], "etag": before[0]["etag"]}
    emulator.fault("POST /connections", nth=2, status=201, body=body, headers=_JSON)
    emulator.clear_journal()

    result = Probed(emulator.url).run(read=False)

    assert emulator.connections() == before
    assert {each["method"] for each in emulator.journal()} & {"PATCH", "DELETE"} == set()
    assert result["throwAway"]["left"] == 1


@pytest.mark.parametrize("source", [SFTP, HTTP_API])
def test_probed_sources_are_in_the_catalogue(source: str) -> None:
    spec = find_spec_by_id(SPEC_IDS[source])

    assert spec is not None
    assert spec.source == source


_PARAMS: dict[str, Any] = {"host": HOST, "userName": "adobe-flow-probe"}
_OWN: dict[str, Any] = {
    "id": "a1",
    "name": f"adobe-flow-probe-{'0' * 32}",
    "connectionSpec": {"id": SPEC_IDS[SFTP]},
    "auth": {"params": _PARAMS},
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"auth": None}, True),
        ({"name": "adobe-flow-probe-of-mine"}, False),
        ({"name": f"My adobe-flow-probe-{'0' * 32}"}, False),
        ({"connectionSpec": {"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b"}}, False),
        ({"auth": {"params": {**_PARAMS, "host": "sftp.example.com"}}}, False),
        ({"id": "../a"}, False),
        ({"id": None}, False),
    ],
)
def test_left_over_is_recognized_only_by_name_source_and_host(
    change: dict[str, Any],
    expected: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert is_made_by_probe({**_OWN, **change}) is expected
