"""What is refused, with Adobe's codes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

from tests.emulator.adobe_client import DATABRICKS, AdobeClient, code_of
from tests.emulator.dataflows.way import DATASET, LAKE_SPEC, SCHEMA, Way, mapping_set, source, target

if TYPE_CHECKING:
    from tests.emulator_process import EmulatorProcess

LANDING_ZONE = "26f526f2-58f4-4712-961d-e41bf1ccc0e8"
SHOPIFY = "4f63aa36-bd48-4e33-bb83-49fbcd11c708"


@pytest.fixture
def way(adobe: AdobeClient) -> Way:
    return Way(adobe)


def _code(way: Way, path: str, body: dict[str, Any]) -> str:
    answer = way.adobe.send("POST", path, json=body)
    assert answer.status_code >= 400, answer.text
    return code_of(answer)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": ""}, "CONNECTOR-1304-400"),
        ({"description": 7}, "CONNECTOR-1312-400"),
        ({"connectionSpec": {"id": "nowhere", "version": "1.0"}}, ""),
        ({"connectionSpec": {"id": "nowhere"}}, ""),
        ({"connectionSpec": {"id": DATABRICKS, "version": "2.0"}}, ""),
        ({"connectionSpec": {"id": LANDING_ZONE, "version": "1.0"}}, "CONNECTOR-1332-400"),
        ({"data": {}}, "CONNECTOR-1304-400"),
        ({"baseConnectionId": None}, "CONNECTOR-1304-400"),
        ({"data": {"format": "delimited"}}, "CONNECTOR-1327-400"),
        ({"connectionSpec": {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"}}, "CONNECTOR-1312-400"),
        ({"data": {"format": "csv"}}, "CONNECTOR-1327-400"),
        ({"baseConnectionId": "nowhere"}, "1101-404"),
        ({"params": {}}, "CONNECTOR-1304-400"),
        ({"params": {"tableName": "t", "columns": ["name"]}}, "CONNECTOR-1312-400"),
        ({"state": "enabled"}, "1410-400"),
    ],
    ids=str,
)
def test_invalid_source_connection_is_refused(way: Way, changed: dict[str, Any], code: str) -> None:
    assert _code(way, "/sourceConnections", source(way.base, **changed)) == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"connectionSpec": {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"}}, "CONNECTOR-1307-400"),
        ({"connectionSpec": {"id": LAKE_SPEC, "version": "2.0"}}, ""),
        ({"params": {}}, "CONNECTOR-1325-400"),
        ({"params": {"dataSetId": "nowhere"}}, "2200-400"),
        ({"data": {}}, "CONNECTOR-1304-400"),
        ({"data": {"schema": {"id": "https://ns.adobe.com/acme/schemas/customers"}}}, "1425-400"),
    ],
    ids=str,
)
def test_invalid_target_connection_is_refused(way: Way, changed: dict[str, Any], code: str) -> None:
    assert _code(way, "/targetConnections", target(**changed)) == code


IN_2100 = 4_102_444_800
"""A start that lies ahead, and is the same in every process: it is part of the names of tests."""


def _schedule(**changed: Any) -> dict[str, Any]:
    every = {"startTime": IN_2100, "frequency": "day", "interval": 1, **changed}
    return {"scheduleParams": {name: value for name, value in every.items() if value is not None}}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"flowSpec": {"id": "nowhere", "version": "1.0"}}, ""),
        ({"flowSpec": {"id": "14518937-270c-4525-bdec-c2ba7cce3860", "version": "2.0"}}, ""),
        ({"sourceConnectionIds": []}, "CONNECTOR-1304-400"),
        ({"sourceConnectionIds": [{"id": "x"}]}, "CONNECTOR-1312-400"),
        ({"state": "enabled"}, "1410-400"),
        ({"targetConnectionIds": ["nowhere"]}, "1101-404"),
        ({"scheduleParams": {}}, "CONNECTOR-1317-400"),
        (_schedule(frequency="month"), "CONNECTOR-1397-400"),
        (_schedule(startTime="soon"), "CONNECTOR-1312-400"),
        (_schedule(frequency="once"), "CONNECTOR-1361-400"),
        (_schedule(frequency="once", interval=None, backfill=True), "CONNECTOR-1364-400"),
        (_schedule(frequency="once", interval=None), "CONNECTOR-1369-400"),
        (_schedule(interval=None), "CONNECTOR-1304-400"),
        (_schedule(interval=0), "CONNECTOR-1362-400"),
        (_schedule(frequency="minute", interval=14), "CONNECTOR-1362-400"),
        (_schedule(startTime=1_600_000_000), "CONNECTOR-1360-400"),
        ({"transformations": []}, "CONNECTOR-1370-400"),
        ({"transformations": [{"name": "Mapping", "params": {"mappingId": "nowhere"}}]}, "1419-400"),
        ({"flowSpec": {"id": "9753525b-82c7-4dce-8a9b-5ccfce2b9876", "version": "1.0"}}, "CONNECTOR-1312-400"),
    ],
    ids=str,
)
def test_invalid_flow_is_refused(way: Way, changed: dict[str, Any], code: str) -> None:
    assert _code(way, "/flows", way.flow(**changed)) == code


def test_a_flow_of_tables_needs_a_delta_column(way: Way) -> None:
    without = way.flow(transformations=way.flow()["transformations"][1:])

    assert _code(way, "/flows", without) == "CONNECTOR-1367-400"


def test_unique_names_switch_applies_to_each_kind_separately(emulator: EmulatorProcess, way: Way) -> None:
    emulator.switch(unique_names=True)
    bodies = {
        "/sourceConnections": source(way.base),
        "/targetConnections": target(),
        "/flows": way.flow(name="orders"),
    }
    way.made("/flows", bodies["/flows"])

    statuses = [way.adobe.send("POST", path, json=body).status_code for path, body in bodies.items()]

    assert statuses == [409, 409, 409]
    way.made("/sourceConnections", source(way.base, name="others"))


def test_entity_in_use_cannot_be_deleted(way: Way) -> None:
    flow = way.made("/flows", way.flow())
    ends = [f"/connections/{way.base}", f"/sourceConnections/{way.source}", f"/targetConnections/{way.target}"]

    refused = [code_of(way.adobe.send("DELETE", path)) for path in ends]
    freed = [way.adobe.send("DELETE", path).status_code for path in (f"/flows/{flow}", *reversed(ends))]

    assert refused == ["1418-400", "1447-400", "1447-400"]
    assert freed == [204, 204, 204, 204]
    assert way.adobe.get(f"/flows/{flow}").status_code == 404


def test_flow_response_includes_its_connections(way: Way) -> None:
    shown = way.read(f"/flows/{way.made('/flows', way.flow())}")

    (inherited,) = shown["inheritedAttributes"]["sourceConnections"]
    assert inherited["id"] == way.source
    assert inherited["baseConnection"]["id"] == way.base
    assert shown["inheritedAttributes"]["targetConnections"][0]["connectionSpec"]["id"] == LAKE_SPEC
    assert shown["state"] == "enabled"
    assert shown["lastOperation"]["operation"] == "create"


def _patch(way: Way, path: str, *operations: dict[str, Any]) -> Any:
    etag = way.read(path)["etag"]
    return way.adobe.send("PATCH", path, json=list(operations), headers={"If-Match": etag}).json()


def test_patch_is_validated_like_a_post(way: Way) -> None:
    flow = f"/flows/{way.made('/flows', way.flow())}"
    start = int(way.flow()["scheduleParams"]["startTime"]) + 60

    bad = _patch(way, flow, {"op": "replace", "path": "/scheduleParams/interval", "value": 0})
    whole = _patch(way, flow, {"op": "replace", "path": "/transformations/1", "value": {"name": "Other"}})
    other = _patch(way, flow, {"op": "replace", "path": "/sourceConnectionIds", "value": []})
    good = _patch(way, flow, {"op": "replace", "path": "/scheduleParams/startTime", "value": start})

    assert [code_of(each) for each in (bad, whole, other, good)] == [
        "CONNECTOR-1362-400",
        "CONNECTOR-1370-400",
        "1455-400",
        "",
    ]
    assert way.read(flow)["scheduleParams"]["startTime"] == start
    assert way.read(flow)["etag"] == good["etag"]


def test_start_of_a_flow_that_has_begun_cannot_change(way: Way) -> None:
    flow = f"/flows/{way.made('/flows', way.flow())}"
    way.adobe.session.post(f"{way.adobe.url}/_emulator/clock", json={"advance": 120}, timeout=10)

    later = _patch(way, flow, {"op": "replace", "path": "/scheduleParams/startTime", "value": 4102444800})
    filled = _patch(way, flow, {"op": "add", "path": "/scheduleParams/backfill", "value": False})
    slower = _patch(way, flow, {"op": "replace", "path": "/scheduleParams/frequency", "value": "week"})

    assert code_of(later) == "CONNECTOR-1366-400"
    assert code_of(filled) == "CONNECTOR-1404-400"
    assert "etag" in slower


def test_start_cannot_be_moved_into_the_past(way: Way) -> None:
    flow = f"/flows/{way.made('/flows', way.flow())}"

    back = _patch(way, flow, {"op": "replace", "path": "/scheduleParams/startTime", "value": 1_600_000_000})

    assert code_of(back) == "CONNECTOR-1360-400"


def test_draft_accepts_any_schedule_until_it_is_published(way: Way, emulator: EmulatorProcess) -> None:
    late = {"startTime": 1_600_000_000, "frequency": "day", "interval": 1}
    flow = f"/flows/{way.made('/flows', way.flow(scheduleParams=late), mode='draft')}"
    early = way.adobe.send("POST", f"{flow}/action?op=publish").json()
    _patch(way, flow, {"op": "replace", "path": "/scheduleParams/startTime", "value": int(time.time()) + 60})
    emulator.turn_clock(10)

    assert code_of(early) == "CONNECTOR-1360-400"
    assert code_of(way.adobe.send("POST", f"{flow}/action?op=enable")) == "1421-400"
    assert way.adobe.send("POST", f"{flow}/action?op=PUBLISH").status_code == 200
    assert way.read(flow)["state"] == "enabled"


def test_refused_patch_changes_nothing(way: Way) -> None:
    before = way.read(f"/sourceConnections/{way.source}")

    refused = _patch(way, f"/sourceConnections/{way.source}", {"op": "remove", "path": "/params/tableName"})

    assert code_of(refused) == "CONNECTOR-1304-400"
    assert way.read(f"/sourceConnections/{way.source}") == before


def test_stale_etag_is_refused(way: Way) -> None:
    answer = way.adobe.send(
        "PATCH",
        f"/sourceConnections/{way.source}",
        json=[{"op": "replace", "path": "/name", "value": "x"}],
        headers={"If-Match": '"stale"'},
    )

    assert (answer.status_code, code_of(answer)) == (412, "1404-412")


def test_drafts_must_be_published_in_the_order_of_their_references(way: Way) -> None:
    base = way.adobe.post({**_lake(), "name": "draft"}, mode="draft").json()["id"]
    drafted = way.made("/sourceConnections", source(base), mode="draft")
    bare = way.flow(transformations=None, scheduleParams=None, sourceConnectionIds=[drafted])
    flow = way.made("/flows", bare, mode="draft")

    early = [code_of(way.adobe.send("POST", f"{path}/action?op=publish")) for path in
             (f"/sourceConnections/{drafted}", f"/flows/{flow}")]  # fmt: skip
    way.adobe.send("POST", f"/connections/{base}/action?op=publish")
    then = way.adobe.send("POST", f"/sourceConnections/{drafted}/action?op=publish").status_code

    assert early == ["1421-400", "CONNECTOR-1317-400"]
    assert then == 200
    assert way.read(f"/sourceConnections/{drafted}")["state"] == "enabled"
    assert code_of(way.adobe.send("POST", f"/sourceConnections/{drafted}/action?op=disable")) == "1422-400"


def _lake() -> dict[str, Any]:
    from tests.emulator.adobe_client import lake  # noqa: PLC0415 - a helper of one test

    return lake()


def test_lists_are_filtered_by_the_fields_of_their_kind(way: Way) -> None:
    flow = way.made("/flows", way.flow())

    def ids(path: str, text: str) -> list[str]:
        return [each["id"] for each in way.adobe.get(path, property=text).json()["items"]]

    assert ids("/sourceConnections", f"baseConnectionId=={way.base}") == [way.source]
    assert ids("/sourceConnections", "params.tableName==nothing") == []
    assert ids("/flows", f"sourceConnectionIds[]=={way.source}") == [flow]
    assert ids("/flowSpecs", 'name=="CRMToAEP"') == ["14518937-270c-4525-bdec-c2ba7cce3860"]
    assert code_of(way.adobe.get("/flows", property="baseConnectionId==x")) == "1449-400"


def test_mapping_set_has_versions_and_cannot_be_deleted(way: Way) -> None:
    made = way.neighbour("POST", "/conversion/mappingSets", json=mapping_set())
    path = f"/conversion/mappingSets/{made.json()['id']}"
    changed = way.neighbour("PUT", path, json=mapping_set(order_id="_id"))

    assert made.status_code == 200
    assert len(made.json()["id"]) == 32
    assert (made.json()["version"], changed.json()["version"]) == (0, 1)
    assert len(way.neighbour("GET", path).json()["mappings"]) == 1
    assert way.neighbour("DELETE", path).status_code == 405


@pytest.mark.parametrize(
    "columns", [{"a": "_id", "b": "_id"}, {"a": "nowhere"}, {"a b": "_id"}, {"size": "_id"}, {"a": ""}], ids=str
)
def test_invalid_mapping_set_is_refused(way: Way, columns: dict[str, str]) -> None:
    assert way.neighbour("POST", "/conversion/mappingSets", json=mapping_set(**columns)).status_code == 400


@pytest.mark.parametrize(
    "body", [[], {}, {"mappings": ["text"]}, {"mappings": [{"destinationXdmPath": "_id"}]}], ids=str
)
def test_malformed_mapping_set_is_refused(way: Way, body: Any) -> None:
    assert way.neighbour("POST", "/conversion/mappingSets", json=body).status_code == 400


def test_unknown_or_composed_schema_accepts_any_path(way: Way) -> None:
    composed = {
        "title": "t",
        "properties": {"_id": {}},
        "allOf": [{"$ref": "https://ns.adobe.com/xdm/context/profile"}],
    }
    id_ = way.neighbour("POST", "/schemaregistry/tenant/schemas", json=composed).json()["$id"]

    for schema in (id_, "https://ns.adobe.com/acme/schemas/unknown"):
        body = {**mapping_set(a="person.name"), "xdmSchema": schema}
        assert way.neighbour("POST", "/conversion/mappingSets", json=body).status_code == 200


@pytest.mark.parametrize("body", [[], {}, {"schemaRef": "text"}, {"schemaRef": {"id": ["x"]}}], ids=str)
def test_malformed_dataset_is_refused(way: Way, body: Any) -> None:
    assert way.neighbour("POST", "/catalog/dataSets", json=body).status_code == 400


@pytest.mark.parametrize("body", [[], {}, {"title": "t", "properties": []}], ids=str)
def test_malformed_schema_is_refused(way: Way, body: Any) -> None:
    assert way.neighbour("POST", "/schemaregistry/tenant/schemas", json=body).status_code == 400


def test_landing_zone_needs_no_base_connection(way: Way, emulator: EmulatorProcess) -> None:
    files = source("", connectionSpec={"id": LANDING_ZONE, "version": "1.0"}, data={"format": "delimited"})
    files = {**files, "baseConnectionId": None, "params": {"path": "acme.orders"}}
    way.source = way.made("/sourceConnections", files)
    flow = way.made("/flows", way.flow(flowSpec={"id": "9753525b-82c7-4dce-8a9b-5ccfce2b9876", "version": "1.0"}))
    emulator.turn_clock(120)

    assert way.read(f"/sourceConnections/{way.source}")["inheritedAttributes"] == {}
    assert [run["state"] for run in way.runs(flow)] == ["success"]


def test_missing_version_defaults_to_1_0_if_the_switch_is_on(way: Way, emulator: EmulatorProcess) -> None:
    emulator.switch(spec_version="default")
    made = way.made("/sourceConnections", source(way.base, connectionSpec={"id": DATABRICKS}))

    assert way.read(f"/sourceConnections/{made}")["connectionSpec"] == {"id": DATABRICKS, "version": "1.0"}


def test_datasets_and_schemas_can_be_created(way: Way) -> None:
    schema = way.neighbour("POST", "/schemaregistry/tenant/schemas", json={"title": "Own", "properties": {}})
    body = {"name": "own", "schemaRef": {"id": schema.json()["$id"]}}
    made = way.neighbour("POST", "/catalog/dataSets", json=body)
    id_ = made.json()[0].rpartition("/")[2]

    assert (schema.status_code, made.status_code, len(id_)) == (201, 201, 24)
    assert way.neighbour("GET", f"/catalog/dataSets/{id_}").json()[id_].items() >= body.items()
    assert set(way.neighbour("GET", "/catalog/dataSets").json()) >= {DATASET, id_}
    assert way.neighbour("DELETE", f"/catalog/dataSets/{id_}").status_code == 200
    assert way.neighbour("GET", f"/catalog/dataSets/{id_}").status_code == 404
    encoded = "https%3A%2F%2Fns.adobe.com%2Facme%2Fschemas%2Forders"
    assert way.neighbour("GET", f"/schemaregistry/tenant/schemas/{encoded}").json()["$id"] == SCHEMA
    assert way.neighbour("GET", "/schemaregistry/tenant/schemas/nowhere").status_code == 404
    assert way.neighbour("POST", "/catalog/dataSets", json={"schemaRef": {"id": "x"}}).status_code == 400


def test_landing_zone_credentials_stay_the_same_until_a_refresh(way: Way) -> None:
    def ask(method: str, **query: str) -> Any:
        path = "/connectors/landingzone/credentials"
        return way.neighbour(method, path, params={"type": "dlz_databricks_source", **query}).json()

    first, again = ask("GET"), ask("GET")

    assert first == again
    assert first["SASUri"].endswith(first["SASToken"])
    assert ask("POST", action="refresh")["SASToken"] != first["SASToken"]
    assert code_of(ask("POST")) == "CONNECTOR-1703-400"
    assert code_of(ask("GET", type="other")) == "CONNECTOR-1312-400"


def test_flow_specs_describe_their_options(way: Way) -> None:
    (tables,) = way.adobe.get("/flowSpecs", property='name=="CRMToAEP"').json()["items"]
    (files,) = way.adobe.get("/flowSpecs", property="name==CloudStorageToAEP").json()["items"]

    assert way.read(f"/flowSpecs/{tables['id']}") == tables
    assert {DATABRICKS, SHOPIFY} <= set(tables["sourceConnectionSpecIds"])
    assert LANDING_ZONE in files["sourceConnectionSpecIds"]
    assert not set(tables["sourceConnectionSpecIds"]) & set(files["sourceConnectionSpecIds"])
    assert [each["name"] for each in tables["transformationSpecs"]] == ["Copy", "Mapping"]
    assert way.adobe.get("/flowSpecs/nowhere").status_code == 404
    assert code_of(way.adobe.get("/flowSpecs", limit=1)) == "1451-400"


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        ({"startTime": 1, "frequency": "once"}, "valid"),
        ({"startTime": 1, "frequency": "once", "interval": 1}, "wrong"),
        ({"startTime": 1, "frequency": "once", "backfill": True}, "wrong"),
        ({"startTime": 1, "frequency": "minute", "interval": 15}, "valid"),
        ({"startTime": 1, "frequency": "minute", "interval": 14}, "wrong"),
        ({"startTime": 1, "frequency": "day", "interval": 1, "backfill": False}, "valid"),
        ({"startTime": 1, "frequency": "day", "interval": 0}, "wrong"),
        ({"startTime": 1, "frequency": "day"}, "wrong"),
        ({"frequency": "day", "interval": 1}, "wrong"),
    ],
    ids=str,
)
def test_schedule_spec_is_a_json_schema_with_the_rules_of_the_emulator(
    way: Way, schedule: dict[str, Any], said: str
) -> None:
    (spec,) = way.adobe.get("/flowSpecs", property="name==CRMToAEP").json()["items"]

    assert Draft7Validator(spec["scheduleSpec"]["spec"]).is_valid(schedule) == (said == "valid")
