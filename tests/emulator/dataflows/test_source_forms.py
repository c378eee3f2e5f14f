"""What the source connections of each family take, and what the service adds."""

from __future__ import annotations

from typing import Any

import pytest

from flow_service_emulator.catalogue import LANDING_ZONE
from tests.emulator.adobe_client import AdobeClient, code_of, lake
from tests.emulator.dataflows.way import DATASET, Way, source
from tests.emulator_process import EmulatorProcess

S3 = "ecadc60c-7455-4d87-84dc-2a0e293d997b"
EVENT_HUBS = "bf9f5905-92b7-48bf-bf20-455bc6b60a4e"
HTTP_API = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
MAILCHIMP_MEMBERS = "2e8580db-6489-4726-96de-e33f5f60295f"
LAVA = "232dfabe-27aa-41c0-a7cf-9961661dc68b"
AUTH: dict[str, dict[str, Any]] = {
    S3: {"specName": "Access Key", "params": {"s3AccessKey": "a", "s3SecretKey": "s"}},
    EVENT_HUBS: {
        "specName": "Azure EventHub authentication credentials",
        "params": {"sasKeyName": "n", "sasKey": "k", "namespace": "acme"},
    },
    HTTP_API: {"specName": "Streaming Connection", "params": {"dataType": "raw"}},
    MAILCHIMP_MEMBERS: {"specName": "Basic Authentication", "params": {"username": "u", "password": "p"}},
}


def _body(adobe: AdobeClient, spec: str, **changed: Any) -> dict[str, Any]:
    """The body of a source connection, after its base connection was made if it needs one."""
    spec_info = {"id": spec, "version": "1.0"}
    base = adobe.create(lake(auth=AUTH[spec], connectionSpec=spec_info))["id"] if spec in AUTH else None
    body = {**source(""), "baseConnectionId": base, "connectionSpec": spec_info, "params": None, **changed}
    return {name: value for name, value in body.items() if value is not None}


def _files(**data: Any) -> dict[str, Any]:
    return {"data": {"format": "delimited", **data}, "params": {"path": "acme.orders"}}


ACCEPTED: list[tuple[str, dict[str, Any]]] = [
    (S3, _files()),
    (S3, _files(properties={"columnDelimiter": "\t", "encoding": "ISO-8859-1", "compressionType": "gzip"})),
    (S3, _files(columnDelimiter="\t")),
    (S3, {"data": {"format": "json", "properties": {"compressionType": "tarGzip"}}, "params": {"path": "a"}}),
    (S3, {**_files(), "params": {"path": "in/*.csv", "type": "folder", "recursive": "true"}}),
    (EVENT_HUBS, {"data": {"format": "json"}, "params": {"eventHubName": "orders", "reset": "latest"}}),
    (HTTP_API, {"data": None}),
    (HTTP_API, {"data": {"format": "json"}}),
    (MAILCHIMP_MEMBERS, {"data": {"format": "json"}, "params": {}}),
    (LAVA, {"data": {"format": "json"}, "providerId": "521eee4d-8cbe-4906-bb48-fb6bd4450033"}),
    (LANDING_ZONE, _files()),
]


