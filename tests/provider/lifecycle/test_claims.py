"""Claims: what one resource of a process holds is not created twice, adopted or deleted for another."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.claims import Claims
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import DuplicateDeclaration
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.lifecycle.world import CREATE_ROUTE, World, build_inputs

ANOTHER_SPEC = {"id": "00000000-0873-4e57-ad21-b3a7c65e310b", "version": "1.0"}


def test_a_diff_claims_an_entity_only_with_checked_inputs_in_any_order() -> None:
    claims = Claims()
    checked_inputs = build_inputs(clusterId=UNKNOWN)
    claims.record_check(checked_inputs, exists=True)

    claims.record_diff("unchecked", build_inputs(), replaces=False)
    claims.record_diff("checked", dict(reversed(checked_inputs.items())), replaces=False)
    claims.record_diff("replaced", checked_inputs, replaces=True)

    ids = ("unchecked", "checked", "replaced")
    assert [claims.is_claimed(id_) for id_ in ids] == [False, True, False]
    assert [claims.is_being_replaced(id_) for id_ in ids] == [False, False, True]
    assert claims.get_claimed_name("checked") == "lake"


def test_a_diff_of_a_refresh_claims_nothing_so_that_the_entity_can_be_deleted(
    world: World, created: CreatedResource
) -> None:
    lifecycle = world.start_process().lifecycle
    lifecycle.diff(created.id, created.outputs, build_inputs())

    lifecycle.delete(created.id, created.outputs)

    assert world.list_connections() == []


def test_an_entity_that_a_checked_resource_holds_is_not_deleted(world: World, created: CreatedResource) -> None:
    lifecycle = world.start_process().lifecycle
    lifecycle.check(build_inputs(), exists=True)
    lifecycle.diff(created.id, created.outputs, build_inputs())

    lifecycle.delete(created.id, created.outputs)

    assert len(world.list_connections()) == 1


def test_an_entity_that_a_diff_replaces_is_deleted(world: World, created: CreatedResource) -> None:
    new_inputs = build_inputs(connectionSpec=ANOTHER_SPEC)
    lifecycle = world.start_process().lifecycle
    lifecycle.check(new_inputs, exists=True)
    assert lifecycle.diff(created.id, created.outputs, new_inputs).replaces == ("connectionSpec",)

    lifecycle.delete(created.id, created.outputs)

    assert world.list_connections() == []


def test_an_adopted_entity_is_not_deleted_under_its_former_resource(world: World, created: CreatedResource) -> None:
    process = world.start_process(Options(test="off", adopt=(created.id,)))
    process.lifecycle.create(build_inputs(owner="project/dev/renamed"))

    process.lifecycle.delete(created.id, created.outputs)

    assert len(world.list_connections()) == 1
    warning = process.messages[-1]
    assert warning.startswith("warning: ")
    assert all(fact in warning for fact in ('"lake"', created.id, "not deleted", "another resource of this program"))


def test_an_updated_entity_is_not_deleted_under_another_resource(world: World, created: CreatedResource) -> None:
    lifecycle = world.start_process().lifecycle
    outputs = lifecycle.update(created.id, created.outputs, build_inputs(description="changed"))

    # The engine does so for a resource that was renamed without an alias: the old one is deleted last.
    lifecycle.delete(created.id, outputs)

    assert world.get_connection()["id"] == created.id


def test_a_released_entity_can_be_deleted(world: World, created: CreatedResource) -> None:
    process = world.start_process()
    process.context.claims.claim(created.id, "lake")
    process.context.claims.release(created.id)

    process.lifecycle.delete(created.id, created.outputs)

    assert not process.context.claims.is_claimed(created.id)
    assert world.list_connections() == []


def test_create_refuses_a_name_that_another_resource_is_creating(world: World) -> None:
    process = world.start_process()
    scope = f"connections?connectionSpec.id={build_inputs()['connectionSpec']['id']}"

    with (
        process.context.claims.reserve_name(scope, "lake", "project/dev/first"),
        pytest.raises(DuplicateDeclaration) as error,
    ):
        process.lifecycle.create(build_inputs(owner="project/dev/second"))

    facts = ("project/dev/first", "project/dev/second", '"lake"', "Nothing was created")
    assert all(fact in error.value.message for fact in facts)
    assert "name" in error.value.hint
    assert world.list_connections() == []


def test_two_threads_do_not_create_one_name_twice(world: World) -> None:
    world.emulator.fault(CREATE_ROUTE, delayMs=300)
    lifecycle = world.start_process().lifecycle
    lifecycle.create(build_inputs(name="first"))

    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(lifecycle.create, build_inputs(owner=f"project/dev/{name}")) for name in ("x", "y")]
    (error,) = [future.exception() for future in futures if future.exception()]

    assert isinstance(error, DuplicateDeclaration)
    assert re.search(r"project/dev/[xy] and project/dev/[xy] |Another resource of this program and ", error.message)
    assert '"lake"' in error.message
    assert len(world.list_connections()) == 2
