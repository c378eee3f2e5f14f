"""Reads from list pages: fewer requests, and an old page never decides about a loss or a conflict."""

from __future__ import annotations

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import ConflictingChange
from tests.provider.lifecycle.world import World, build_inputs

REFRESH_FROM_LIST = Options(test="off", refresh_from="list")


def create_many(world: World, count: int) -> list[CreatedResource]:
    lifecycle = world.start_process().lifecycle
    resources = [lifecycle.create(build_inputs(name=f"lake {number}")) for number in range(count)]
    world.emulator.clear_journal()
    return resources


@pytest.mark.slow
def test_many_reads_send_only_requests_for_pages(world: World) -> None:
    resources = create_many(world, 250)
    lifecycle = world.start_process(REFRESH_FROM_LIST).lifecycle

    for resource in resources:
        read_state = lifecycle.read(resource.id, resource.outputs)
        assert read_state is not None
        assert read_state.outputs == resource.outputs

    assert world.count_requests("GET", "/connections") == 3
    assert world.count_requests("GET") == 3


@pytest.mark.slow
def test_a_read_that_misses_the_pages_sends_at_most_one_page_and_one_get(world: World) -> None:
    resources = create_many(world, 250)
    lifecycle = world.start_process(REFRESH_FROM_LIST).lifecycle

    for resource in reversed(resources):
        assert lifecycle.read(resource.id, resource.outputs) is not None

    assert world.count_requests("GET", "/connections") == 3
    assert world.count_requests("GET") <= 3 + 2


def test_an_entity_on_no_page_is_gone_only_after_its_own_get(world: World) -> None:
    deleted, *_ = create_many(world, 5)
    world.emulator.foreign_delete(deleted.id)

    lifecycle = world.start_process(REFRESH_FROM_LIST).lifecycle

    assert lifecycle.read(deleted.id, deleted.outputs) is None
    assert world.count_requests("GET", deleted.id) == 1


def test_after_the_last_page_every_read_sends_its_own_get(world: World) -> None:
    *deleted, remaining = create_many(world, 3)
    for resource in deleted:
        world.emulator.foreign_delete(resource.id)
    lifecycle = world.start_process(REFRESH_FROM_LIST).lifecycle

    assert [lifecycle.read(resource.id, resource.outputs) for resource in deleted] == [None, None]
    assert lifecycle.read(remaining.id, remaining.outputs) is not None


def test_an_own_write_discards_the_pages(world: World) -> None:
    resource, *_ = create_many(world, 5)
    lifecycle = world.start_process(REFRESH_FROM_LIST).lifecycle
    lifecycle.read(resource.id, resource.outputs)
    outputs = lifecycle.update(resource.id, resource.outputs, build_inputs(name="new"))

    read_state = lifecycle.read(resource.id, outputs)

    assert read_state is not None
    assert read_state.outputs["name"] == "new"
    assert world.count_requests("GET", "/connections") == 2


def test_a_refused_etag_of_an_old_page_is_no_conflict_if_we_wrote_last(world: World) -> None:
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


def test_a_refused_etag_of_an_old_page_is_a_conflict_if_somebody_else_wrote(world: World) -> None:
    resource, *_ = create_many(world, 5)
    lifecycle = world.start_process(REFRESH_FROM_LIST).lifecycle
    read_state = lifecycle.read(resource.id, resource.outputs)
    assert read_state is not None
    world.edit_foreign(resource.id, "/name", "lake 0")

    with pytest.raises(ConflictingChange):
        lifecycle.update(resource.id, read_state.outputs, build_inputs(name="lake 0", clusterId="new"))


def test_without_the_setting_each_entity_is_read_by_its_id(world: World) -> None:
    resources = create_many(world, 5)
    lifecycle = world.start_process().lifecycle

    for resource in resources:
        lifecycle.read(resource.id, resource.outputs)

    assert world.count_requests("GET", "/connections") == 0
    assert world.count_requests("GET") == 5
