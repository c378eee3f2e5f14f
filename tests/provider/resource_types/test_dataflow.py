"""The resource schema of a dataflow: its body, what an update patches, and what it depends on."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.errors import AlreadyExists, StillInUse
from pulumi_adobe.resource_types.dataflow import build_transformations, get_mapping_set
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.lifecycle.world import build_inputs
from tests.provider.resources.flow_world import (
    DATASET_ID,
    SOURCE_CONNECTION,
    TARGET_CONNECTION,
    FlowWorld,
    format_time_from_now,
)


def _patches(flow_world: FlowWorld) -> list[Any]:
    """Return the bodies of all PATCH requests."""
    return [request["body"] for request in flow_world.world.emulator.journal() if request["method"] == "PATCH"]


def test_create_sends_the_body_that_adobe_documents(flow_world: FlowWorld) -> None:
    start = format_time_from_now(600)
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(startTime=start, backfill=False))

    (post,) = [
        request
        for request in flow_world.world.emulator.journal()
        if request["path"].endswith("/flows") and request["effect"]
    ]
    body, schedule = post["body"], post["body"]["scheduleParams"]
    assert body["transformations"] == [
        {"name": "Copy", "params": {"deltaColumn": {"name": "ordered_at"}}},
        {"name": "Mapping", "params": {"mappingId": created.outputs["mappingSetId"], "mappingVersion": 0}},
    ]
    assert body["flowSpec"] == {"id": "14518937-270c-4525-bdec-c2ba7cce3860", "version": "1.0"}
    assert isinstance(schedule.pop("startTime"), int)
    assert schedule == {"frequency": "day", "interval": 1, "backfill": False}
    assert "mapping" not in body
    assert created.outputs["effectiveStart"] == start


def test_read_returns_what_was_created(flow_world: FlowWorld) -> None:
    declared_inputs = flow_world.build_dataflow_inputs(startTime=format_time_from_now(600))
    created = flow_world.create_lifecycle().create(declared_inputs)

    read_state = flow_world.create_lifecycle().read(created.id, created.outputs)

    assert read_state is not None
    assert read_state.outputs == created.outputs
    assert read_state.inputs == declared_inputs
    assert not flow_world.create_lifecycle().diff(created.id, read_state.outputs, declared_inputs)


def test_numbers_and_booleans_that_the_service_returns_as_text_are_no_drift(flow_world: FlowWorld) -> None:
    declared_inputs = flow_world.build_dataflow_inputs(backfill=True)
    created = flow_world.create_lifecycle().create(declared_inputs)
    entity = flow_world.get_dataflow(created.id)
    schedule_as_text = {name: str(value).lower() for name, value in entity["scheduleParams"].items()}
    mapping = {"name": "Mapping", "params": {"mappingId": created.outputs["mappingSetId"], "mappingVersion": "0"}}
    reordered_transformations = [mapping, entity["transformations"][0]]
    response = {**entity, "scheduleParams": schedule_as_text, "transformations": reordered_transformations}
    flow_world.world.emulator.fault("GET /flows/{id}", status=200, body={"items": [response]})

    read_state = flow_world.create_lifecycle().read(created.id, created.outputs)

    assert read_state is not None
    assert not flow_world.create_lifecycle().diff(created.id, read_state.outputs, declared_inputs)


def test_changed_schedule_patches_its_members(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(
        flow_world.build_dataflow_inputs(startTime=format_time_from_now(600))
    )
    later_start = format_time_from_now(1200)
    new_inputs = flow_world.build_dataflow_inputs(startTime=later_start, frequency="hour", interval=6)

    assert flow_world.create_lifecycle().diff(created.id, created.outputs, new_inputs).replaces == ()
    outputs = flow_world.create_lifecycle().update(created.id, created.outputs, new_inputs)

    (patch,) = _patches(flow_world)
    pointers = {operation["path"] for operation in patch}
    assert pointers == {"/scheduleParams/startTime", "/scheduleParams/frequency", "/scheduleParams/interval"}
    assert outputs["effectiveStart"] == later_start
    assert not flow_world.create_lifecycle().diff(created.id, outputs, new_inputs)


def test_changed_delta_column_patches_its_transformation(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())

    flow_world.create_lifecycle().update(
        created.id, created.outputs, flow_world.build_dataflow_inputs(deltaColumn="updated_at")
    )

    ((operation,),) = _patches(flow_world)
    assert operation["path"] == "/transformations/0"
    assert operation["value"]["params"]["deltaColumn"] == {"name": "updated_at"}


def test_connections_are_not_deleted_while_a_dataflow_uses_them(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())

    for resource_schema, connection in (
        (SOURCE_CONNECTION, flow_world.source_connection),
        (TARGET_CONNECTION, flow_world.target_connection),
    ):
        with pytest.raises(StillInUse, match=f'"orders-daily" .{created.id}'):
            flow_world.create_lifecycle(resource_schema).delete(connection.id, connection.outputs)


def test_one_process_deletes_the_dataflow_and_then_its_connections(flow_world: FlowWorld) -> None:
    """`destroy` is one process: it lists the dataflows once, and removes those that it deletes from the list."""
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    process = flow_world.world.start_process()

    flow_world.create_lifecycle(process=process).delete(created.id, created.outputs)
    flow_world.create_lifecycle(TARGET_CONNECTION, process).delete(
        flow_world.target_connection.id, flow_world.target_connection.outputs
    )
    flow_world.create_lifecycle(SOURCE_CONNECTION, process).delete(
        flow_world.source_connection.id, flow_world.source_connection.outputs
    )
    process.lifecycle.delete(flow_world.base_connection_id, {**build_inputs(), "sandboxName": "dev"})

    entities = flow_world.world.emulator.entities()
    assert flow_world.world.list_connections() == []
    assert entities["flows"] == entities["sourceConnections"] == entities["targetConnections"] == []


def test_existing_dataflow_is_adopted_only_when_asked(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(
        flow_world.build_dataflow_inputs(startTime=format_time_from_now(600))
    )
    with pytest.raises(AlreadyExists, match=created.id):
        flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())

    process = flow_world.world.start_process(Options(test="off", adopt=(created.id,)))
    adopted = flow_world.create_lifecycle(process=process).create(flow_world.build_dataflow_inputs(interval=2))

    assert adopted.id == created.id
    assert flow_world.get_dataflow(created.id)["scheduleParams"]["interval"] == 2
    assert adopted.outputs["effectiveStart"] == created.outputs["effectiveStart"]


def test_created_dataflow_copies_rows_to_the_dataset(flow_world: FlowWorld) -> None:
    flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())

    flow_world.world.emulator.turn_clock(120)

    assert flow_world.world.emulator.rows(DATASET_ID)[0] == {"_id": "O-5001", "_acme": {"amount": 19.9}}


@pytest.mark.parametrize(
    ("version", "params"),
    [
        (0, {"mappingId": "m", "mappingVersion": 0}),
        (None, {"mappingId": "m"}),
        (UNKNOWN, {"mappingId": "m", "mappingVersion": UNKNOWN}),
    ],
)
def test_a_mapping_set_without_a_version_is_named_without_one(version: Any, params: dict[str, Any]) -> None:
    properties = {"mapping": {"id": "_id"}, "mappingSetId": "m", "mappingSetVersion": version}

    assert build_transformations(properties) == [{"name": "Mapping", "params": params}]


@pytest.mark.parametrize("transformations", [None, 5, "text", {}, [5], [{"name": "Mapping", "params": 5}]])
def test_transformations_that_cannot_be_read_name_no_mapping_set(transformations: Any) -> None:
    assert get_mapping_set({"transformations": transformations}) == (None, None)
