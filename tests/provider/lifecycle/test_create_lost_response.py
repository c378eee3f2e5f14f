"""Create after a POST whose response is lost: the entity is looked up, and nothing is created twice."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.advice import advise
from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import AccessDenied, NoResponse, Unavailable
from pulumi_adobe.lifecycle.cache.existing_entities import build_scope
from pulumi_adobe.lifecycle.errors import AlreadyExists, PartialFailure
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from tests.provider.lifecycle.world import (
    CREATE_ROUTE,
    LAKE,
    LIST_ROUTE,
    READ_ROUTE,
    WITH_OWNERSHIP,
    World,
    build_inputs,
)

OWN_CLIENT = "emulator-client-id"
DUPLICATE = Options(test="off", on_existing="duplicate")


@pytest.mark.parametrize("ownership", ["none", "description"])
@pytest.mark.parametrize("times", [1, 6])
@pytest.mark.parametrize(
    "fault",
    [
        {"cut": "after"},
        {"cut": "mid-body"},
        {"status": 500, "afterEffect": True},
        {"status": 502, "rawBody": "<html>bad gateway</html>", "afterEffect": True},
        {"status": 503, "afterEffect": True},
        {"status": 504, "afterEffect": True},
        {"status": 408, "afterEffect": True},
        {"status": 499, "rawBody": "", "afterEffect": True},
        {"status": 400, "rawBody": "<html>bad request</html>", "afterEffect": True},
        {"status": 403, "rawBody": "<html>blocked</html>", "afterEffect": True},
        {"status": 409, "rawBody": "", "afterEffect": True},
        {"status": 423, "rawBody": "", "afterEffect": True},
        {"status": 200, "rawBody": "<html>welcome</html>", "afterEffect": True},
        {"status": 201, "body": {"etag": "without an id"}, "afterEffect": True},
    ],
    ids=str,
)
def test_a_post_whose_response_is_lost_is_looked_up_and_not_repeated(
    world: World, fault: dict[str, Any], times: int, ownership: str
) -> None:
    world.emulator.fault(CREATE_ROUTE, times=times, **fault)

    created = world.create(Options(test="off", ownership=ownership))

    connection = world.get_connection()
    assert created.id == connection["id"]
    assert created.outputs["etag"] == connection["etag"]
    assert world.count_requests("POST", "/connections") == 1


@pytest.mark.parametrize("fault", [{"cut": "before"}, {"status": 500}, {"status": 504}], ids=str)
def test_an_ambiguous_post_that_created_nothing_is_an_error_without_a_second_post(
    world: World, fault: dict[str, Any]
) -> None:
    world.emulator.fault(CREATE_ROUTE, **fault)

    with pytest.raises((NoResponse, Unavailable)) as error:
        world.create()

    assert error.value.message.split("\n")[0].startswith("POST /data/foundation/flowservice/connections ")
    assert f"No {LAKE} existed" in error.value.message.split("\n")[1]
    assert "`pulumi up`" in error.value.hint
    assert world.count_requests("POST", "/connections") == 1
    assert world.list_connections() == []


def test_a_503_that_created_nothing_is_posted_again_after_a_look_up(world: World) -> None:
    world.emulator.fault(CREATE_ROUTE, status=503, headers={"Retry-After": "7"}, times=2)
    process = world.start_process()

    process.lifecycle.create(build_inputs())

    assert process.clock.sleeps == [7.0, 7.0]
    methods = [request["method"] for request in world.emulator.journal()[1:-1]]
    assert methods == ["GET", "POST", "GET", "POST", "GET", "POST"]
    assert len(world.list_connections()) == 1


def test_repeated_503_responses_end_with_the_timeout(world: World) -> None:
    world.emulator.fault(CREATE_ROUTE, status=503, headers={"Retry-After": "25"}, times=50)

    with pytest.raises(Unavailable, match=f"No {LAKE} existed") as error:
        world.create()

    assert error.value.status == 503
    assert world.count_requests("POST", "/connections") == 3


def test_the_delays_between_two_posts_grow_and_end(world: World) -> None:
    world.emulator.fault(CREATE_ROUTE, status=503, times=20)
    process = world.start_process()

    with pytest.raises(Unavailable, match="503"):
        process.lifecycle.create(build_inputs())

    assert world.count_requests("POST", "/connections") == 6
    assert process.clock.sleeps == sorted(process.clock.sleeps)


def test_create_does_not_wait_for_a_second_post_beyond_the_timeout(world: World) -> None:
    world.emulator.fault(CREATE_ROUTE, status=503, headers={"Retry-After": "60"}, times=2)
    process = world.start_process(timeout=60.0)

    with pytest.raises(Unavailable, match="503"):
        process.lifecycle.create(build_inputs())

    assert process.clock.sleeps == []
    assert world.count_requests("POST", "/connections") == 1


def test_the_look_up_takes_the_new_entity_and_not_an_older_one_of_the_same_name(world: World) -> None:
    older_id = world.create_foreign()
    world.emulator.fault(CREATE_ROUTE, cut="after")

    created = world.create(DUPLICATE)

    assert created.id != older_id
    assert len(world.list_connections()) == 2


def test_the_look_up_does_not_take_an_older_entity_of_our_own(world: World) -> None:
    world.create()
    world.emulator.fault(CREATE_ROUTE, cut="before")

    with pytest.raises(NoResponse, match=f"No {LAKE} existed") as error:
        world.create(DUPLICATE)

    assert "`pulumi up`" in error.value.hint
    assert len(world.list_connections()) == 1


def test_look_up_does_not_take_an_entity_that_somebody_else_created_in_between(world: World) -> None:
    process = world.start_process()
    scope = build_scope(DATABRICKS, DATABRICKS.to_body(build_inputs()))
    assert scope is not None
    process.context.existing_entities.find_by_name(scope, "lake")
    world.create_foreign()
    world.emulator.fault(CREATE_ROUTE, cut="before")

    with pytest.raises(NoResponse, match=f"No {LAKE} existed"):
        process.lifecycle.create(build_inputs())

    assert world.list_writes() == []


def test_look_up_does_not_take_an_entity_that_another_stack_owns(world: World) -> None:
    process = world.start_process(WITH_OWNERSHIP)
    process.lifecycle.check({}, build_inputs())
    world.create_foreign(client=OWN_CLIENT, description="x\nManaged by Pulumi: project/prod/lake")
    world.emulator.fault(CREATE_ROUTE, cut="before")

    with pytest.raises(NoResponse, match=f"No {LAKE} existed"):
        process.lifecycle.create(build_inputs())

    assert world.list_writes() == []


def test_look_up_does_not_take_an_entity_that_another_resource_of_this_process_holds(world: World) -> None:
    process = world.start_process(DUPLICATE)
    claimed_id = world.create_foreign(client=OWN_CLIENT)
    process.context.claims.claim(claimed_id, "another name")
    world.emulator.fault(LIST_ROUTE, status=200, body={"items": []})
    world.emulator.fault(CREATE_ROUTE, cut="after")

    created = process.lifecycle.create(build_inputs())

    assert created.id != claimed_id


def test_the_look_up_does_not_guess_between_two_new_entities(world: World) -> None:
    process = world.start_process()
    process.lifecycle.check({}, build_inputs())
    world.create_foreign(client=OWN_CLIENT)
    world.emulator.fault(CREATE_ROUTE, cut="after")

    with pytest.raises(AlreadyExists) as error:
        process.lifecycle.create(build_inputs())

    first_line, subject_line, *entity_lines = error.value.message.split("\n")
    assert first_line.startswith("POST ")
    assert f"{LAKE} exists 2 times" in subject_line
    listed_ids = {line.split()[0] for line in entity_lines}
    assert listed_ids == {connection["id"] for connection in world.list_connections()}
    assert "ADOBE_ADOPT=<id> pulumi up" in error.value.hint
    assert world.count_requests("POST", "/connections") == 1


def test_the_look_up_ignores_an_etag_that_is_not_a_string(world: World) -> None:
    malformed_entity = {"id": "created", "name": "lake", "etag": 7, "connectionSpec": build_inputs()["connectionSpec"]}
    world.emulator.fault(CREATE_ROUTE, cut="after")
    world.emulator.fault(LIST_ROUTE, nth=2, status=200, body={"items": [malformed_entity]})

    with pytest.raises(PartialFailure) as failure:
        world.create()

    assert failure.value.id == "created"
    assert failure.value.outputs.get("etag") is None


def test_a_failed_look_up_shows_both_errors(world: World) -> None:
    world.emulator.fault(CREATE_ROUTE, cut="after")
    world.emulator.fault(LIST_ROUTE, status=500, nth=2, times=20)

    with pytest.raises(NoResponse) as error:
        world.create()

    post_error, look_up_error = error.value.message.split("\n")
    assert post_error.startswith("POST /data/foundation/flowservice/connections ")
    assert "GET /data/foundation/flowservice/connections" in look_up_error
    assert "500" in look_up_error
    assert "`pulumi up`" in error.value.hint


def test_create_keeps_id_and_etag_of_a_looked_up_entity_that_it_cannot_read(world: World) -> None:
    world.emulator.fault(CREATE_ROUTE, cut="after")
    world.confirm_by_id()
    world.emulator.fault(READ_ROUTE, status=403, body={"error_code": "403027", "message": "no"}, times=9)

    with pytest.raises(PartialFailure) as failure:
        world.create()

    connection = world.get_connection()
    assert isinstance(failure.value.cause, AccessDenied)
    assert failure.value.id == connection["id"]
    assert failure.value.outputs["etag"] == connection["etag"]
    assert failure.value.message.startswith(f"{LAKE} ({connection['id']}) was created")
    assert "GET /data/foundation/flowservice/connections/" in failure.value.message
    assert "adobe:sandbox" in advise(failure.value.cause)
