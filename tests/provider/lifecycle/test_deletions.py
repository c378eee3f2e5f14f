"""What stands in the way of a deletion, and when it is over."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.errors import NotDeleted, StillInUse
from tests.provider.lifecycle.world import World, build_inputs

MARKS = Options(test="off", ownership="description")
GET = "GET /connections/{id}"


def test_with_ownership_what_is_ours_is_deleted(world: World) -> None:
    created = world.start_process(MARKS).lifecycle.create(build_inputs())

    world.start_process(MARKS).lifecycle.delete(created.id, created.outputs)

    assert world.list_connections() == []


def test_a_dataflow_that_was_deleted_stands_in_no_other_way(world: World) -> None:
    made = [world.start_process().lifecycle.create(build_inputs(name=name)) for name in ("a", "b")]
    sources = [{"id": "s", "baseConnection": {"id": each.id}} for each in made]
    flows = [{"id": "flow-1", "name": "f", "state": "enabled", "inheritedAttributes": {"sourceConnections": sources}}]
    world.emulator.fault("GET /flows", status=200, body={"items": flows})
    world.emulator.fault("DELETE /flows/{id}", status=204, rawBody="")
    process = world.start_process()

    process.lifecycle.delete(made[0].id, {**made[0].outputs, "forceDestroy": True})
    process.lifecycle.delete(made[1].id, made[1].outputs)

    assert world.list_connections() == []


@pytest.mark.parametrize("sources", [None, "none", [None], [{"baseConnection": None}], [{"baseConnection": {"id": 7}}]])
def test_dataflows_of_an_odd_shape_stand_in_no_way(world: World, sources: Any) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    flow = {"id": "f", "inheritedAttributes": {"sourceConnections": sources}}
    world.emulator.fault("GET /flows", status=200, body={"items": [flow, {"id": "g", "inheritedAttributes": None}]})

    world.start_process().lifecycle.delete(created.id, created.outputs)

    assert world.list_connections() == []


def test_an_unclear_deletion_is_looked_at_three_times_and_an_accepted_one_until_the_time_out(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    world.emulator.clear_journal()
    world.emulator.fault("DELETE /connections/{id}", status=500, times=6)
    with pytest.raises(Exception, match="answered 500"):
        world.start_process().lifecycle.delete(created.id, created.outputs)
    assert world.count_requests("GET", created.id) == 3

    world.emulator.clear_journal()
    world.emulator.clear_faults()
    world.emulator.fault("DELETE /connections/{id}", status=202)
    with pytest.raises(NotDeleted, match=f'"lake" .{created.id}. is still there, in the state "enabled"') as refused:
        world.start_process(timeout=10.0).lifecycle.delete(created.id, created.outputs)
    assert world.count_requests("GET", created.id) == 5
    assert "Run the same command again" in refused.value.hint


def test_dataflows_in_the_way_are_counted_and_named(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    source = [{"id": "s", "baseConnection": {"id": created.id}}]
    flows = [
        {"id": f"flow-{number}", "name": "f", "state": "enabled", "inheritedAttributes": {"sourceConnections": source}}
        for number in range(2)
    ]
    world.emulator.fault("GET /flows", status=200, body={"items": flows})

    with pytest.raises(StillInUse, match=r"in use by 2 dataflows\. Nothing was deleted") as refused:
        world.start_process().lifecycle.delete(created.id, created.outputs)

    assert "flow-0" in refused.value.message
    assert "flow-1" in refused.value.message


def test_what_is_gone_already_is_not_asked_for_again(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    world.emulator.foreign_delete(created.id)
    world.emulator.clear_journal()

    world.start_process().lifecycle.delete(created.id, created.outputs)
    world.start_process(MARKS).lifecycle.delete(created.id, created.outputs)

    assert world.count_requests("GET", created.id) == 1
    assert world.count_requests("DELETE", created.id) == 1
