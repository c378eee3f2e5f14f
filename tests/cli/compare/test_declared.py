"""What a stack declares equals what was made of it, as far as a state can tell."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from adobe_flow.compare.comparison import ComparedSide, build_comparison_result, compare
from adobe_flow.compare.declared import read_declarations
from adobe_flow.compare.facts import SOURCE_CONNECTION, TARGET_CONNECTION
from adobe_flow.compare.pipelines import read_dataflow, read_source_connection, read_target_connection
from adobe_flow.compare.references import DATASET, SCHEMA, EntityNames
from pulumi_adobe.sources import connection_specs
from tests.cli.malformed.values import replaced, variants
from tests.emulator.dataflows.way import CRM, LAKE_SPEC

DATABRICKS = {"id": connection_specs()["databricks"].id, "version": "1.0"}
LAKE = {"id": LAKE_SPEC, "version": "1.0"}
CONTENT_TYPE = "application/vnd.adobe.xed-full+json;version=1"
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}
NAMES = EntityNames(
    {
        "base connection": {"b-1": "lake"},
        SOURCE_CONNECTION: {"s-1": "orders"},
        TARGET_CONNECTION: {"t-1": "dataset"},
        DATASET: {"d-1": "ACME orders"},
        SCHEMA: {"x-1": "ACME orders"},
    }
)
EVERY = 7
"""A part of all cases, in which each malformed value and each member has its turn."""
COLUMNS = [{"name": "order_id", "type": "string"}, {"name": "First Name", "type": "string"}]


def build_resource(type_name: str, id_: str, inputs: dict[str, Any], **outputs: Any) -> dict[str, Any]:
    token = f"pulumi-python:dynamic/adobe:{type_name}"
    outputs = {**inputs, **outputs, "sandboxName": "dev", "createdAt": "2026-11-01T00:00:00Z"}
    urn = f"urn:pulumi:dev::p::{token}::{id_}-r"
    return {"urn": urn, "type": token, "id": id_, "inputs": inputs, "outputs": outputs}


def build_state(**flow: Any) -> list[dict[str, Any]]:
    source = {"name": "orders", "baseConnectionId": "b-1", "format": "tabular", "tableName": "acme.orders"}
    target = {"name": "dataset", "dataSetId": "d-1", "schemaVersion": CONTENT_TYPE, "connectionSpec": LAKE}
    dataflow = {
        "name": "daily",
        "description": "every day",
        "sourceConnectionIds": ["s-1"],
        "targetConnectionIds": ["t-1"],
        "flowSpecName": "CRMToAEP",
        "frequency": "day",
        "interval": 1,
        "deltaColumn": "order_id",
        "mapping": {"order_id": "_id", "First Name": "name"},
        "errorDiagnostics": True,
        "enabled": True,
        **flow,
    }
    start = {"effectiveStart": "2100-01-01T00:00:00Z", "flowSpec": {"id": CRM, "version": "1.0"}, "mappingSetId": "m"}
    return [
        build_resource("SourceConnection", "s-1", {**source, "connectionSpec": DATABRICKS}, columns=COLUMNS),
        build_resource("TargetConnection", "t-1", target, schemaId="x-1"),
        build_resource("Dataflow", "f-1", dataflow, **start),
    ]


def build_sandbox() -> ComparedSide:
    """Return what Flow Service shows of these resources, with members that it adds."""
    spec, state = {"connectionSpec": DATABRICKS}, {"state": "enabled"}
    params = {"tableName": "acme.orders", "columns": COLUMNS, "added": "by the service"}
    source = {"id": "s-1", "name": "orders", "baseConnectionId": "b-1", "data": {"format": "tabular"}, "params": params}
    data = {"format": "parquet_xdm", "schema": {"id": "x-1", "version": CONTENT_TYPE}}
    target = {"id": "t-1", "name": "dataset", "data": data, "params": {"dataSetId": "d-1"}, "connectionSpec": LAKE}
    flow = {
        "id": "f-1",
        "name": "daily",
        "description": "every day",
        "flowSpec": {"id": CRM, "version": "1.0"},
        "sourceConnectionIds": ["s-1"],
        "targetConnectionIds": ["t-1"],
        "transformations": [{"name": "Copy", "params": {"deltaColumn": {"name": "order_id"}, "mode": "append"}}],
        "scheduleParams": {"startTime": "4102444800", "frequency": "day", "interval": "1"},
        "options": {"errorDiagnosticsEnabled": "true"},
    }
    facts = [
        read_source_connection({**source, **spec, **state}, NAMES),
        read_target_connection({**target, **state}, NAMES),
        read_dataflow({**flow, **state}, NAMES, {"s-1": "databricks"}, {"_id": "order_id", "name": "${First Name}"}),
    ]
    return ComparedSide("dev", facts, "dev")


def find_result(resources: list[dict[str, Any]], names: dict[str, EntityNames] | None = None) -> dict[str, Any]:
    side = read_declarations("stack:dev", "dev", resources, {"dev": NAMES} if names is None else names)
    return build_comparison_result(compare(side, build_sandbox()), "now")


def list_fields(result: dict[str, Any]) -> list[str]:
    return [field["field"] for difference in result["differences"] for field in difference["fields"]]


def test_declared_pipeline_equals_the_pipeline_created_from_it() -> None:
    result = find_result(build_state())

    assert (list_fields(result), result["equal"], result["notes"]) == ([], 3, [])
    assert [entry["fields"] for entry in result["notCompared"]] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"interval": 2}, "schedule.interval"),
        ({"deltaColumn": "other"}, "deltaColumn"),
        ({"mapping": {"order_id": "_id"}}, "mapping.name"),
        ({"partialIngestionPercent": 5}, "options.partialIngestionPercent"),
        ({"enabled": False}, "state"),
        ({"labels": ["core/C1"]}, "labels"),
        ({"description": "new"}, "description"),
    ],
)
def test_one_changed_declaration_is_one_difference(change: dict[str, Any], field: str) -> None:
    result = find_result(build_state(**change))

    assert list_fields(result) == [field]
    assert result["differences"][0]["a"]["resource"] == "f-1-r"


def test_option_that_the_program_no_longer_declares_is_a_difference() -> None:
    state = build_state()
    del state[2]["inputs"]["errorDiagnostics"]

    assert list_fields(find_result(state)) == ["options.errorDiagnosticsEnabled"]


def test_names_that_the_sandbox_did_not_return_are_not_compared() -> None:
    result = find_result(build_state(), {})

    assert list_fields(result) == []
    # The ids are the same, so the names need not be known.
    assert [entry["fields"] for entry in result["notCompared"]] == []
    other = build_state()
    other[1]["inputs"]["dataSetId"] = "d-9"
    assert [entry["fields"] for entry in find_result(other, {})["notCompared"]] == [["dataset"]]


def test_encrypted_value_is_neither_compared_nor_shown() -> None:
    state = build_state(description=SECRET, deltaColumn=SECRET)
    state[0]["inputs"]["name"] = "Orders"

    result = find_result(state)

    assert list_fields(result) == ["name"]
    assert "deltaColumn" in next(entry["secrets"] for entry in result["notCompared"] if entry["entity"] == "dataflow")
    assert "ciphertext" not in str(result)


PENDO = {"id": connection_specs()["pendo"].id, "version": "1.0"}
HUB = {"id": connection_specs()["azure-event-hubs"].id, "version": "1.0"}


def compare_stream(inputs: dict[str, Any], shown: dict[str, Any], flow_spec: str, options: dict[str, Any]) -> list[str]:
    """Return the fields by which a stack differs from a stream that Flow Service shows."""
    dataflow = {
        "name": "stream",
        "sourceConnectionIds": ["s-1"],
        "targetConnectionIds": ["t-1"],
        "flowSpecName": flow_spec,
        "enabled": True,
    }
    state = [
        build_resource("SourceConnection", "s-1", {"name": "orders", **inputs}),
        build_resource("Dataflow", "f-1", dataflow, inletUrl="https://dcs.adobedc.net/collection/1"),
    ]
    source = {"id": "s-1", "name": "orders", "connectionSpec": inputs["connectionSpec"], **shown}
    flow = {"id": "f-1", "sourceConnectionIds": ["s-1"], "targetConnectionIds": ["t-1"], "options": options}
    facts = [
        read_source_connection(source, NAMES),
        read_dataflow({**flow, "name": "stream", "state": "enabled"}, NAMES, {"s-1": "pendo"}, None),
    ]
    declared = read_declarations("stack:dev", "dev", state, {"dev": NAMES})
    return list_fields(build_comparison_result(compare(declared, ComparedSide("dev", facts, "dev")), "now"))


def test_a_webhook_has_no_schedule_and_an_address_of_its_own() -> None:
    options = {"errorDiagnosticsEnabled": True, "inletUrl": "https://dcs.adobedc.net/collection/2"}
    inputs = {"connectionSpec": PENDO, "format": "json"}

    assert compare_stream(inputs, {"data": {"format": "json"}}, "Streaming SDK", options) == []


def test_each_parameter_of_a_source_is_compared() -> None:
    params = {"eventHubName": "orders", "dataType": "xdm"}
    inputs = {"connectionSpec": HUB, "baseConnectionId": "b-1", "format": "json", "params": params}
    shown = {"baseConnectionId": "b-1", "data": {"format": "json"}, "params": {**params, "eventHubName": "customers"}}

    fields = compare_stream(inputs, shown, "Stream data with optional transformation", {})

    assert fields == ["parameters.eventHubName"]


def test_encrypted_parameters_are_not_compared() -> None:
    shown = {"baseConnectionId": "b-1", "data": {"format": "json"}, "params": {"eventHubName": "customers"}}
    for params in (SECRET, {"eventHubName": SECRET}):
        inputs = {"connectionSpec": HUB, "baseConnectionId": "b-1", "format": "json", "params": params}

        assert compare_stream(inputs, shown, "Stream data with optional transformation", {}) == []


def test_resource_that_is_no_longer_managed_is_left_out() -> None:
    state = build_state()
    for resource, reason in zip(state, ("external", "delete", "delete"), strict=True):
        resource[reason] = True

    assert [difference["kind"] for difference in find_result(state)["differences"]] == ["missing-in-a"] * 3


@pytest.mark.parametrize("member", ["inputs", "outputs"])
@pytest.mark.parametrize("index", range(3))
def test_property_of_any_type_in_a_state_is_compared(index: int, member: str) -> None:
    state = build_state(labels=["core/C1"], startTime="2100-01-01T00:00:00Z", draft=False, adoptId="x")

    for case, malformed in islice(variants(state[index][member]), index, None, EVERY):
        result = find_result(replaced(state, (index, member), malformed))
        assert result["a"]["side"] == "stack:dev", case
