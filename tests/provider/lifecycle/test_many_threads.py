"""The promises of the life cycle with 64 threads: one token, shared pages and look-ups, no duplicate, no lost id."""

from __future__ import annotations

import math
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from pulumi_adobe.lifecycle.errors import DuplicateDeclaration
from tests.provider.lifecycle.thread_pool import build_many, create_all, read_traffic, start_process
from tests.provider.lifecycle.world import CREATE_ROUTE, LIST_ROUTE, World, build_inputs
from tests.waiting import wait_until

THREADS = 64
PAUSE = 4
"""Seconds: half of it is enough for the requests that were under way to arrive, however busy this machine is."""


@pytest.fixture
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the creates wait for each other however busy this machine is, so that the numbers of requests are exact."""
    monkeypatch.setattr("pulumi_adobe.lifecycle.cache.newest_pages._GATHER_SECONDS", 30.0)
    monkeypatch.setattr("pulumi_adobe.lifecycle.cache.newest_pages._PAGE_SECONDS", 120.0)
    monkeypatch.setattr("pulumi_adobe.lifecycle.duplicates.MAX_AGE", 300.0)


@pytest.mark.slow
@pytest.mark.usefixtures("_patient")
@pytest.mark.parametrize(("count", "threads"), [(200, 64), (40, 10)])
def test_creates_share_token_look_up_pages_and_connections(world: World, count: int, threads: int) -> None:
    process = start_process(world, threads, timeout=300.0)

    outcomes = create_all(process, build_many(count), threads)

    traffic = read_traffic(world)
    assert (traffic.posts, traffic.tokens, traffic.look_ups, traffic.reads) == (count, 1, 1, 0)
    assert 1 <= traffic.pages <= math.ceil(count / threads)
    assert traffic.tcp <= threads
    assert outcomes.errors == []
    held_ids = {created.id: created.outputs["etag"] for created in outcomes.created}
    assert held_ids == {connection["id"]: connection["etag"] for connection in world.list_connections()}
    assert len(held_ids) == count


@pytest.mark.slow
@pytest.mark.usefixtures("_patient")
def test_threads_that_are_more_than_expected_are_noticed_while_others_read_their_page(world: World) -> None:
    process, inputs = start_process(world, 8, timeout=300.0), build_many(36)
    world.emulator.fault(LIST_ROUTE, delayMs=1500, nth=2)
    for resource_inputs in inputs:
        process.lifecycle.check({}, resource_inputs)
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(process.lifecycle.create, each) for each in inputs[:4]]
        wait_until(world.emulator.has_met_all_faults)
        futures += [pool.submit(process.lifecycle.create, each) for each in inputs[4:]]
        wait(futures)

    assert read_traffic(world).pages <= 1 + math.ceil(32 / 8)


@pytest.mark.slow
def test_a_429_stops_all_threads_for_one_retry_after(world: World) -> None:
    refused = {"status": 429, "headers": {"Retry-After": str(PAUSE)}}
    world.emulator.fault(CREATE_ROUTE, nth=3, **refused)

    outcomes = create_all(start_process(world, THREADS), build_many(THREADS), THREADS)

    (refusal,) = [request for request in world.emulator.journal() if request["status"] == 429]
    answered_at = refusal["at"] + refusal["durationMs"]
    times = [(request["at"] - answered_at) / 1000 for request in world.emulator.journal()]
    assert [time for time in times if PAUSE / 2 < time < PAUSE - 0.1] == []
    assert max(times) > PAUSE
    assert outcomes.errors == []
    assert len(world.list_connections()) == THREADS


def test_of_two_resources_of_one_name_one_is_created(world: World) -> None:
    pairs = [build_inputs(name=f"lake {number // 2}", owner=f"project/dev/{number}") for number in range(THREADS)]

    outcomes = create_all(start_process(world, THREADS), pairs, THREADS)

    names = Counter(connection["name"] for connection in world.list_connections())
    assert names == {f"lake {number}": 1 for number in range(THREADS // 2)}
    assert [type(error) for error in outcomes.errors] == [DuplicateDeclaration] * (THREADS // 2)
    assert read_traffic(world).posts == THREADS // 2


def test_a_token_that_ends_is_renewed_once(world: World) -> None:
    process = start_process(world, THREADS)
    process.service.authenticate()
    world.emulator.expire_tokens()

    outcomes = create_all(process, build_many(THREADS), THREADS)

    assert outcomes.errors == []
    assert read_traffic(world).tokens == 2


def test_lost_responses_share_the_look_up_of_what_they_created(world: World) -> None:
    world.emulator.fault(CREATE_ROUTE, cut="after", times=THREADS)
    world.emulator.fault(LIST_ROUTE, delayMs=200, times=THREADS)

    outcomes = create_all(start_process(world, THREADS), build_many(THREADS), THREADS)

    traffic = read_traffic(world)
    assert outcomes.errors == []
    assert {created.id for created in outcomes.created} == {each["id"] for each in world.list_connections()}
    assert traffic.posts == THREADS
    assert traffic.look_ups <= THREADS // 4


def test_a_list_that_takes_longer_than_it_is_valid_is_not_requested_by_each_thread(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_adobe.lifecycle.duplicates.MAX_AGE", 0.05)
    world.emulator.fault(LIST_ROUTE, delayMs=100, times=500)

    outcomes = create_all(start_process(world, THREADS), build_many(THREADS), THREADS)

    assert outcomes.errors == []
    assert read_traffic(world).look_ups <= THREADS // 4
