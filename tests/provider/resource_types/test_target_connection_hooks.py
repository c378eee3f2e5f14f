"""The life-cycle hooks of a target connection: the dataset must exist, and its XDM schema is the default."""

from __future__ import annotations

from tests.provider.resources.flow_world import DATASET_ID, SCHEMA_ID, TARGET_CONNECTION, FlowWorld, build_target_inputs


def test_omitted_schema_is_that_of_the_dataset(flow_world: FlowWorld) -> None:
    target = flow_world.target_connection

    assert target.outputs["schemaId"] == SCHEMA_ID
    assert not flow_world.create_lifecycle(TARGET_CONNECTION).diff(target.id, target.outputs, build_target_inputs())


def test_dataset_that_does_not_exist_is_named(flow_world: FlowWorld) -> None:
    (problem,) = flow_world.create_lifecycle(TARGET_CONNECTION).validate({}, build_target_inputs(dataSetId="nowhere"))

    assert problem.startswith("dataset_id: ")
    assert "nowhere" in problem


def test_schema_must_be_that_of_the_dataset(flow_world: FlowWorld) -> None:
    new_inputs = build_target_inputs(schemaId="https://ns.adobe.com/acme/schemas/customers")

    (problem,) = flow_world.create_lifecycle(TARGET_CONNECTION).validate({}, new_inputs)

    assert problem.startswith("schema_id: ")
    assert DATASET_ID in problem
    assert problem.endswith(SCHEMA_ID)


def test_unchanged_dataset_is_not_checked_again(flow_world: FlowWorld) -> None:
    flow_world.world.emulator.clear_journal()

    problems = flow_world.create_lifecycle(TARGET_CONNECTION).validate(
        flow_world.target_connection.outputs, build_target_inputs()
    )

    assert list(problems) == []
    assert flow_world.world.emulator.journal() == []


def test_unreadable_dataset_is_a_warning(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    flow_world.world.emulator.fault("GET /data/foundation/catalog/dataSets/{id}", status=500, times=99)

    assert list(flow_world.create_lifecycle(TARGET_CONNECTION, process).validate({}, build_target_inputs())) == []
    (message,) = process.messages
    assert message.startswith("warning: ")
    assert DATASET_ID in message


def test_format_that_only_the_service_shows_is_kept_and_a_declared_one_is_sent(flow_world: FlowWorld) -> None:
    target = flow_world.target_connection
    edit = [{"op": "add", "path": "/data/format", "value": "parquet_xdm"}]
    flow_world.world.emulator.foreign_edit(target.id, edit)
    lifecycle = flow_world.create_lifecycle(TARGET_CONNECTION)

    state = lifecycle.read(target.id, target.outputs)
    declared = lifecycle.create(build_target_inputs(name="other", format="parquet_xdm"))

    assert state is not None
    assert state.outputs["format"] == "parquet_xdm"
    assert not lifecycle.diff(target.id, state.outputs, build_target_inputs())
    (entity,) = [
        each for each in flow_world.world.emulator.entities()["targetConnections"] if each["id"] == declared.id
    ]
    assert entity["data"]["format"] == "parquet_xdm"
