"""The shared confirmation of creates: a list page for all that wait at the same time, and else reads by id."""

from __future__ import annotations

import math
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from threading import Barrier, Event
from time import monotonic
from typing import Any

import pytest

from pulumi_adobe.errors import Cancelled
from pulumi_adobe.flow_service.clock import SystemClock
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import ConflictingChange, PartialFailure
from tests.provider.lifecycle.world import (
    CREATE_ROUTE,
    LIST_ROUTE,
    OTHER_SPEC,
    READ_ROUTE,
    Process,
    World,
    build_inputs,
)
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

THREADS = 4


def start(world: World, **settings: Any) -> Process:
    """Start a process with the clock of this machine: its threads wait for each other in real time."""
    process = world.start_process(**settings)
    process.service.clock = SystemClock()
    return process


def submit(threads: ThreadPoolExecutor, process: Process, count: int, **changes: Any) -> list[Future[CreatedResource]]:
    """Check the resources, as the engine does, and begin to create them."""
    inputs = [build_inputs(name=f"lake {number}", owner=f"project/dev/{number}", **changes) for number in range(count)]
    for each in inputs:
        process.lifecycle.check({}, each)
    return [threads.submit(process.lifecycle.create, each) for each in inputs]


def create_at_once(process: Process, count: int, threads: int = THREADS) -> list[CreatedResource]:
    """Create so many resources; as many threads as there are begin together."""
    # Before more are seen, four are expected: a pool that starts its threads one by one would show four first.
    everybody = Barrier(min(count, threads))
    with ThreadPoolExecutor(threads, initializer=everybody.wait) as pool:
        return [future.result() for future in submit(pool, process, count)]


def list_queries(world: World, *, ordered: bool) -> list[dict[str, str]]:
    """Return the queries of the look-ups or, with ``ordered``, of the pages that confirm creates."""
    lists = [request for request in world.emulator.journal() if request["path"].endswith("/connections")]
    return [each["query"] for each in lists if each["method"] == "GET" and ("orderby" in each["query"]) is ordered]


def count_reads_by_id(world: World) -> int:
    return world.count_requests("GET") - world.count_requests("GET", "/connections")


def get_etags(world: World) -> dict[str, str]:
    return {connection["id"]: connection["etag"] for connection in world.list_connections()}


@pytest.mark.parametrize(("count", "threads"), [(1, 1), pytest.param(5, 1, marks=pytest.mark.slow), (18, 4)])
def test_creates_that_wait_at_the_same_time_share_a_page_in_the_place_of_a_read_each(
    world: World, count: int, threads: int
) -> None:
    """`test_many_threads.py` tries 64 threads, which need more patience on a busy machine."""
    created = create_at_once(start(world), count, threads)

    assert world.count_requests("POST", "/connections") == count
    assert world.count_requests("POST", "/token/v3") == 1
    assert count_reads_by_id(world) == 0
    assert len(list_queries(world, ordered=False)) == 1
    assert 1 <= len(list_queries(world, ordered=True)) <= math.ceil(count / threads)
    assert {each.id: each.outputs["etag"] for each in created} == get_etags(world)
    assert {each.outputs["state"] for each in created} == {"enabled"}


def test_a_page_is_requested_after_the_post_with_the_newest_entities_first(world: World) -> None:
    start(world).lifecycle.create(build_inputs())

    methods = [request["method"] for request in world.emulator.journal()[1:]]
    assert methods == ["GET", "POST", "GET"]
    assert list_queries(world, ordered=True) == [{"orderby": "-createdAt", "limit": "20"}]


def test_one_page_confirms_creates_of_different_sources(world: World) -> None:
    ids = [world.create_foreign(), world.create_foreign(connectionSpec=OTHER_SPEC)]
    pages = start(world).context.newest_pages
    with ThreadPoolExecutor(2) as pool, ExitStack() as stack:
        announced = [stack.enter_context(pages.announce("connections", owner)) for owner in ("first", "second")]
        found = [pool.submit(each.find, id_, 10.0) for each, id_ in zip(announced, ids, strict=True)]
        assert [(future.result() or {}).get("id") for future in found] == ids

    assert len(list_queries(world, ordered=True)) == 1


@pytest.mark.parametrize(
    "switches",
    [{"list_order": "ignored"}, {"list_order": "refused"}, {"list_lag": "60000ms"}],
    ids=str,
)
def test_creates_that_pages_do_not_show_are_read_by_id_and_no_further_page_is_requested(
    world: World, switches: dict[str, str]
) -> None:
    for number in range(21):
        world.create_foreign(name=f"older {number}")
    world.emulator.switch(**switches)
    process = world.start_process()

    created = [process.lifecycle.create(build_inputs(name=f"lake {number}")) for number in range(3)]

    assert [each.outputs["state"] for each in created] == ["enabled"] * 3
    assert len(list_queries(world, ordered=True)) == 1
    assert count_reads_by_id(world) == 3


