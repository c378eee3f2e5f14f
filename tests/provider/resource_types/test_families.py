"""The way of each family of sources, from its source connection to its dataflow, through the life cycle."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.sources import connection_specs
from tests.provider.lifecycle.world import Process
from tests.provider.resources.flow_world import DATAFLOW, SOURCE_CONNECTION, FlowWorld

BASE_CONNECTION = get_resource_type("BaseConnection").schema
AUTH: dict[str, dict[str, Any]] = {
    "mailchimp-members": {"authSpec": "Basic Authentication", "params": {"username": "ada", "password": "secret-1"}},
    "azure-event-hubs": {
        "authSpec": "Azure EventHub authentication credentials",
        "params": {"sasKeyName": "listen", "sasKey": "secret-2", "namespace": "acme"},
    },
    "http-api-streaming": {"authSpec": "Streaming Connection", "params": {"dataType": "raw"}},
}


def _create(world: FlowWorld, schema: Any, inputs: dict[str, Any], process: Process | None = None) -> CreatedResource:
    flat = schema.flatten(inputs)
    return world.create_lifecycle(schema.for_properties(flat), process).create(flat)


def _create_source(world: FlowWorld, source: str, **values: Any) -> str:
    spec = {"id": connection_specs()[source].id, "version": "1.0"}
    inputs = {"name": "source", "owner": "project/dev/source", "connectionSpec": spec, **values}
    if source in AUTH:
        base = {"name": "base", "owner": "project/dev/base", "connectionSpec": spec, **AUTH[source]}
        inputs["baseConnectionId"] = _create(world, BASE_CONNECTION, base).id
    return _create(world, SOURCE_CONNECTION, inputs).id


def _build_dataflow(world: FlowWorld, flow_spec: str, source_id: str, **values: Any) -> dict[str, Any]:
    inputs = world.build_dataflow_inputs(flowSpecName=flow_spec, sourceConnectionIds=[source_id])
    for name in ("frequency", "interval", "startTime", "deltaColumn", "backfill", "mapping"):
        inputs.pop(name, None)
    return {**inputs, **values}


MAPPING = {"id": "_id"}


def test_rest_source_runs_on_a_schedule(flow_world: FlowWorld) -> None:
    source = _create_source(flow_world, "mailchimp-members", format="json", params={"listId": "10c097ca71"})
    inputs = _build_dataflow(flow_world, "RestStorageToAEP", source, frequency="once", mapping=MAPPING)
    _create(flow_world, DATAFLOW, inputs)
    flow_world.world.emulator.turn_clock(600)

    entity = flow_world.world.emulator.entities()["sourceConnections"][-1]
    assert (entity["data"], entity["params"]) == ({"format": "json"}, {"listId": "10c097ca71"})
    assert len(flow_world.world.emulator.rows("6889f4f89b982b2b90bc1207")) == 3


def test_stream_without_mapping_sends_neither_schedule_nor_transformations(flow_world: FlowWorld) -> None:
    source = _create_source(flow_world, "azure-event-hubs", format="json", params={"eventHubName": "orders"})
    process = flow_world.world.start_process()
    inputs = _build_dataflow(flow_world, "Stream data with optional transformation", source)
    created = _create(flow_world, DATAFLOW, inputs, process)

    (entity,) = flow_world.world.emulator.entities()["flows"]
    assert entity["flowSpec"]["id"] == "d69717ba-71b4-4313-b654-49f9cf126d7a"
    assert not entity.keys() & {"scheduleParams", "transformations", "options"}
    assert "5 minutes" in "".join(process.messages)
    lifecycle = flow_world.create_lifecycle(DATAFLOW.for_properties(created.outputs))
    assert not lifecycle.diff(created.id, created.outputs, inputs)


def test_mapping_that_a_stream_gets_replaces_the_dataflow(flow_world: FlowWorld) -> None:
    source = _create_source(flow_world, "azure-event-hubs", format="json", params={"eventHubName": "orders"})
    inputs = _build_dataflow(flow_world, "Stream data with optional transformation", source)
    created = _create(flow_world, DATAFLOW, inputs)
    lifecycle = flow_world.create_lifecycle(DATAFLOW.for_properties(inputs))

    assert lifecycle.diff(created.id, created.outputs, {**inputs, "mapping": MAPPING}).replaces == ("mapping",)


@pytest.mark.parametrize("list_items", ["complete", "summary"])
def test_webhook_has_no_base_connection_and_reports_its_address(flow_world: FlowWorld, list_items: str) -> None:
    flow_world.world.emulator.switch(list_items=list_items)
    source = _create_source(flow_world, "pendo", format="json")
    inputs = _build_dataflow(flow_world, "Streaming SDK", source, mapping=MAPPING)
    created = _create(flow_world, DATAFLOW, inputs)
    schema = DATAFLOW.for_properties(created.outputs)

    read_state = flow_world.create_lifecycle(schema).read(created.id, created.outputs)

    entity = flow_world.world.emulator.entities()["sourceConnections"][-1]
    assert entity["providerId"] == "521eee4d-8cbe-4906-bb48-fb6bd4450033"
    assert created.outputs["inletUrl"].startswith("https://dcs.adobedc.net/collection/")
    assert read_state is not None
    assert read_state.outputs["inletUrl"] == created.outputs["inletUrl"]
    assert "errorDiagnostics" not in read_state.outputs
    assert not flow_world.create_lifecycle(schema).diff(created.id, read_state.outputs, inputs)


def test_address_is_kept_by_an_update_and_never_sent(flow_world: FlowWorld) -> None:
    source = _create_source(flow_world, "pendo", format="json")
    inputs = _build_dataflow(flow_world, "Streaming SDK", source, mapping=MAPPING)
    created = _create(flow_world, DATAFLOW, inputs)
    lifecycle = flow_world.create_lifecycle(DATAFLOW.for_properties(created.outputs))

    outputs = lifecycle.update(created.id, created.outputs, {**inputs, "mapping": {"email_address": "_id"}})

    assert outputs["inletUrl"] == created.outputs["inletUrl"]
    bodies = [str(each["body"]) for each in flow_world.world.emulator.journal() if each["path"].count("/flows")]
    assert not any("inletUrl" in body for body in bodies)


def test_update_that_the_flow_spec_does_not_support_says_how_to_replace(flow_world: FlowWorld) -> None:
    flow_world.world.emulator.switch(stream_update="refused")
    source = _create_source(flow_world, "http-api-streaming")
    inputs = _build_dataflow(flow_world, "Stream data with transformation", source, mapping=MAPPING)
    created = _create(flow_world, DATAFLOW, inputs)
    lifecycle = flow_world.create_lifecycle(DATAFLOW.for_properties(inputs))

    with pytest.raises(AdobeError) as error:
        lifecycle.update(created.id, created.outputs, {**inputs, "description": "changed"})

    assert "--replace" in error.value.hint


def test_file_of_the_landing_zone_that_does_not_exist_is_named(flow_world: FlowWorld) -> None:
    spec = {"id": connection_specs()["data-landing-zone"].id, "version": "1.0"}
    inputs = {"name": "s", "connectionSpec": spec, "format": "delimited", "path": "acme.order"}

    (problem,) = flow_world.create_lifecycle(SOURCE_CONNECTION.for_properties(inputs)).validate({}, inputs)

    assert problem.startswith("path: ")
    assert "did you mean acme.orders" in problem


def _use_columns(*mapped: str) -> dict[str, Any]:
    return {"dataflowColumns": [{"dataflow": "daily", "mapped": list(mapped), "deltaColumn": ""}]}


def test_column_that_a_file_lacks_is_a_problem(flow_world: FlowWorld) -> None:
    spec = {"id": connection_specs()["data-landing-zone"].id, "version": "1.0"}
    inputs = {"name": "s", "connectionSpec": spec, "format": "delimited", "path": "acme.orders"}
    lifecycle = flow_world.create_lifecycle(SOURCE_CONNECTION.for_properties(inputs))

    (problem,) = lifecycle.validate({}, {**inputs, **_use_columns("order_id", "amont")})

    assert problem.startswith('mapping.amont of Dataflow "daily": ')
    assert "did you mean amount" in problem


@pytest.mark.parametrize(("column", "count"), [("merge_fields.FNAME", 0), ("FNAME", 0), ("emial_address", 1)])
def test_field_that_a_rest_source_does_not_show_is_a_warning(flow_world: FlowWorld, column: str, count: int) -> None:
    """It shows some records only, and does not say at which level the records begin."""
    spec = {"id": connection_specs()["mailchimp-members"].id, "version": "1.0"}
    base = {"name": "b", "owner": "project/dev/b", "connectionSpec": spec, **AUTH["mailchimp-members"]}
    inputs = SOURCE_CONNECTION.flatten(
        {
            "name": "s",
            "connectionSpec": spec,
            "baseConnectionId": _create(flow_world, BASE_CONNECTION, base).id,
            "format": "json",
            "params": {"listId": "10c097ca71"},
        }
    )
    process = flow_world.world.start_process()
    lifecycle = flow_world.create_lifecycle(SOURCE_CONNECTION.for_properties(inputs), process)

    assert list(lifecycle.validate({}, {**inputs, **_use_columns(column)})) == []

    assert len([message for message in process.messages if "email_address" in message]) == count


def test_flow_spec_that_has_another_name_in_the_service_is_found_by_its_id(flow_world: FlowWorld) -> None:
    """Adobe: streaming.md prints "Steam data with transformation"."""
    flow_world.world.emulator.fault("GET /flowSpecs", status=200, body={"items": []})

    flow_spec = flow_world.world.start_process().context.metadata.get_flow_spec("Stream data with transformation")

    assert flow_spec == {"id": "c1a19761-d2c7-4702-b9fa-fe91f0613e81", "version": "1.0"}


def test_parameters_that_the_service_fills_in_are_no_drift_and_are_sent_back(flow_world: FlowWorld) -> None:
    """http.md: a connection gets `inletUrl`, `inletId`, `name`, `sourceId` and `authenticationRequired`."""
    spec = {"id": connection_specs()["http-api-streaming"].id, "version": "1.0"}
    base = {"name": "b", "owner": "project/dev/b", "connectionSpec": spec, **AUTH["http-api-streaming"]}
    inputs = BASE_CONNECTION.flatten(base)
    schema = BASE_CONNECTION.for_properties(inputs)
    created = _create(flow_world, BASE_CONNECTION, base)
    read_state = flow_world.create_lifecycle(schema).read(created.id, created.outputs)
    assert read_state is not None
    assert not flow_world.create_lifecycle(schema).diff(created.id, read_state.outputs, inputs)

    outputs = flow_world.create_lifecycle(schema).update(
        created.id, read_state.outputs, {**inputs, "params.dataType": "xdm"}
    )

    assert outputs["inletUrl"] == created.outputs["inletUrl"] == outputs["serverParams"]["inletUrl"]


@pytest.mark.parametrize(
    ("source", "values", "flow_spec", "facts"),
    [
        (
            "data-landing-zone",
            {"format": "delimited", "path": "acme.orders"},
            "CloudStorageToAEP",
            ("mapping.emial_address", "does not read"),
        ),
        (
            "mailchimp-members",
            {"format": "json", "params": {"listId": "10c097ca71"}},
            "RestStorageToAEP",
            ("warning", "did you mean email_address"),
        ),
    ],
)
def test_dataflow_is_checked_against_a_source_connection_that_exists(
    flow_world: FlowWorld, source: str, values: dict[str, Any], flow_spec: str, facts: tuple[str, ...]
) -> None:
    source_id = _create_source(flow_world, source, **values)
    mapping = {"emial_address": "_id"}
    inputs = _build_dataflow(flow_world, flow_spec, source_id, frequency="once", mapping=mapping)
    process = flow_world.world.start_process()

    problems = list(flow_world.create_lifecycle(DATAFLOW.for_properties(inputs), process).validate({}, inputs))

    (text,) = [*problems, *process.messages]
    assert all(fact in text for fact in facts)


@pytest.mark.parametrize(
    ("data_type", "mapping", "count"), [("raw", None, 1), ("raw", MAPPING, 0), ("xdm", None, 0)], ids=str
)
def test_raw_data_without_a_mapping_is_a_warning(
    flow_world: FlowWorld, data_type: str, mapping: dict[str, str] | None, count: int
) -> None:
    params = {"eventHubName": "orders", "dataType": data_type}
    source_id = _create_source(flow_world, "azure-event-hubs", format="json", params=params)
    inputs = _build_dataflow(flow_world, "Stream data with optional transformation", source_id)
    inputs = {**inputs, "mapping": mapping} if mapping else inputs
    process = flow_world.world.start_process()

    lifecycle = flow_world.create_lifecycle(DATAFLOW.for_properties(inputs), process)

    assert list(lifecycle.validate({}, inputs)) == []
    assert len([message for message in process.messages if "dataType" in message]) == count
