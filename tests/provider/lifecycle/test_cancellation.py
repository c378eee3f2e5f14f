"""A cancelled operation keeps what it created in the state."""

from __future__ import annotations

from threading import Event

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.errors import Cancelled
from pulumi_adobe.flow_service.clock import SystemClock
from pulumi_adobe.flow_service.errors import NoResponse
from pulumi_adobe.lifecycle.errors import PartialFailure
from tests.provider.lifecycle.world import CREATE_ROUTE, LIST_ROUTE, TEST_ROUTE, Process, World, build_inputs

WITH_TEST = Options(test="fail")


def _start_cancelled_process(world: World, options: Options | None = None) -> Process:
    """Start a process in which every sleep ends at once, as after Ctrl-C."""
    cancelled = Event()
    cancelled.set()
    process = world.start_process(options)
    process.service.clock = SystemClock(cancelled)
    return process


def test_create_that_is_cancelled_while_the_entity_initializes_keeps_its_id(world: World) -> None:
    world.emulator.switch(initializing="99")
    process = _start_cancelled_process(world)

    with pytest.raises(PartialFailure) as failure:
        process.lifecycle.create(build_inputs())

    assert failure.value.id == world.get_connection()["id"]
    assert isinstance(failure.value.cause, Cancelled)


def test_create_that_is_cancelled_during_its_test_is_not_rolled_back_and_tested_by_the_next_update(
    world: World,
) -> None:
    world.emulator.fault(TEST_ROUTE, status=503, times=1)
    process = _start_cancelled_process(world, WITH_TEST)

    with pytest.raises(PartialFailure) as failure:
        process.lifecycle.create(build_inputs())
    world.emulator.clear_journal()
    world.start_process(WITH_TEST).lifecycle.update(failure.value.id, failure.value.outputs, build_inputs())

    assert failure.value.id == world.get_connection()["id"]
    assert world.count_requests("GET", "/test") == 1


def test_update_that_is_cancelled_during_its_test_keeps_the_new_etag(world: World) -> None:
    created = world.create()
    world.emulator.fault(TEST_ROUTE, status=503, times=1)
    process = _start_cancelled_process(world, WITH_TEST)

    with pytest.raises(PartialFailure) as failure:
        process.lifecycle.update(created.id, created.outputs, build_inputs(database="other"))

    assert failure.value.outputs["etag"] == world.get_connection()["etag"] != created.outputs["etag"]


def test_cancelled_look_up_of_a_lost_response_says_that_the_next_update_looks_again(world: World) -> None:
    process = _start_cancelled_process(world)
    world.emulator.fault(CREATE_ROUTE, cut="after")
    process.lifecycle.check({}, build_inputs())  # lists, so that the next list is that of the look-up
    world.emulator.fault(LIST_ROUTE, status=503, times=9)

    with pytest.raises(NoResponse) as error:
        process.lifecycle.create(build_inputs())

    assert "cancelled" in error.value.message
    assert "pulumi up" in error.value.hint


def test_cancelled_retry_of_a_create_created_nothing(world: World) -> None:
    world.emulator.fault(CREATE_ROUTE, status=429, headers={"Retry-After": "5"})

    with pytest.raises(Cancelled):
        _start_cancelled_process(world).lifecycle.create(build_inputs())

    assert world.list_connections() == []
