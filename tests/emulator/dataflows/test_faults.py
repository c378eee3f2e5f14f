"""Faults, the journal and the etag, on dataflows and on Flow Service's neighbours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.emulator.adobe_client import TOKEN, AdobeClient, replace
from tests.emulator.dataflows.way import DATASET, SCHEMA, Way, mapping_set, source

if TYPE_CHECKING:
    from tests.emulator_process import EmulatorProcess

FOUNDATION = "/data/foundation"


@pytest.fixture
def way(adobe: AdobeClient) -> Way:
    return Way(adobe)


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("/catalog/dataSets", "/catalog/dataSets"),
        ("/catalog/dataSets/{id}", f"/catalog/dataSets/{DATASET}"),
        ("/schemaregistry/tenant/schemas/{id}", f"/schemaregistry/tenant/schemas/{quote(SCHEMA, safe='')}"),
        ("/connectors/landingzone/credentials", "/connectors/landingzone/credentials"),
        ("/conversion/mappingSets/{id}", "/conversion/mappingSets/some-id"),
    ],
)
def test_fault_outside_flow_service_is_addressed_by_its_whole_path(
    way: Way, emulator: EmulatorProcess, template: str, path: str
) -> None:
    emulator.fault(f"GET {FOUNDATION}{template}", status=503)

    assert way.neighbour("GET", path).status_code == 503
    assert way.neighbour("GET", path).status_code != 503


def test_mapping_set_can_be_created_without_a_response(way: Way, emulator: EmulatorProcess) -> None:
    before = len(emulator.entities()["mappingSets"])
    emulator.fault(f"POST {FOUNDATION}/conversion/mappingSets", status=500, afterEffect=True)

    assert way.neighbour("POST", "/conversion/mappingSets", json=mapping_set()).status_code == 500
    assert len(emulator.entities()["mappingSets"]) == before + 1


@pytest.mark.parametrize("kind", ["flows", "sourceConnections", "targetConnections"])
def test_stale_etag_fault_makes_a_patch_fail(way: Way, emulator: EmulatorProcess, kind: str) -> None:
    flow = way.made("/flows", way.flow())
    path = f"/{kind}/{ {'flows': flow, 'sourceConnections': way.source, 'targetConnections': way.target}[kind] }"
    etag = way.read(path)["etag"]
    emulator.fault(f"PATCH /{kind}/{{id}}", staleEtag=True)

    def patched(if_match: str) -> int:
        headers = {"If-Match": if_match}
        return way.adobe.send("PATCH", path, json=replace("/name", "n"), headers=headers).status_code

    assert patched(etag) == 412
    assert patched(way.read(path)["etag"]) == 200


def test_journal_records_every_write_and_no_read_as_a_change(way: Way, emulator: EmulatorProcess) -> None:
    emulator.clear_journal()
    flow = way.made("/flows", way.flow())
    etag = way.read(f"/flows/{flow}")["etag"]
    way.adobe.send("PATCH", f"/flows/{flow}", json=replace("/name", "n"), headers={"If-Match": etag})
    way.adobe.send("POST", f"/flows/{flow}/action?op=disable")
    way.neighbour("PUT", f"/conversion/mappingSets/{way.mapping}", json=mapping_set())
    made = way.neighbour("POST", "/catalog/dataSets", json={"schemaRef": {"id": SCHEMA}}).json()[0]
    way.neighbour("DELETE", f"/catalog/{made.removeprefix('@/')}")
    way.neighbour("POST", "/schemaregistry/tenant/schemas", json={"title": "t"})
    way.neighbour("POST", "/connectors/landingzone/credentials?type=dlz_databricks_source&action=refresh")
    way.adobe.send("DELETE", f"/flows/{flow}")
    way.adobe.send("POST", "/sourceConnections", json=source("nowhere"))

    effects = [(entry["method"], entry["effect"]) for entry in emulator.journal()]
    assert effects == [
        ("POST", True),
        ("GET", False),
        ("PATCH", True),
        ("POST", True),
        ("PUT", True),
        ("POST", True),
        ("DELETE", True),
        ("POST", True),
        ("POST", True),
        ("DELETE", True),
        ("POST", False),
    ]


def test_no_secret_is_stored_from_connection_to_dataset(way: Way, emulator: EmulatorProcess) -> None:
    way.made("/flows", way.flow())
    token = way.neighbour("GET", "/connectors/landingzone/credentials?type=dlz_databricks_source").json()["SASToken"]
    kept = json.dumps([emulator.journal(), emulator.entities(), emulator.connections()])

    assert TOKEN not in kept
    assert token not in kept
    assert way.adobe.token not in kept