def test_an_item_that_lacks_what_a_read_by_id_shows_is_not_used(world: World) -> None:
    expected = world.create(name="first").outputs
    world.emulator.switch(added_params="on", list_items="summary")
    world.emulator.clear_journal()

    created = world.create(name="second")

    assert created.outputs["serverParams"] == {"region": "emulated"}
    assert created.outputs.keys() - expected.keys() == {"serverParams"}
    assert count_reads_by_id(world) == 1


def test_an_entity_that_is_not_ready_is_read_by_id_and_has_the_etag_of_that_read(world: World) -> None:
    world.emulator.switch(initializing=2)

    created = world.create()

    assert count_reads_by_id(world) == 3
    assert {created.id: created.outputs["etag"]} == get_etags(world)


@pytest.mark.parametrize("confirmation", [(LIST_ROUTE, 2), (READ_ROUTE, 1)], ids=["page", "read by id"])
def test_the_etag_of_the_post_is_kept_so_that_a_foreign_change_after_it_is_not_overwritten(
    world: World, confirmation: tuple[str, int]
) -> None:
    route, number = confirmation
    world.emulator.switch(list_order="by_field" if route == LIST_ROUTE else "refused")
    world.emulator.fault(route, nth=number, delayMs=500)
    process = world.start_process()
    with ThreadPoolExecutor(1) as pool:
        create = pool.submit(process.lifecycle.create, build_inputs())
        wait_until(world.emulator.has_met_all_faults)
        id_ = world.get_connection()["id"]
        world.edit_foreign(id_, "/description", "foreign")
        created = create.result()

    assert any(id_ in message and "changed outside" in message for message in process.messages)
    with pytest.raises(ConflictingChange):
        process.lifecycle.update(id_, created.outputs, build_inputs(description="ours"))


@pytest.mark.parametrize("fault", [{"status": 400}, {"status": 200, "body": {"items": [{"id": {}}, {"state": []}]}}])
def test_a_page_that_fails_fails_no_create(world: World, fault: dict[str, Any]) -> None:
    world.emulator.fault(LIST_ROUTE, nth=2, **fault)

    created = create_at_once(start(world), THREADS)

    assert {each.id: each.outputs["etag"] for each in created} == get_etags(world)
    assert len(list_queries(world, ordered=True)) == 1
    assert count_reads_by_id(world) == THREADS


@pytest.mark.slow
def test_a_create_whose_post_takes_long_delays_the_others_by_a_second_at_most(world: World) -> None:
    process = start(world)
    process.lifecycle.create(build_inputs(name="first"))
    world.emulator.fault(CREATE_ROUTE, delayMs=3000)
    with ThreadPoolExecutor(2) as pool:
        slow, *_ = submit(pool, process, 1)
        wait_until(world.emulator.has_met_all_faults)
        process.lifecycle.create(build_inputs(name="second"))
        assert not slow.done()


def test_a_cancellation_ends_the_wait_for_a_page_and_keeps_the_ids(world: World) -> None:
    cancelled = Event()
    process = world.start_process()
    process.service.clock = SystemClock(cancelled)
    world.emulator.fault(LIST_ROUTE, delayMs=100)
    world.emulator.fault(LIST_ROUTE, delayMs=900)
    with ThreadPoolExecutor(2) as pool:
        futures = submit(pool, process, 2)
        wait_until(world.emulator.has_met_all_faults)
        cancelled.set()
        (ended,), _ = wait(futures, timeout=0.6, return_when=FIRST_COMPLETED)
        with pytest.raises(PartialFailure) as failure:
            ended.result()

    assert isinstance(failure.value.cause, Cancelled)
    assert failure.value.id in get_etags(world)


@pytest.mark.slow
def test_the_wait_for_a_page_leaves_half_of_the_timeout_for_a_read_by_id(world: World) -> None:
    world.emulator.fault(LIST_ROUTE, nth=2, times=9, delayMs=5000)
    started_at = monotonic()

    created = create_at_once(start(world, timeout=2.0), 2)

    assert monotonic() - started_at < 2.0 + 1.0
    assert {each.id: each.outputs["etag"] for each in created} == get_etags(world)


def test_refused_create_does_not_delay_other_creates(world: World) -> None:
    world.create_foreign(name="lake 1")
    process = start(world)
    started_at = monotonic()
    with ThreadPoolExecutor(2) as pool:
        first, refused = submit(pool, process, 2)
        assert refused.exception() is not None
        assert first.result().outputs["state"] == "enabled"

    assert monotonic() - started_at < 1.0
