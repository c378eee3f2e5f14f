"""Replacements: a predecessor is neither a duplicate of its successor nor adopted for it, and it can be deleted."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import Conflict
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import AlreadyExists, PartialFailure
from pulumi_adobe.lifecycle.replacements import Replacements, ResourceKey
from pulumi_adobe.schema.resource_schema import PREDECESSOR_IDS
from tests.provider.lifecycle.world import CREATE_ROUTE, WITH_OWNERSHIP, Process, World, build_inputs
from tests.provider.resources.flow_world import SOURCE_CONNECTION, FlowWorld, build_source_inputs

OPTIONS = [Options(test="off"), WITH_OWNERSHIP]
KEY = ResourceKey("connections", "project/dev/lake")


@pytest.fixture
def flow_world(world: World) -> FlowWorld:
    return FlowWorld(world)


def plan_by_diff(flow_world: FlowWorld, process: Process, **changes: Any) -> dict[str, Any]:
    """Do what the engine does before it creates the successor of the source connection, and return the new inputs."""
    prior = flow_world.source_connection
    new_inputs = build_source_inputs(flow_world.base_connection_id, **changes)
    lifecycle = flow_world.create_lifecycle(SOURCE_CONNECTION, process)
    lifecycle.check(build_source_inputs(flow_world.base_connection_id), new_inputs)
    assert lifecycle.diff(prior.id, prior.outputs, new_inputs).replaces
    lifecycle.check({}, new_inputs)
    return new_inputs


def list_source_ids(flow_world: FlowWorld) -> set[str]:
    return {entity["id"] for entity in flow_world.world.emulator.entities()["sourceConnections"]}


@pytest.mark.parametrize("options", OPTIONS, ids=["none", "description"])
def test_a_successor_is_created_beside_its_predecessor_which_can_then_be_deleted(
    world: World, options: Options
) -> None:
    """With an ownership line, too, which both of them have: the predecessor is not adopted."""
    flow_world = FlowWorld(world)
    prior = flow_world.create_lifecycle(SOURCE_CONNECTION, world.start_process(options)).create(
        build_source_inputs(flow_world.base_connection_id, name="second", owner="project/dev/second")
    )
    flow_world.source_connection = prior
    process = world.start_process(options)
    lifecycle = flow_world.create_lifecycle(SOURCE_CONNECTION, process)

    new_inputs = plan_by_diff(
        flow_world, process, tableName="acme.customers", name="second", owner="project/dev/second"
    )
    successor = lifecycle.create(new_inputs)
    lifecycle.delete(prior.id, prior.outputs)
    lifecycle.delete(successor.id, successor.outputs)

    assert successor.outputs[PREDECESSOR_IDS] == [prior.id]
    assert prior.id not in list_source_ids(flow_world)
    assert successor.id in list_source_ids(flow_world)


def test_a_replacement_that_failed_after_its_post_is_followed_by_another(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    new_inputs = plan_by_diff(flow_world, process, tableName="acme.customers")
    flow_world.world.confirm_by_id()
    flow_world.world.emulator.fault("GET /sourceConnections/{id}", status=403, times=1)
    with pytest.raises(PartialFailure) as failure:
        flow_world.create_lifecycle(SOURCE_CONNECTION, process).create(new_inputs)

    # The next run knows the first predecessor, which the engine has not deleted yet, from the outputs alone.
    lifecycle = flow_world.create_lifecycle(SOURCE_CONNECTION)
    corrected = build_source_inputs(flow_world.base_connection_id, tableName="acme.spring_campaign")
    lifecycle.check(new_inputs, corrected)
    assert lifecycle.diff(failure.value.id, failure.value.outputs, corrected).replaces
    successor = lifecycle.create(corrected)

    assert successor.outputs[PREDECESSOR_IDS] == [flow_world.source_connection.id, failure.value.id]
    assert list_source_ids(flow_world) == {successor.id, *successor.outputs[PREDECESSOR_IDS]}


def test_lost_successor_and_a_third_one_are_not_confused(flow_world: FlowWorld) -> None:
    """The POST's response is lost: what it created is found, and not its predecessor."""
    process = flow_world.world.start_process()
    new_inputs = plan_by_diff(flow_world, process, tableName="acme.customers")
    flow_world.world.emulator.fault("POST /sourceConnections", cut="after", times=1)

    successor = flow_world.create_lifecycle(SOURCE_CONNECTION, process).create(new_inputs)

    assert successor.id != flow_world.source_connection.id
    assert list_source_ids(flow_world) == {successor.id, flow_world.source_connection.id}


