"""Delete: the DELETE, its confirmation, and what another stack owns."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.flow_service.errors import AccessDenied, Unavailable
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import NotDeleted, OwnedByAnotherStack
from tests.provider.lifecycle.world import DELETE_ROUTE, LAKE, WITH_OWNERSHIP, World


def test_a_204_confirms_the_deletion(world: World, created: CreatedResource) -> None:
    world.start_process().lifecycle.delete(created.id, created.outputs)

    assert world.list_connections() == []
    assert world.count_requests("GET", created.id) == 0


def test_an_entity_that_is_already_gone_is_no_error_and_gets_one_request(
    world: World, created: CreatedResource
) -> None:
    world.emulator.foreign_delete(created.id)

    world.start_process().lifecycle.delete(created.id, created.outputs)
    world.start_process(WITH_OWNERSHIP).lifecycle.delete(created.id, created.outputs)

    # With ownership, the GET that reads the owner finds it gone.
    assert world.count_requests("DELETE", created.id) == 1
    assert world.count_requests("GET", created.id) == 1


def test_a_warning_names_an_entity_that_was_already_gone_and_the_service_that_lacks_it(
    world: World, created: CreatedResource
) -> None:
    world.emulator.foreign_delete(created.id)
    process = world.start_process()

    process.lifecycle.delete(created.id, created.outputs)
    process.lifecycle.delete(created.id, created.outputs)

    (message,) = process.messages
    assert created.id in message
    assert world.emulator.url in message


@pytest.mark.parametrize("status", [200, 202])
def test_another_success_than_204_is_polled_until_the_entity_is_gone(
    world: World, created: CreatedResource, status: int
) -> None:
    world.emulator.switch(delete_status=str(status))

    world.start_process().lifecycle.delete(created.id, created.outputs)

    assert world.count_requests("GET", created.id) == 1
    assert world.list_connections() == []


@pytest.mark.parametrize("fault", [{"cut": "after"}, {"status": 500, "afterEffect": True}], ids=str)
def test_an_ambiguous_response_is_polled_until_the_entity_is_gone(
    world: World, created: CreatedResource, fault: dict[str, Any]
) -> None:
    world.emulator.fault(DELETE_ROUTE, **fault)

    world.start_process().lifecycle.delete(created.id, created.outputs)

    assert world.list_connections() == []


@pytest.mark.parametrize(("timeout", "polls"), [(10.0, 5), (9.5, 5)])
def test_an_accepted_deletion_that_does_not_end_within_the_timeout_is_an_error(
    world: World, created: CreatedResource, timeout: float, polls: int
) -> None:
    world.emulator.fault(DELETE_ROUTE, status=202)

    with pytest.raises(NotDeleted) as error:
        world.start_process(timeout=timeout).lifecycle.delete(created.id, created.outputs)

    facts = (f"{LAKE} ({created.id})", 'the state "enabled"', f"{timeout:g} s")
    assert all(fact in error.value.message for fact in facts)
    assert "same command" in error.value.hint
    assert world.count_requests("GET", created.id) == polls


def test_an_ambiguous_deletion_is_polled_three_times_and_then_an_error(world: World, created: CreatedResource) -> None:
    world.emulator.fault(DELETE_ROUTE, status=500, times=20)

    with pytest.raises(Unavailable) as error:
        world.start_process().lifecycle.delete(created.id, created.outputs)

    assert error.value.status == 500
    assert world.count_requests("GET", created.id) == 3
    assert len(world.list_connections()) == 1


def test_a_refused_deletion_is_an_error(world: World, created: CreatedResource) -> None:
    world.emulator.fault(DELETE_ROUTE, status=403, body={"error_code": "403027", "message": "no"})

    with pytest.raises(AccessDenied):
        world.start_process().lifecycle.delete(created.id, created.outputs)

    assert len(world.list_connections()) == 1


def test_with_ownership_delete_deletes_an_entity_that_this_stack_owns(world: World) -> None:
    created = world.create(WITH_OWNERSHIP)

    world.start_process(WITH_OWNERSHIP).lifecycle.delete(created.id, created.outputs)

    assert world.list_connections() == []


def test_with_ownership_delete_refuses_an_entity_that_another_stack_owns(world: World) -> None:
    created = world.create(WITH_OWNERSHIP)
    world.edit_foreign(created.id, "/description", "Managed by Pulumi: project/prod/lake")

    with pytest.raises(OwnedByAnotherStack) as error:
        world.start_process(WITH_OWNERSHIP).lifecycle.delete(created.id, created.outputs)

    assert all(fact in error.value.message for fact in (created.id, "not deleted", "project/prod/lake"))
    assert len(world.list_connections()) == 1
