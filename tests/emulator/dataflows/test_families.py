"""The flow specs of the families of sources, and the actions that a flow takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.adobe_client import AdobeClient, code_of
from tests.emulator.dataflows.way import Way, target
from tests.emulator_process import EmulatorProcess

FAMILIES = {
    "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b": ["CRMToAEP"],
    "ecadc60c-7455-4d87-84dc-2a0e293d997b": ["CloudStorageToAEP"],
    "26f526f2-58f4-4712-961d-e41bf1ccc0e8": ["CloudStorageToAEP"],
    "4e98f16f-87d6-4ef0-bdc6-7a2b0fe76e62": ["RestStorageToAEP"],
    "86043421-563b-46ec-8e6c-e23184711bf6": ["Stream data with optional transformation"],
    "51ae16c2-bdad-42fd-9fce-8d5dfddaf140": ["Stream data with transformation"],
    "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb": [
        "Stream data with transformation",
        "Stream data without transformation",
    ],
}
KINESIS = "86043421-563b-46ec-8e6c-e23184711bf6"
STREAM = "d69717ba-71b4-4313-b654-49f9cf126d7a"


@pytest.mark.parametrize("source", FAMILIES)
def test_source_belongs_to_its_family(adobe: AdobeClient, source: str) -> None:
    specs = adobe.get("/flowSpecs", property=f"sourceConnectionSpecIds[]=={source}").json()["items"]

    assert [spec["name"] for spec in specs] == FAMILIES[source]


def test_only_batch_families_have_a_schedule(adobe: AdobeClient) -> None:
    specs = adobe.get("/flowSpecs").json()["items"]

    assert {("scheduleSpec" in spec, spec["attributes"]["frequency"]) for spec in specs} == {
        (True, "batch"),
        (False, "streaming"),
    }


@pytest.fixture
def streamed(adobe: AdobeClient) -> dict[str, Any]:
    """The body of a flow from Kinesis, which has neither a schedule nor a mapping."""
    way = Way(adobe)
    params = {"accessKeyId": "a", "secretKey": "s", "region": "r"}
    auth = {"specName": "Aws Kinesis authentication credentials", "params": params}
    spec = {"id": KINESIS, "version": "1.0"}
    base = adobe.create({"name": "stream", "auth": auth, "connectionSpec": spec})["id"]
    body = {"name": "s", "baseConnectionId": base, "data": {"format": "json"}, "connectionSpec": spec}
    source = way.made("/sourceConnections", {**body, "params": {"stream": "orders", "dataType": "raw"}})
    flow = way.flow(flowSpec={"id": STREAM, "version": "1.0"}, transformations=None, scheduleParams=None)
    return {**flow, "sourceConnectionIds": [source]}


def test_streaming_flow_has_no_schedule_and_no_runs(adobe: AdobeClient, streamed: dict[str, Any]) -> None:
    flow = adobe.send("POST", "/flows", json=streamed).json()

    patch = [{"op": "replace", "path": "/name", "value": "renamed"}]
    changed = adobe.send("PATCH", f"/flows/{flow['id']}", json=patch, headers={"If-Match": flow["etag"]})

    assert changed.status_code == 200
    assert adobe.get("/runs", property=f"flowId=={flow['id']}").json()["items"] == []


def test_schedule_of_a_streaming_flow_is_refused(adobe: AdobeClient, streamed: dict[str, Any]) -> None:
    schedule = {"startTime": 4102444800, "frequency": "day", "interval": 1}

    assert code_of(adobe.send("POST", "/flows", json={**streamed, "scheduleParams": schedule})) == "CONNECTOR-1312-400"


def test_options_of_a_streaming_flow_are_refused_if_the_switch_is_on(
    adobe: AdobeClient, emulator: EmulatorProcess, streamed: dict[str, Any]
) -> None:
    flow = adobe.send("POST", "/flows", json=streamed).json()
    emulator.switch(flow_options_update="refused")

    patch = [{"op": "add", "path": "/options", "value": {"errorDiagnosticsEnabled": True}}]
    changed = adobe.send("PATCH", f"/flows/{flow['id']}", json=patch, headers={"If-Match": flow["etag"]})

    assert code_of(changed) == "1455-400"


def test_enabled_flow_cannot_be_enabled_and_disabled_flow_cannot_be_disabled(adobe: AdobeClient) -> None:
    way = Way(adobe)
    action = f"/flows/{way.made('/flows', way.flow())}/action"

    answers = [adobe.send("POST", f"{action}?op={op}") for op in ("enable", "disable", "DISABLE", "enable")]

    assert [answer.status_code for answer in answers] == [400, 200, 400, 200]
    assert code_of(answers[0]) == code_of(answers[2]) == "1421-400"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"transformations": [{"name": "Copy", "params": {"deltaColumn": {"name": ""}}}]}, "CONNECTOR-1312-400"),
        ({"transformations": [{"name": "Copy", "params": []}]}, "CONNECTOR-1312-400"),
        ({"transformations": [{"name": {}}]}, "CONNECTOR-1312-400"),
        ({"transformations": "Copy"}, "CONNECTOR-1312-400"),
        ({"scheduleParams": {"frequency": [], "startTime": 1}}, "CONNECTOR-1397-400"),
    ],
    ids=str,
)
def test_members_of_a_wrong_type_are_refused(adobe: AdobeClient, changed: dict[str, Any], code: str) -> None:
    assert code_of(adobe.send("POST", "/flows", json=Way(adobe).flow(**changed))) == code


def test_list_of_flows_shows_connections_and_last_run(adobe: AdobeClient) -> None:
    way = Way(adobe)
    flow = way.made("/flows", way.flow(scheduleParams=ONCE, transformations=[way.flow()["transformations"][1]]))
    run = adobe.send("POST", "/runs", json={"flowId": flow})
    assert run.ok, run.text

    (listed,) = adobe.get("/flows", property="lastRunDetails.state==success").json()["items"]

    assert listed["id"] == flow
    assert listed["inheritedAttributes"]["sourceConnections"][0]["baseConnection"]["id"] == way.base


ONCE = {"startTime": 4102444800, "frequency": "once"}


HTTP_API = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
LAVA = "232dfabe-27aa-41c0-a7cf-9961661dc68b"


def _webhook(way: Way) -> dict[str, Any]:
    """The body of a flow from a webhook."""
    body = {"name": "l", "data": {"format": "json"}, "connectionSpec": {"id": LAVA, "version": "1.0"}}
    mapping = [way.flow()["transformations"][1]]
    spec = {"id": "e77fde5a-22a8-11ed-861d-0242ac120002", "version": "1.0"}
    flow = way.flow(flowSpec=spec, transformations=mapping, scheduleParams=None)
    return {**flow, "sourceConnectionIds": [way.made("/sourceConnections", body)]}


def test_flow_from_a_webhook_gets_an_address(adobe: AdobeClient) -> None:
    way = Way(adobe)
    flow = way.read(f"/flows/{way.made('/flows', _webhook(way))}")

    assert flow["options"]["inletUrl"].startswith("https://dcs.adobedc.net/collection/")
    assert flow["options"]["errorDiagnosticsEnabled"] is True
    assert way.read(f"/flows/{flow['id']}")["options"] == flow["options"]


def test_draft_flow_from_a_webhook_has_no_address(adobe: AdobeClient) -> None:
    way = Way(adobe)
    flow = way.made("/flows", _webhook(way), mode="draft")

    assert "options" not in way.read(f"/flows/{flow}")


def test_http_api_connection_gets_an_address(adobe: AdobeClient) -> None:
    auth = {"specName": "Streaming Connection", "params": {"dataType": "raw"}}
    spec = {"id": HTTP_API, "version": "1.0"}
    params = adobe.read(adobe.create({"name": "events", "auth": auth, "connectionSpec": spec})["id"])["auth"]["params"]

    assert params["inletUrl"].endswith(params["inletId"])
    assert (params["name"], params["authenticationRequired"]) == ("events", False)


def test_flow_spec_of_a_stream_states_that_runs_cannot_be_started(adobe: AdobeClient) -> None:
    specs = adobe.get("/flowSpecs", property="attributes.frequency==streaming").json()["items"]

    assert {spec["attributes"]["uiAttributes"]["apiFeatures"]["flowRunsSupported"] for spec in specs} == {False}
    assert not any("optionSpec" in spec for spec in specs)


@pytest.mark.parametrize(("answer", "code"), [("allowed", ""), ("refused", "CONNECTOR-1300-400")])
def test_flow_spec_without_updates_refuses_them_if_the_switch_is_on(
    adobe: AdobeClient, emulator: EmulatorProcess, answer: str, code: str
) -> None:
    emulator.switch(stream_update=answer)
    way = Way(adobe)
    auth = {"specName": "Streaming Connection", "params": {"dataType": "raw"}}
    spec = {"id": HTTP_API, "version": "1.0"}
    base = adobe.create({"name": "events", "auth": auth, "connectionSpec": spec})["id"]
    source = way.made("/sourceConnections", {"name": "e", "baseConnectionId": base, "connectionSpec": spec})
    body = way.flow(
        flowSpec={"id": "c1a19761-d2c7-4702-b9fa-fe91f0613e81", "version": "1.0"},
        transformations=[way.flow()["transformations"][1]],
        scheduleParams=None,
        sourceConnectionIds=[source],
    )
    flow = adobe.send("POST", "/flows", json=body).json()

    patch = [{"op": "replace", "path": "/name", "value": "renamed"}]
    changed = adobe.send("PATCH", f"/flows/{flow['id']}", json=patch, headers={"If-Match": flow["etag"]})

    assert code_of(changed) == code


def test_target_of_a_stream_may_have_the_schema_of_its_dataset(adobe: AdobeClient) -> None:
    """streaming.md creates it without a schema."""
    body = {**target(), "data": {"format": "parquet_xdm"}}

    assert adobe.send("POST", "/targetConnections", json=body).status_code == 201
