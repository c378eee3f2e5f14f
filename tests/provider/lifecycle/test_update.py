"""Update: one PATCH with the etag of the state."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.advice import advise
from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import ConnectionTestFailed, OwnedByAnotherStack, PartialFailure
from tests.provider.lifecycle.world import OWNER, UPDATE_ROUTE, WITH_OWNERSHIP, World, build_inputs

ROTATED_SECRET = "dapi-rotated-77aa88bb"


def update(world: World, created: CreatedResource, options: Options | None = None, **changes: Any) -> dict[str, Any]:
    """Update the connection in a process of its own, and return the outputs."""
    lifecycle = world.start_process(options).lifecycle
    return lifecycle.update(created.id, created.outputs, build_inputs(**changes))


def test_update_sends_one_patch_with_the_etag_and_reads_the_result_once(world: World, created: CreatedResource) -> None:
    new_inputs = build_inputs(name="new", description=None)

    outputs = world.start_process().lifecycle.update(created.id, created.outputs, new_inputs)

    assert world.list_writes() == ["PATCH"]
    assert world.get_patch()["headers"]["if-match"] == created.outputs["etag"]
    assert [request["method"] for request in world.emulator.journal()][1:] == ["PATCH", "GET"]
    assert outputs["etag"] == world.get_connection()["etag"] != created.outputs["etag"]
    assert {name for name in created.outputs if name not in outputs} == {"description"}
    assert world.start_process().lifecycle.diff(created.id, outputs, new_inputs).patch_operations == ()


def test_an_update_of_the_name_sends_no_secret(world: World, created: CreatedResource) -> None:
    update(world, created, name="new")

    assert world.get_patch()["body"] == [{"op": "replace", "path": "/name", "value": "new"}]


def test_an_update_of_the_name_does_not_test_the_connection(world: World, created: CreatedResource) -> None:
    update(world, created, Options(test="fail"), name="new")

    assert world.count_requests("GET", "/test") == 0


def test_update_keeps_the_parameters_that_the_service_added(world: World) -> None:
    world.emulator.switch(added_params="on")
    created = world.create()

    update(world, created, accessToken=ROTATED_SECRET)

    assert world.get_connection()["auth"]["params"]["region"] == "emulated"


def test_update_without_an_etag_in_the_state_reads_it_first(world: World, created: CreatedResource) -> None:
    outputs_without_etag = {name: value for name, value in created.outputs.items() if name != "etag"}

    outputs = world.start_process().lifecycle.update(created.id, outputs_without_etag, build_inputs(name="new"))

    assert outputs["etag"] == world.get_connection()["etag"]
    assert world.list_writes() == ["PATCH"]


@pytest.mark.parametrize("cut", ["after", "mid-body"])
def test_an_own_patch_whose_response_was_lost_is_no_conflict(world: World, created: CreatedResource, cut: str) -> None:
    world.emulator.fault(UPDATE_ROUTE, cut=cut)

    outputs = update(world, created, name="new", description="changed")

    connection = world.get_connection()
    assert (connection["name"], connection["description"]) == ("new", "changed")
    assert outputs["etag"] == connection["etag"]
    assert world.list_writes() == ["PATCH"]


def test_an_own_patch_with_a_secret_whose_response_was_lost_is_sent_again(
    world: World, created: CreatedResource
) -> None:
    world.emulator.fault(UPDATE_ROUTE, cut="after", times=1)

    outputs = update(world, created, accessToken=ROTATED_SECRET)

    assert outputs["etag"] == world.get_connection()["etag"]
    statuses = [request["status"] for request in world.emulator.journal() if request["method"] == "PATCH"]
    assert statuses == [None, 412, 200]


def test_an_update_of_a_deleted_entity_is_an_error_that_advises_a_refresh(
    world: World, created: CreatedResource
) -> None:
    world.emulator.foreign_delete(created.id)

    with pytest.raises(NotFound) as error:
        update(world, created, name="mine")

    assert "`pulumi refresh`" in advise(error.value)


def test_update_refuses_an_entity_that_another_stack_now_owns(world: World, created: CreatedResource) -> None:
    world.edit_foreign(created.id, "/description", "x\nManaged by Pulumi: project/prod/lake")

    with pytest.raises(OwnedByAnotherStack) as error:
        update(world, created, name="mine")

    assert all(fact in error.value.message for fact in (created.id, "project/prod/lake", "is not changed"))
    assert world.list_writes() == []


@pytest.mark.parametrize("mode", ["auto", "fail"])
def test_a_failed_test_after_a_rotation_keeps_the_new_etag_and_the_next_update_tests_again(
    world: World, created: CreatedResource, mode: str
) -> None:
    world.emulator.switch(test_result="false")
    rotated_inputs = build_inputs(accessToken=ROTATED_SECRET)

    with pytest.raises(PartialFailure) as failure:
        update(world, created, Options(test=mode), accessToken=ROTATED_SECRET)
    outputs = failure.value.outputs
    with pytest.raises(PartialFailure):
        world.start_process(Options(test=mode)).lifecycle.update(created.id, outputs, rotated_inputs)
    world.emulator.switch(test_result="true")
    final_outputs = world.start_process(Options(test=mode)).lifecycle.update(created.id, outputs, rotated_inputs)

    assert isinstance(failure.value.cause, ConnectionTestFailed)
    assert ROTATED_SECRET not in str(failure.value)
    assert (outputs["etag"], outputs["accessToken"]) == (world.get_connection()["etag"], ROTATED_SECRET)
    assert final_outputs["accessToken"] == ROTATED_SECRET
    assert world.list_writes() == ["PATCH"]


def test_update_keeps_the_ownership_line_while_ownership_is_on(world: World) -> None:
    created = world.create(WITH_OWNERSHIP)
    lifecycle = world.start_process(WITH_OWNERSHIP).lifecycle

    outputs = lifecycle.update(created.id, created.outputs, build_inputs(description="new"))
    assert world.get_connection()["description"] == f"new\nManaged by Pulumi: {OWNER}"
    outputs = lifecycle.update(created.id, outputs, build_inputs(description=None))
    assert world.get_connection()["description"] == f"Managed by Pulumi: {OWNER}"

    lifecycle_without_ownership = world.start_process().lifecycle
    outputs = lifecycle_without_ownership.update(created.id, outputs, build_inputs(description="off"))
    assert world.get_connection()["description"] == outputs["description"] == "off"
