"""Two stacks that create the same at the same time: a fresh list refuses it, and what slips through is reported."""

from __future__ import annotations

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.errors import AlreadyExists
from pulumi_adobe.schema.values import Properties
from tests.provider.flow_service.support import FakeClock
from tests.provider.lifecycle.world import CREATE_ROUTE, LAKE, LIST_ROUTE, OTHER_SPEC, Process, World, build_inputs

REFRESH_FROM_LIST = Options(test="off", refresh_from="list")


def start_with_list(world: World, options: Options | None = None) -> Process:
    """Start a process that has listed what exists, as a preview does."""
    process = world.start_process(options)
    process.lifecycle.check({}, build_inputs())
    return process


def create_twice(world: World) -> list[tuple[str, Properties]]:
    """Create the same connection in two stacks that did not see each other."""
    processes = [start_with_list(world) for _ in range(2)]
    created = [process.lifecycle.create(build_inputs()) for process in processes]
    return [(each.id, each.outputs) for each in created]


def test_a_list_that_is_older_than_ten_seconds_is_read_again_before_a_post(world: World) -> None:
    process = start_with_list(world)
    process.clock.sleep(10.5)
    other_id = world.create_foreign()

    with pytest.raises(AlreadyExists, match=other_id):
        process.lifecycle.create(build_inputs())

    assert world.list_writes() == []


def test_the_list_is_read_at_most_once_in_ten_seconds(world: World) -> None:
    process = start_with_list(world)
    world.emulator.switch(list_order="refused")

    for number in range(5):
        process.lifecycle.create(build_inputs(name=f"lake {number}"))
        process.clock.sleep(4.0)

    lists = [request["query"] for request in world.emulator.journal() if request["path"].endswith("/connections")]
    assert len([query for query in lists if "property" in query]) == 2


def test_a_post_that_is_repeated_after_a_long_wait_is_preceded_by_a_list(world: World) -> None:
    process = world.start_process()

    class ClockOfAnotherStack(FakeClock):
        """A clock whose first wait is long enough for another stack to create the same."""

        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            world.create_foreign()

    process.service.clock = ClockOfAnotherStack()
    world.emulator.fault(CREATE_ROUTE, status=503, headers={"Retry-After": "12"})

    with pytest.raises(AlreadyExists):
        process.lifecycle.create(build_inputs())

    assert len(world.list_connections()) == 1


def test_second_of_two_stacks_that_create_at_the_same_time_gets_a_warning(world: World) -> None:
    first, second = (start_with_list(world) for _ in range(2))
    first_id = first.lifecycle.create(build_inputs()).id
    second_id = second.lifecycle.create(build_inputs()).id

    assert first.messages == []
    (warning,) = second.messages
    assert warning.startswith("warning: ")
    assert all(fact in warning for fact in (LAKE, "2 times", "sandbox dev", f"This stack holds {second_id}"))
    lines = [line.strip() for line in warning.splitlines()]
    assert any(line.startswith(f"first: {first_id} (created 20") for line in lines)
    assert any(line.startswith(f"second: {second_id} (created 20") for line in lines)
    assert warning.count("by emulator-client-id") == 2
    assert "`pulumi up`" in warning
    assert world.list_writes() == ["POST", "POST"]


@pytest.mark.parametrize("options", [None, REFRESH_FROM_LIST], ids=["by id", "from the list"])
def test_refresh_warns_once_about_the_second_connection_in_either_stack(world: World, options: Options | None) -> None:
    created = create_twice(world)
    world.emulator.clear_journal()

    for id_, outputs in created:
        process = world.start_process(options)
        for _ in range(2):
            assert process.lifecycle.read(id_, outputs) is not None
        (warning,) = process.messages
        assert f"This stack holds {id_}" in warning
        assert warning.index(f"first: {created[0][0]}") < warning.index(f"second: {created[1][0]}")

    assert world.list_writes() == []
    assert world.count_requests("GET", "/connections") == len(created)


def test_refresh_that_cannot_list_connections_warns_once_and_continues(world: World) -> None:
    created = create_twice(world)
    world.emulator.fault(LIST_ROUTE, status=403, times=99)
    process = world.start_process()

    assert all(process.lifecycle.read(id_, outputs) is not None for id_, outputs in created)

    (warning,) = process.messages
    assert all(fact in warning for fact in ("not checked", "403"))
    assert world.count_requests("GET", "/connections") == 2 + 2 + 1


def test_allowed_duplicates_and_those_of_another_source_cause_no_warning(world: World) -> None:
    allowed = Options(test="off", on_existing="duplicate")
    created = world.create()
    world.create_foreign(connectionSpec=OTHER_SPEC)
    process = world.start_process()
    assert process.lifecycle.read(created.id, created.outputs) is not None
    world.create_foreign()
    allowing_process = world.start_process(allowed)

    second = allowing_process.lifecycle.create(build_inputs())
    allowing_process.lifecycle.read(second.id, second.outputs)

    assert process.messages == allowing_process.messages == []


def test_predecessor_of_a_replacement_is_no_duplicate(world: World) -> None:
    created = world.create()
    inputs = build_inputs(database="other")
    process = world.start_process()
    process.lifecycle.read(created.id, created.outputs)
    process.lifecycle.check(build_inputs(), inputs)
    process.lifecycle.check({}, inputs)

    successor = process.lifecycle.create(inputs)
    next_process = world.start_process()
    next_process.lifecycle.read(successor.id, successor.outputs)

    assert len(world.list_connections()) == 2
    assert process.messages == next_process.messages == []
