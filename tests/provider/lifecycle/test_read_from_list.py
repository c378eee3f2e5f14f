"""Reads from a list: fewer requests, and an old list never decides about a loss or a conflict."""

from __future__ import annotations

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import ConflictingChange
from tests.provider.lifecycle.world import LIST_ROUTE, World, build_inputs

REFRESH_FROM_LIST = Options(test="off", refresh_from="list")


def create_many(world: World, count: int) -> list[CreatedResource]:
    lifecycle = world.start_process().lifecycle
    resources = [lifecycle.create(build_inputs(name=f"lake {number}")) for number in range(count)]
    world.emulator.clear_journal()
    return resources


def count_reads_by_id(world: World) -> int:
    return world.count_requests("GET") - world.count_requests("GET", "/connections")


def test_many_reads_send_only_requests_for_pages(world: World) -> None:
    resources = create_many(world, 105)
    lifecycle = world.start_process(REFRESH_FROM_LIST).lifecycle

    for resource in reversed(resources):
        read_state = lifecycle.read(resource.id, resource.outputs)
        assert read_state is not None
        assert read_state.outputs == resource.outputs

    assert world.count_requests("GET", "/connections") == 2
    assert count_reads_by_id(world) == 0


def test_an_entity_that_the_list_lacks_is_gone_only_after_its_own_get(world: World) -> None:
    *deleted, remaining = create_many(world, 3)
    for resource in deleted:
        world.emulator.foreign_delete(resource.id)
    lifecycle = world.start_process(REFRESH_FROM_LIST).lifecycle

    assert [lifecycle.read(resource.id, resource.outputs) for resource in deleted] == [None, None]
    assert lifecycle.read(remaining.id, remaining.outputs) is not None
    assert count_reads_by_id(world) == len(deleted)


@pytest.mark.parametrize("list_items", ["complete", "summary"])
def test_an_item_that_lacks_what_a_read_by_id_shows_is_read_by_id(world: World, list_items: str) -> None:
    (resource,) = create_many(world, 1)
    world.emulator.switch(list_items=list_items)

    read_state = world.start_process(REFRESH_FROM_LIST).lifecycle.read(resource.id, resource.outputs)

    assert read_state is not None
    assert read_state.outputs == resource.outputs
    assert count_reads_by_id(world) == (list_items == "summary")


def test_entities_of_a_scope_that_cannot_be_listed_are_read_by_id(world: World) -> None:
    resources = create_many(world, 3)
    world.emulator.fault(LIST_ROUTE, status=403, times=99)
    lifecycle = world.start_process(REFRESH_FROM_LIST).lifecycle

    assert all(lifecycle.read(resource.id, resource.outputs) is not None for resource in resources)
    assert world.count_requests("GET", "/connections") == 1


def test_an_entity_that_this_process_has_written_is_read_by_id(world: World) -> None:
    resource, other, *_ = create_many(world, 5)
    lifecycle = world.start_process(REFRESH_FROM_LIST).lifecycle
    lifecycle.read(resource.id, resource.outputs)
    outputs = lifecycle.update(resource.id, resource.outputs, build_inputs(name="new"))
    reads_of_the_update = count_reads_by_id(world)

    read_state = lifecycle.read(resource.id, outputs)
    lifecycle.read(other.id, other.outputs)

    assert read_state is not None
    assert read_state.outputs["name"] == "new"
    assert world.count_requests("GET", "/connections") == 1
    assert count_reads_by_id(world) == reads_of_the_update + 1


def test_a_refused_etag_of_an_old_list_is_no_conflict_if_we_wrote_last(world: World) -> None:
    resource, *_ = create_many(world, 5)
    lifecycle = world.start_process(REFRESH_FROM_LIST).lifecycle
    read_state = lifecycle.read(resource.id, resource.outputs)
    assert read_state is not None
    other_process = world.start_process().lifecycle
    described_inputs = build_inputs(name="lake 0", description="ours, from another process")
    described_outputs = other_process.update(resource.id, resource.outputs, described_inputs)
    other_process.update(resource.id, described_outputs, build_inputs(name="lake 0"))

    outputs = lifecycle.update(resource.id, read_state.outputs, build_inputs(name="lake 0", clusterId="new"))

    etags = {connection["id"]: connection["etag"] for connection in world.list_connections()}
    assert outputs["etag"] == etags[resource.id]


def test_a_refused_etag_of_an_old_list_is_a_conflict_if_somebody_else_wrote(world: World) -> None:
    resource, *_ = create_many(world, 5)
    lifecycle = world.start_process(REFRESH_FROM_LIST).lifecycle
    read_state = lifecycle.read(resource.id, resource.outputs)
    assert read_state is not None
    world.edit_foreign(resource.id, "/name", "lake 0")

    with pytest.raises(ConflictingChange):
        lifecycle.update(resource.id, read_state.outputs, build_inputs(name="lake 0", clusterId="new"))


def test_without_the_setting_each_entity_is_read_by_its_id_and_listed_once(world: World) -> None:
    resources = create_many(world, 5)
    lifecycle = world.start_process().lifecycle

    for resource in resources:
        lifecycle.read(resource.id, resource.outputs)

    assert world.count_requests("GET", "/connections") == 1
    assert count_reads_by_id(world) == 5
