"""A create makes one connection or none: whatever is there, and whatever becomes of the answers."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import NoResponse
from pulumi_adobe.lifecycle.errors import (
    AlreadyExists,
    CannotAdopt,
    ConnectionTestFailed,
    DuplicateDeclaration,
    FailedState,
    NotReadyInTime,
    OwnedByAnotherStack,
    PartialFailure,
)
from tests.provider.lifecycle.world import OWNER, SECRET, World, build_foreign_connection, build_inputs

POST = "POST /connections"
GET = "GET /connections/{id}"


def test_what_is_there_already_is_refused_with_its_id_and_the_command_that_adopts_it(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection())["id"]

    with pytest.raises(AlreadyExists) as refused:
        world.start_process(Options(test="off", adopt=("given-1",))).lifecycle.create(build_inputs())

    assert there in refused.value.message
    assert f"ADOBE_ADOPT=given-1,{there} pulumi up" in refused.value.hint
    assert world.list_writes() == []


def test_every_refusal_of_a_run_gives_the_command_with_all_ids_so_far(world: World) -> None:
    ids = [world.emulator.foreign_create(**build_foreign_connection(name=name))["id"] for name in ("a", "b")]
    lifecycle = world.start_process().lifecycle

    with pytest.raises(AlreadyExists):
        lifecycle.create(build_inputs(name="a"))
    with pytest.raises(AlreadyExists) as second:
        lifecycle.create(build_inputs(name="b"))

    assert f"ADOBE_ADOPT={ids[0]},{ids[1]} pulumi up" in second.value.hint


def test_of_two_that_match_none_is_guessed(world: World) -> None:
    ids = [world.emulator.foreign_create(**build_foreign_connection())["id"] for _ in range(2)]

    with pytest.raises(AlreadyExists) as refused:
        world.start_process().lifecycle.create(build_inputs())
    with pytest.raises(AlreadyExists) as both:
        world.start_process(Options(test="off", adopt=tuple(ids))).lifecycle.create(build_inputs())

    assert all(id_ in refused.value.message for id_ in ids)
    assert all(id_ in both.value.message for id_ in ids)
    assert world.list_writes() == []


def test_a_connection_of_another_spec_is_no_match(world: World) -> None:
    other = {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"}
    world.emulator.foreign_create(**build_foreign_connection(connectionSpec=other))

    world.start_process().lifecycle.create(build_inputs())

    assert len(world.list_connections()) == 2


def test_duplicate_makes_a_second_one(world: World) -> None:
    world.emulator.foreign_create(**build_foreign_connection())

    world.start_process(Options(test="off", on_existing="duplicate")).lifecycle.create(build_inputs())

    assert len(world.list_connections()) == 2


def test_the_look_up_is_made_once_per_run_over_all_pages(world: World) -> None:
    for number in range(205):
        world.emulator.foreign_create(**build_foreign_connection(name=f"other {number}"))
    last = world.emulator.foreign_create(**build_foreign_connection(name="the last"))["id"]
    lifecycle = world.start_process().lifecycle

    for number in range(3):
        lifecycle.create(build_inputs(name=f"mine {number}"))
    with pytest.raises(AlreadyExists, match=last):
        lifecycle.create(build_inputs(name="the last"))

    assert world.count_requests("GET", "/connections") == 3


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
        {"status": 200, "rawBody": "<html>welcome</html>", "afterEffect": True},
        {"status": 201, "body": {"etag": "without an id"}, "afterEffect": True},
    ],
    ids=str,
)
def test_a_post_whose_answer_is_lost_is_found_and_not_repeated(
    world: World, fault: dict[str, Any], times: int, ownership: str
) -> None:
    world.emulator.fault(POST, times=times, **fault)

    created = world.start_process(Options(test="off", ownership=ownership)).lifecycle.create(build_inputs())

    (there,) = world.list_connections()
    assert created.id == there["id"]
    assert created.outputs["etag"] == there["etag"]
    assert world.count_requests("POST", "/connections") == 1


@pytest.mark.parametrize("fault", [{"cut": "before"}, {"status": 500}, {"status": 504}], ids=str)
def test_a_post_of_unknown_fate_that_made_nothing_is_an_error_and_no_second_post(
    world: World, fault: dict[str, Any]
) -> None:
    world.emulator.fault(POST, **fault)

    with pytest.raises(AdobeError, match="was there afterwards"):
        world.start_process().lifecycle.create(build_inputs())

    assert world.count_requests("POST", "/connections") == 1
    assert world.list_connections() == []


def test_a_503_that_made_nothing_is_posted_again_after_a_look(world: World) -> None:
    world.emulator.fault(POST, status=503, headers={"Retry-After": "7"}, times=2)
    process = world.start_process()

    process.lifecycle.create(build_inputs())

    assert process.clock.slept == [7.0, 7.0]
    assert [each["method"] for each in world.emulator.journal()[1:-1]] == ["GET", "POST", "GET", "POST", "GET", "POST"]
    assert len(world.list_connections()) == 1


def test_an_endless_503_ends_with_the_time_out(world: World) -> None:
    world.emulator.fault(POST, status=503, headers={"Retry-After": "25"}, times=50)

    with pytest.raises(AdobeError, match="was there afterwards"):
        world.start_process().lifecycle.create(build_inputs())

    assert world.count_requests("POST", "/connections") == 3


def test_a_lost_answer_beside_an_older_one_of_the_same_name_takes_the_new_one(world: World) -> None:
    older = world.emulator.foreign_create(**build_foreign_connection())["id"]
    world.emulator.fault(POST, cut="after")

    created = world.start_process(Options(test="off", on_existing="duplicate")).lifecycle.create(build_inputs())

    assert created.id != older
    assert len(world.list_connections()) == 2


def test_a_lost_answer_never_takes_what_somebody_else_made_meanwhile(world: World) -> None:
    process = world.start_process()
    process.context.existing_entities.find_by_name(_scope(), "lake")
    world.emulator.foreign_create(**build_foreign_connection())
    world.emulator.fault(POST, cut="before")

    with pytest.raises(NoResponse, match="was there afterwards"):
        process.lifecycle.create(build_inputs())

    assert world.list_writes() == []


def test_what_cannot_be_read_back_keeps_its_id_and_the_next_update_finishes_it(world: World) -> None:
    world.emulator.fault(GET, status=500, times=20)

    with pytest.raises(PartialFailure) as unfinished:
        world.start_process().lifecycle.create(build_inputs())
    world.emulator.clear_faults()

    (there,) = world.list_connections()
    assert unfinished.value.id == there["id"]
    assert unfinished.value.outputs["accessToken"] == SECRET
    after = world.start_process().lifecycle.update(there["id"], unfinished.value.outputs, build_inputs())
    assert after["etag"] == there["etag"]
    assert after["state"] == "enabled"
    assert world.count_requests("PATCH") == 0


def test_initializing_is_waited_for_and_a_time_out_keeps_the_id(world: World) -> None:
    world.emulator.switch(initializing=3)
    process = world.start_process()
    created = process.lifecycle.create(build_inputs())
    assert created.outputs["state"] == "enabled"
    assert len(process.clock.slept) == 3

    world.emulator.switch(initializing=1000)
    with pytest.raises(PartialFailure) as unfinished:
        world.start_process(timeout=10.0).lifecycle.create(build_inputs(name="slow"))
    assert isinstance(unfinished.value.cause, NotReadyInTime)
    assert "initializing" in unfinished.value.message


def test_a_connection_that_ends_in_a_failed_state_is_deleted_again(world: World) -> None:
    world.emulator.switch(final_state="failed")

    with pytest.raises(FailedState, match="It was deleted again"):
        world.start_process().lifecycle.create(build_inputs())

    assert world.list_connections() == []


def test_a_rollback_that_fails_keeps_the_id(world: World) -> None:
    world.emulator.switch(final_state="failed")
    world.emulator.fault("DELETE /connections/{id}", status=403, times=10)

    with pytest.raises(PartialFailure, match="Deleting it again failed") as unfinished:
        world.start_process().lifecycle.create(build_inputs())

    assert unfinished.value.id == world.list_connections()[0]["id"]


def test_a_failed_test_warns_by_default_and_rolls_back_where_it_must_not_stand(world: World) -> None:
    world.emulator.switch(test_result="false")
    process = world.start_process(Options(test="auto"))
    process.lifecycle.create(build_inputs())
    assert any("cluster" in line for line in process.messages)

    with pytest.raises(ConnectionTestFailed, match="It was deleted again"):
        world.start_process(Options(test="fail")).lifecycle.create(build_inputs(name="other"))
    with pytest.raises(ConnectionTestFailed):
        world.start_process(Options(test="off")).lifecycle.create(build_inputs(name="another", test="fail"))

    assert [each["name"] for each in world.list_connections()] == ["lake"]


def test_a_test_that_cannot_be_run_is_a_warning(world: World) -> None:
    world.emulator.fault("GET /connections/{id}/test", status=503, times=10)
    process = world.start_process(Options(test="fail"))

    process.lifecycle.create(build_inputs())

    assert any("could not be tested" in line for line in process.messages)
    assert len(world.list_connections()) == 1


def test_adoption_sends_what_differs_and_always_the_secret(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection(description="theirs"))["id"]

    created = world.start_process(Options(test="off", adopt=(there, "unasked"))).lifecycle.create(build_inputs())

    assert created.id == there
    (kept,) = world.list_connections()
    assert kept["description"] == "the lake"
    assert kept["auth"]["params"]["clusterId"] == "0612-200003-abc123"
    assert created.outputs["etag"] == kept["etag"]
    assert world.list_writes() == ["PATCH"]


def test_adoption_of_what_is_equal_sends_the_auth_parameters_alone(world: World) -> None:
    made = world.start_process().lifecycle.create(build_inputs())
    world.emulator.clear_journal()

    world.start_process(Options(test="off", adopt=(made.id,))).lifecycle.create(build_inputs())

    (patch,) = [each for each in world.emulator.journal() if each["method"] == "PATCH"]
    assert [operation["path"] for operation in patch["body"]] == ["/auth/params"]


def test_the_argument_adopts_under_another_name_too(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection(name="theirs"))["id"]

    created = world.start_process().lifecycle.create(build_inputs(adoptId=there))

    assert created.id == there
    assert world.list_connections()[0]["name"] == "lake"


def test_an_adopted_connection_is_never_rolled_back(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection())["id"]
    world.emulator.switch(test_result="false")

    with pytest.raises(PartialFailure) as unfinished:
        world.start_process(Options(test="fail", adopt=(there,))).lifecycle.create(build_inputs())

    assert isinstance(unfinished.value.cause, ConnectionTestFailed)
    assert unfinished.value.id == there
    assert len(world.list_connections()) == 1


def test_what_cannot_become_what_is_declared_is_not_adopted(world: World) -> None:
    other = {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"}
    spec = world.emulator.foreign_create(**build_foreign_connection(connectionSpec=other))["id"]
    sandbox = world.emulator.foreign_create(**build_foreign_connection(sandbox="stage"))["id"]

    for id_ in (spec, sandbox, "nowhere"):
        with pytest.raises(CannotAdopt):
            world.start_process().lifecycle.create(build_inputs(adoptId=id_))

    assert world.list_writes() == []


def test_ownership_is_the_last_line_of_the_description_and_nowhere_else(world: World) -> None:
    marks = Options(test="off", ownership="description")

    created = world.start_process(marks).lifecycle.create(build_inputs())
    bare = world.start_process(marks).lifecycle.create(build_inputs(name="bare", description=None))

    described = {each["name"]: each["description"] for each in world.list_connections()}
    assert described["lake"] == f"the lake\nManaged by Pulumi: {OWNER}"
    assert described["bare"] == f"Managed by Pulumi: {OWNER}"
    assert created.outputs["description"] == "the lake"
    for policy in (marks, Options(test="off")):
        found = world.start_process(policy).lifecycle.read(created.id, created.outputs)
        assert found is not None
        assert found.inputs == build_inputs()
        unnamed = world.start_process(policy).lifecycle.read(bare.id, bare.outputs)
        assert unnamed is not None
        assert "description" not in unnamed.inputs


def test_what_is_marked_as_ours_is_adopted_unasked_where_ownership_is_on(world: World) -> None:
    marks = Options(test="off", ownership="description")
    made = world.start_process(marks).lifecycle.create(build_inputs())

    assert world.start_process(marks).lifecycle.create(build_inputs()).id == made.id
    with pytest.raises(AlreadyExists):
        world.start_process().lifecycle.create(build_inputs())
    with pytest.raises(AlreadyExists):
        world.start_process(marks).lifecycle.create(build_inputs(owner="project/dev/renamed"))
    moved = Options(test="off", ownership="description", adopt=(made.id,))
    assert world.start_process(moved).lifecycle.create(build_inputs(owner="project/dev/renamed")).id == made.id

    (kept,) = world.list_connections()
    assert kept["description"].endswith("Managed by Pulumi: project/dev/renamed")


@pytest.mark.parametrize("ownership", ["none", "description"])
def test_what_another_stack_has_marked_is_never_adopted(world: World, ownership: str) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection(description="x\nManaged by Pulumi: project/prod/lake"))["id"]

    with pytest.raises(OwnedByAnotherStack, match="project/prod/lake"):
        world.start_process(Options(test="off", ownership=ownership, adopt=(there,))).lifecycle.create(build_inputs())

    assert world.list_writes() == []


def test_two_resources_of_one_name_and_spec_are_one_too_many(world: World) -> None:
    lifecycle = world.start_process(Options(test="off", on_existing="duplicate")).lifecycle
    lifecycle.create(build_inputs())

    with pytest.raises(DuplicateDeclaration):
        lifecycle.create(build_inputs(owner="project/dev/second"))

    assert len(world.list_connections()) == 1


def test_a_check_warns_of_what_is_there_and_never_fails(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection())["id"]
    process = world.start_process()
    process.lifecycle.check(build_inputs(), exists=False)
    assert any(there in line and line.startswith("warning:") for line in process.messages)

    world.emulator.fault("GET /connections", status=403, times=10)
    process = world.start_process()
    process.lifecycle.check(build_inputs(), exists=False)
    assert any("could not be listed" in line for line in process.messages)

    process = world.start_process(Options(test="off", adopt=(there,)))
    world.emulator.clear_faults()
    process.lifecycle.check(build_inputs(), exists=False)
    process.lifecycle.check(build_inputs(), exists=True)
    assert process.messages == []


def test_a_check_of_a_replacement_does_not_warn_of_what_it_replaces(world: World) -> None:
    made = world.start_process().lifecycle.create(build_inputs())
    process = world.start_process()
    process.lifecycle.check(build_inputs(), exists=True)
    process.lifecycle.check(build_inputs(), exists=False)
    assert process.messages == []

    process.lifecycle.check(build_inputs(owner="project/dev/other"), exists=False)
    assert any(made.id in line for line in process.messages)


def test_a_check_shows_no_secret_that_the_service_echoes(world: World) -> None:
    world.emulator.fault("GET /connections", status=400, body={"errorMessage": f"bad {SECRET}"})
    process = world.start_process()

    process.lifecycle.check(build_inputs(), exists=False)

    assert any("bad [secret]" in line for line in process.messages)


def _scope() -> Any:
    from pulumi_adobe.lifecycle.cache.existing_entities import build_scope  # noqa: PLC0415 - this test alone looks inside
    from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS  # noqa: PLC0415 - the same

    declaration = DATABRICKS
    return build_scope(declaration, declaration.to_body(build_inputs()))


def test_what_a_lost_answer_made_and_nobody_can_read_back_is_kept_with_id_and_etag(world: World) -> None:
    world.emulator.fault(POST, cut="after")
    world.emulator.fault(GET, status=403, body={"error_code": "403027", "message": "no"}, times=9)

    with pytest.raises(PartialFailure) as unfinished:
        world.start_process().lifecycle.create(build_inputs())

    (there,) = world.list_connections()
    assert unfinished.value.id == there["id"]
    assert unfinished.value.outputs["etag"] == there["etag"]
    assert unfinished.value.message.startswith(
        f'DatabricksSourceConnection "lake" ({there["id"]}) was made, but then: GET '
    )
    assert unfinished.value.hint != ""
