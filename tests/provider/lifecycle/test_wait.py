"""The wait until Flow Service has finished with an entity, and the etag after a write."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import FailedState, NotReadyInTime
from tests.provider.lifecycle.world import READ_ROUTE, UPDATE_ROUTE, World, build_inputs


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"errorMessage": "the reason"}, "the reason"),
        ({"stateReason": "the reason"}, "the reason"),
        ({"lastOperation": {"status": {"errors": ["the reason"]}}}, "['the reason']"),
        ({"lastOperation": {"status": "the reason"}}, "the reason"),
    ],
    ids=str,
)
def test_a_failed_state_is_shown_with_its_reason(world: World, members: dict[str, Any], reason: str) -> None:
    world.confirm_by_id()
    world.emulator.fault(READ_ROUTE, status=200, body={"items": [{"state": "Failed", "etag": '"1"', **members}]})

    with pytest.raises(FailedState, match=re.escape(f'"Failed": {reason}.')) as error:
        world.create()

    assert "Adobe's user interface" in error.value.hint
    assert "`pulumi up`" in error.value.hint


@pytest.mark.parametrize("members", [{}, {"lastOperation": None}, {"lastOperation": {"status": None}}], ids=str)
def test_a_failed_state_without_a_reason_is_shown_alone(world: World, members: dict[str, Any]) -> None:
    world.confirm_by_id()
    world.emulator.fault(READ_ROUTE, status=200, body={"items": [{"state": "error", "etag": '"1"', **members}]})

    with pytest.raises(FailedState, match=r'state "error"\.'):
        world.create()


def test_an_initializing_entity_is_polled_until_it_is_ready(world: World) -> None:
    world.emulator.switch(initializing=3)
    process = world.start_process()

    created = process.lifecycle.create(build_inputs())

    assert created.outputs["state"] == "enabled"
    assert process.clock.sleeps == [2.0, 2.0, 2.0]


@pytest.mark.parametrize("etag", [{}, {"etag": '"1"'}], ids=["without etag", "with etag"])
def test_an_entity_that_is_not_ready_within_the_timeout_is_an_error(
    world: World, created: CreatedResource, etag: dict[str, str]
) -> None:
    entity = {"id": created.id, "state": "initializing", **etag}
    world.emulator.fault(READ_ROUTE, status=200, body={"items": [entity]}, times=99)
    process = world.start_process(timeout=6.0)

    with pytest.raises(NotReadyInTime) as error:
        process.lifecycle.update(created.id, created.outputs, build_inputs(forceDestroy=True))

    facts = ("DatabricksSourceConnection", created.id, '"initializing"', "6 s")
    assert all(fact in error.value.message for fact in facts)
    assert all(fact in error.value.hint for fact in ("same command again", "adobe:timeout", "custom_timeouts"))
    assert process.clock.sleeps == [2.0, 2.0]


def test_a_patch_whose_response_has_no_etag_is_followed_by_a_read(world: World, created: CreatedResource) -> None:
    response_without_etag = {"status": 200, "body": {"id": created.id}, "afterEffect": True}

    world.emulator.fault(UPDATE_ROUTE, **response_without_etag)
    outputs = world.start_process().lifecycle.update(created.id, created.outputs, build_inputs(name="new"))
    assert outputs["etag"] == world.get_connection()["etag"]

    world.emulator.fault(UPDATE_ROUTE, **response_without_etag)
    adopted = world.create(Options(test="off", adopt=(created.id,)), name="new")
    assert adopted.outputs["etag"] == world.get_connection()["etag"]
