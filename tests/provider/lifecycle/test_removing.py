"""A delete deletes what is this resource's, once nothing hangs on it, and ends when it is gone."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import AccessDenied, CredentialsRejected, Unavailable
from pulumi_adobe.lifecycle.errors import NotDeleted, OwnedByAnotherStack, StillInUse
from tests.provider.lifecycle.world import World, build_inputs

DELETE = "DELETE /connections/{id}"
FLOWS = "GET /flows"


@pytest.fixture
def made(world: World) -> tuple[str, dict[str, Any]]:
    created = world.start_process().lifecycle.create(build_inputs())
    world.emulator.clear_journal()
    return created.id, created.outputs


Made = tuple[str, dict[str, Any]]


def flow_on(connection: str) -> dict[str, Any]:
    base = {"id": "source", "baseConnection": {"id": connection}}
    flow = {"id": "flow-1", "name": "orders", "state": "enabled", "inheritedAttributes": {"sourceConnections": [base]}}
    other = {"id": "flow-2", "name": "other", "state": "enabled", "inheritedAttributes": {"sourceConnections": None}}
    return {"items": [flow, other, {"id": "flow-3"}], "_links": {}}


def test_a_204_is_the_confirmation(world: World, made: Made) -> None:
    world.start_process().lifecycle.delete(*made)

    assert world.list_connections() == []
    assert world.count_requests("GET", made[0]) == 0


def test_what_is_gone_already_is_fine(world: World, made: Made) -> None:
    world.emulator.foreign_delete(made[0])

    world.start_process().lifecycle.delete(*made)


@pytest.mark.parametrize("status", [200, 202])
def test_another_success_is_followed_until_it_is_gone(world: World, made: Made, status: int) -> None:
    world.emulator.switch(delete_status=str(status))

    world.start_process().lifecycle.delete(*made)

    assert world.count_requests("GET", made[0]) == 1


def test_a_deletion_that_never_ends_is_an_error(world: World, made: Made) -> None:
    world.emulator.fault(DELETE, status=202)

    with pytest.raises(NotDeleted, match="still there"):
        world.start_process(timeout=10.0).lifecycle.delete(*made)


@pytest.mark.parametrize("fault", [{"cut": "after"}, {"status": 500, "afterEffect": True}], ids=str)
def test_an_unclear_answer_is_followed_until_it_is_gone(world: World, made: Made, fault: dict[str, Any]) -> None:
    world.emulator.fault(DELETE, **fault)

    world.start_process().lifecycle.delete(*made)

    assert world.list_connections() == []


def test_a_service_that_keeps_failing_is_an_error_and_it_is_still_there(world: World, made: Made) -> None:
    world.emulator.fault(DELETE, status=500, times=20)

    with pytest.raises(Unavailable):
        world.start_process().lifecycle.delete(*made)

    assert len(world.list_connections()) == 1


def test_a_refusal_is_an_error(world: World, made: Made) -> None:
    world.emulator.fault(DELETE, status=403, body={"error_code": "403027", "message": "no"})

    with pytest.raises(AccessDenied):
        world.start_process().lifecycle.delete(*made)


def test_dataflows_on_it_are_named_and_nothing_is_deleted(world: World, made: Made) -> None:
    world.emulator.fault(FLOWS, status=200, body=flow_on(made[0]))

    with pytest.raises(StillInUse) as refused:
        world.start_process().lifecycle.delete(*made)

    assert '"orders" (flow-1, enabled)' in refused.value.message
    assert "force_destroy" in refused.value.hint
    assert "flow-2" not in refused.value.message
    assert world.list_writes() == []


def test_force_destroy_deletes_the_dataflows_first_and_says_so(world: World, made: Made) -> None:
    world.emulator.fault(FLOWS, status=200, body=flow_on(made[0]))
    world.emulator.fault("DELETE /flows/{id}", status=204, rawBody="")
    process = world.start_process()

    process.lifecycle.delete(made[0], {**made[1], "forceDestroy": True})

    assert world.list_connections() == []
    assert any("flow-1" in line for line in process.messages)
    deleted = [each["path"] for each in world.emulator.journal() if each["method"] == "DELETE"]
    assert [path.split("/")[-2] for path in deleted] == ["flows", "connections"]


def test_the_dataflows_are_listed_once_per_run(world: World) -> None:
    process = world.start_process()
    for name in ("a", "b", "c"):
        created = process.lifecycle.create(build_inputs(name=name))
        world.start_process().lifecycle.read(created.id, created.outputs)
    other = world.start_process()
    for each in world.list_connections():
        other.lifecycle.delete(each["id"], build_inputs())

    assert world.count_requests("GET", "/flows") == 1
    assert world.list_connections() == []


def test_dataflows_that_cannot_be_listed_are_a_warning_and_flow_services_own_refusal_stands(
    world: World, made: Made
) -> None:
    world.emulator.fault(FLOWS, status=403, body={"error_code": "403027", "message": "no"})
    world.emulator.fault(DELETE, status=400, body={"errorCode": "1418-400", "errorMessage": "in use by flows"})
    process = world.start_process()

    with pytest.raises(StillInUse, match="in use by flows"):
        process.lifecycle.delete(*made)

    assert any(line.startswith("warning: the dataflows could not be listed") for line in process.messages)


def test_rejected_credentials_are_told_once_and_not_as_a_warning(world: World, made: Made) -> None:
    process = world.start_process(client_secret="wrong-secret")

    with pytest.raises(CredentialsRejected):
        process.lifecycle.delete(*made)

    assert process.messages == []


def test_what_another_resource_of_this_process_holds_is_not_deleted(world: World, made: Made) -> None:
    process = world.start_process(Options(test="off", adopt=(made[0],)))
    process.lifecycle.create(build_inputs(owner="project/dev/renamed"))

    process.lifecycle.delete(*made)

    assert len(world.list_connections()) == 1
    assert any("another resource of this program holds it" in line for line in process.messages)


def test_a_diff_claims_only_inputs_that_a_check_has_returned(world: World, made: Made) -> None:
    refreshing = world.start_process().lifecycle
    refreshing.diff(*made, build_inputs())
    refreshing.delete(*made)
    assert world.list_connections() == []

    created = world.start_process().lifecycle.create(build_inputs())
    process = world.start_process()
    process.lifecycle.check(build_inputs(), exists=True)
    process.lifecycle.diff(created.id, created.outputs, build_inputs())
    process.lifecycle.delete(created.id, created.outputs)
    assert len(world.list_connections()) == 1


def test_what_a_diff_replaces_is_deleted_and_the_new_one_is_made(world: World, made: Made) -> None:
    replaced = build_inputs(connectionSpec={"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "version": "0.9"})
    lifecycle = world.start_process().lifecycle
    lifecycle.check(replaced, exists=True)
    assert lifecycle.diff(*made, replaced).replaces == ("connectionSpec",)

    lifecycle.delete(*made)

    assert world.list_connections() == []


def test_with_ownership_what_another_stack_has_marked_is_not_deleted(world: World) -> None:
    marks = Options(test="off", ownership="description")
    created = world.start_process(marks).lifecycle.create(build_inputs())
    line = {"op": "replace", "path": "/description", "value": "Managed by Pulumi: project/prod/lake"}
    world.emulator.foreign_edit(created.id, [line])

    with pytest.raises(OwnedByAnotherStack):
        world.start_process(marks).lifecycle.delete(created.id, created.outputs)

    world.emulator.foreign_delete(created.id)
    world.start_process(marks).lifecycle.delete(created.id, created.outputs)