def test_a_foreign_entity_of_the_same_name_beside_the_predecessor_is_refused(flow_world: FlowWorld) -> None:
    foreign_inputs = build_source_inputs(flow_world.base_connection_id, owner="other/dev/orders")
    foreign = flow_world.create_lifecycle(
        SOURCE_CONNECTION, flow_world.world.start_process(Options(test="off", on_existing="duplicate"))
    ).create(foreign_inputs)
    process = flow_world.world.start_process()
    new_inputs = plan_by_diff(flow_world, process, tableName="acme.customers")

    with pytest.raises(AlreadyExists) as error:
        flow_world.create_lifecycle(SOURCE_CONNECTION, process).create(new_inputs)

    assert foreign.id in error.value.message
    assert flow_world.source_connection.id not in error.value.message


def test_a_read_shows_the_predecessor_of_a_targeted_replacement(world: World, created: CreatedResource) -> None:
    """The engine checks what `--replace` names as if it were new, and calls no diff."""
    lifecycle = world.start_process().lifecycle
    lifecycle.read(created.id, created.outputs)
    lifecycle.check({}, build_inputs())

    successor = lifecycle.create(build_inputs())
    lifecycle.delete(created.id, created.outputs)

    assert world.get_connection()["id"] == successor.id != created.id


def test_without_a_diff_the_only_entity_of_the_prior_name_is_the_predecessor(
    world: World, created: CreatedResource
) -> None:
    lifecycle = world.start_process().lifecycle
    lifecycle.check(build_inputs(), build_inputs())
    lifecycle.check({}, build_inputs())

    successor = lifecycle.create(build_inputs())

    assert successor.outputs[PREDECESSOR_IDS] == [created.id]


def test_without_a_diff_several_entities_of_the_prior_name_are_refused(world: World, created: CreatedResource) -> None:
    foreign_id = world.create_foreign()
    lifecycle = world.start_process().lifecycle
    lifecycle.check(build_inputs(), build_inputs())

    with pytest.raises(AlreadyExists) as error:
        lifecycle.create(build_inputs())

    assert all(id_ in error.value.message for id_ in (created.id, foreign_id))


def test_replacement_without_a_changed_field_releases_the_claim(world: World, created: CreatedResource) -> None:
    """As with Pulumi's replacement_trigger: the diff found no change, and claimed the entity."""
    lifecycle = world.start_process().lifecycle
    lifecycle.check(build_inputs(), build_inputs())
    assert not lifecycle.diff(created.id, created.outputs, build_inputs())
    lifecycle.check({}, build_inputs())

    successor = lifecycle.create(build_inputs())
    lifecycle.delete(created.id, created.outputs)

    assert world.get_connection()["id"] == successor.id