@pytest.mark.parametrize(("spec", "changed"), ACCEPTED, ids=str)
def test_source_connections_of_adobes_pages_are_accepted(
    adobe: AdobeClient, spec: str, changed: dict[str, Any]
) -> None:
    answer = adobe.send("POST", "/sourceConnections", json=_body(adobe, spec, **changed))

    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    ("spec", "changed", "code"),
    [
        (S3, {"data": {"format": "tabular"}, "params": {"tableName": "t"}}, "CONNECTOR-1327-400"),
        (S3, {"data": {"format": "delimited"}, "params": {}}, "CONNECTOR-1304-400"),
        (S3, _files(properties={"columnDelimiter": ";;"}), "CONNECTOR-1312-400"),
        (S3, _files(properties={"encoding": "UTF-16"}), "CONNECTOR-1312-400"),
        (S3, _files(properties={"compressionType": "zip"}), "CONNECTOR-1312-400"),
        (S3, _files(properties=[]), "CONNECTOR-1312-400"),
        (S3, _files(format="parquet", properties={"columnDelimiter": ";"}), "CONNECTOR-1312-400"),
        (S3, _files(format="json", columnDelimiter=";"), "CONNECTOR-1312-400"),
        (S3, _files(format="json", properties={"encoding": "UTF-8"}), "CONNECTOR-1312-400"),
        (S3, _files(format="parquet", properties={"compressionType": "gzip"}), "CONNECTOR-1312-400"),
        (S3, {**_files(), "params": {"path": "a", "type": "table"}}, "CONNECTOR-1312-400"),
        (S3, {**_files(), "params": {"path": "a", "recursive": "maybe"}}, "CONNECTOR-1312-400"),
        (EVENT_HUBS, {"data": {"format": "json"}, "params": {"dataType": "raw"}}, "CONNECTOR-1304-400"),
        (EVENT_HUBS, {"data": {"format": "json"}, "params": {"eventHubName": "o", "reset": "x"}}, "CONNECTOR-1312-400"),
        (EVENT_HUBS, {"data": None, "params": {"eventHubName": "o"}}, "CONNECTOR-1304-400"),
        (MAILCHIMP_MEMBERS, {"data": {"format": "delimited"}}, "CONNECTOR-1327-400"),
        (MAILCHIMP_MEMBERS, {"data": {"format": "json"}, "params": []}, "CONNECTOR-1312-400"),
        (LAVA, {"data": {"format": "json"}, "baseConnectionId": "one"}, "CONNECTOR-1332-400"),
    ],
    ids=str,
)
def test_parameters_that_a_source_family_lacks_are_refused(
    adobe: AdobeClient, spec: str, changed: dict[str, Any], code: str
) -> None:
    assert code_of(adobe.send("POST", "/sourceConnections", json=_body(adobe, spec, **changed))) == code


def test_source_connection_without_data_is_refused_if_the_switch_is_on(
    adobe: AdobeClient, emulator: EmulatorProcess
) -> None:
    emulator.switch(source_data="required")

    assert code_of(adobe.send("POST", "/sourceConnections", json=_body(adobe, HTTP_API, data=None))) == (
        "CONNECTOR-1304-400"
    )


def test_records_of_a_rest_source_are_copied_to_the_dataset(adobe: AdobeClient, emulator: EmulatorProcess) -> None:
    way = Way(adobe)
    body = _body(adobe, MAILCHIMP_MEMBERS, data={"format": "json"}, params={"listId": "10c097ca71"})
    way.source = way.made("/sourceConnections", body)
    mapping = {
        "xdmSchema": "https://ns.adobe.com/acme/schemas/orders",
        "mappings": [
            {"sourceAttribute": "id", "destinationXdmPath": "_id"},
            {"sourceAttribute": "merge_fields.FNAME", "destinationXdmPath": "_acme.customerId"},
        ],
    }
    set_id = way.neighbour("POST", "/conversion/mappingSets", json=mapping).json()["id"]
    transformations = [{"name": "Mapping", "params": {"mappingId": set_id, "mappingVersion": 0}}]
    spec = {"id": "6499120c-0b15-42dc-936e-847ea3c24d72", "version": "1.0"}
    way.made("/flows", way.flow(flowSpec=spec, transformations=transformations))
    emulator.turn_clock(120)

    assert emulator.rows(DATASET)[0] == {"_id": "M-1", "_acme": {"customerId": "Ada"}}


def test_file_pattern_reads_the_matching_files(adobe: AdobeClient, emulator: EmulatorProcess) -> None:
    way = Way(adobe)
    body = _body(adobe, LANDING_ZONE, data={"format": "delimited"}, params={"path": "acme.o*"})
    way.source = way.made("/sourceConnections", body)
    spec = {"id": "9753525b-82c7-4dce-8a9b-5ccfce2b9876", "version": "1.0"}
    way.made("/flows", way.flow(flowSpec=spec, transformations=[way.flow()["transformations"][1]]))
    emulator.turn_clock(120)

    assert len(emulator.rows(DATASET)) == 5