def test_a_name_that_another_resource_leaves_by_its_replacement_is_free(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    plan_by_diff(flow_world, process, tableName="acme.customers", name="customers")
    second_inputs = build_source_inputs(flow_world.base_connection_id, owner="project/dev/second")

    second = flow_world.create_lifecycle(SOURCE_CONNECTION, process).create(second_inputs)

    assert second.id != flow_world.source_connection.id
    assert PREDECESSOR_IDS not in second.outputs


@pytest.mark.parametrize("status", [409, 400])
def test_refused_duplicate_name_of_a_replacement_names_the_option_and_other_errors_do_not(
    world: World, created: CreatedResource, status: int
) -> None:
    lifecycle = world.start_process().lifecycle
    lifecycle.read(created.id, created.outputs)
    world.emulator.fault(CREATE_ROUTE, status=status, times=1)

    with pytest.raises(Exception, match=str(status)) as error:
        lifecycle.create(build_inputs())

    assert isinstance(error.value, Conflict) is (status == 409)
    assert ("delete_before_replace=True" in str(error.value)) is (status == 409)
    assert (created.id in str(error.value)) is (status == 409)
    assert world.get_connection()["id"] == created.id


def test_record_of_predecessors_is_kept_by_read_and_update(world: World, created: CreatedResource) -> None:
    lifecycle = world.start_process().lifecycle
    outputs = {**created.outputs, PREDECESSOR_IDS: ["old"]}

    read_state = lifecycle.read(created.id, outputs)
    updated = lifecycle.update(created.id, outputs, build_inputs(clusterId="changed"))

    assert read_state is not None
    assert read_state.outputs[PREDECESSOR_IDS] == updated[PREDECESSOR_IDS] == ["old"]
    assert PREDECESSOR_IDS not in read_state.inputs
    assert not lifecycle.diff(created.id, read_state.outputs, build_inputs())


@pytest.mark.parametrize("note", [None, "id", 1, {"a": 1}, [1, None]])
def test_malformed_record_of_predecessors_is_ignored(note: object) -> None:
    replacements = Replacements()

    replacements.record_entity(KEY, "current", {PREDECESSOR_IDS: note})

    assert replacements.get_held_ids(KEY) == ("current",)


def test_resources_of_two_types_with_one_name_are_two_resources() -> None:
    replacements = Replacements()
    replacements.record_existing(KEY, None, "lake")

    assert replacements.exists(KEY)
    assert not replacements.exists(ResourceKey("flows", KEY.owner))


def test_deleted_predecessor_is_removed_from_the_record(world: World, created: CreatedResource) -> None:
    """Delete first: `delete_before_replace=True`."""
    lifecycle = world.start_process().lifecycle
    lifecycle.read(created.id, created.outputs)
    lifecycle.delete(created.id, created.outputs)

    successor = lifecycle.create(build_inputs())

    assert PREDECESSOR_IDS not in successor.outputs


def test_a_used_base_connection_is_created_first_and_an_unused_one_deleted_first(flow_world: FlowWorld) -> None:
    world = flow_world.world
    unused = world.create(name="unused", owner="project/dev/unused")
    used = world.start_process().lifecycle.read(flow_world.base_connection_id, build_inputs())
    assert used is not None
    replaced = {"connectionSpec": {"id": "another", "version": "1.0"}}

    diffs = [
        world.start_process().lifecycle.diff(flow_world.base_connection_id, used.outputs, build_inputs(**replaced)),
        world.start_process().lifecycle.diff(
            unused.id, unused.outputs, build_inputs(name="unused", owner="project/dev/unused", **replaced)
        ),
    ]

    assert [diff.delete_before_replace for diff in diffs] == [False, True]


@pytest.mark.parametrize("route", ["GET /sourceConnections", "GET /flows"])
def test_base_connection_counts_as_used_if_its_dataflows_cannot_be_listed(
    world: World, created: CreatedResource, route: str
) -> None:
    world.emulator.fault(route, status=401, times=20)
    other_spec = build_inputs(connectionSpec={"id": "another", "version": "1.0"})

    diff = world.start_process().lifecycle.diff(created.id, created.outputs, other_spec)

    assert diff.replaces == ("connectionSpec",)
    assert not diff.delete_before_replace


def test_a_diff_without_a_replacement_sends_the_token_request_only(world: World, created: CreatedResource) -> None:
    world.emulator.clear_journal()

    diff = world.start_process().lifecycle.diff(created.id, created.outputs, build_inputs(clusterId="changed"))

    assert diff
    assert not diff.delete_before_replace
    assert [request["path"] for request in world.emulator.journal()] == ["/ims/token/v3"]


@pytest.mark.parametrize(
    ("before", "after", "deletes_first"),
    [("day", "day", False), ("once", "day", True), ("day", "once", True), ("once", "once", True)],
)
def test_only_a_one_time_dataflow_is_deleted_first(
    flow_world: FlowWorld, before: str, after: str, *, deletes_first: bool
) -> None:
    recurring = {"frequency": "day", "interval": 1, "deltaColumn": "ordered_at"}
    once = {"frequency": "once", "interval": None, "deltaColumn": None}
    inputs = [
        flow_world.build_dataflow_inputs(**(once if frequency == "once" else recurring))
        for frequency in (before, after)
    ]
    created = flow_world.create_lifecycle().create(inputs[0])

    diff = flow_world.create_lifecycle().diff(
        created.id, created.outputs, {**inputs[1], "sourceConnectionIds": ["new"]}
    )

    assert diff.delete_before_replace is deletes_first
