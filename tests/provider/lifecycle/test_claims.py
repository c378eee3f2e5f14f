"""What the resources of one run hold is neither adopted, made twice, nor deleted by another of them."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.claims import Claims
from pulumi_adobe.lifecycle.errors import AlreadyExists, DuplicateDeclaration, FailedState
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.lifecycle.world import World, build_foreign_connection, build_inputs

GET = "GET /connections/{id}"


def test_a_name_that_its_holder_gives_up_in_this_run_is_free(world: World) -> None:
    made = world.start_process().lifecycle.create(build_inputs())
    renamed = build_inputs(name="renamed")
    lifecycle = world.start_process().lifecycle
    lifecycle.check(renamed, exists=True)
    lifecycle.diff(made.id, made.outputs, renamed)

    second = lifecycle.create(build_inputs(owner="project/dev/second"))

    assert second.id != made.id
    assert len(world.list_connections()) == 2


def test_the_order_of_the_inputs_and_unknown_values_make_no_other_inputs() -> None:
    claims = Claims()
    given = build_inputs(clusterId=UNKNOWN)
    claims.record_check(given, exists=True)

    claims.record_diff("other", build_inputs(), replaces=False)
    claims.record_diff("same", dict(reversed(given.items())), replaces=False)
    claims.record_diff("replaced", given, replaces=True)

    assert [claims.is_claimed(each) for each in ("other", "same", "replaced")] == [False, True, False]
    assert [claims.is_being_replaced(each) for each in ("other", "same", "replaced")] == [False, False, True]
    assert claims.get_claimed_name("same") == "lake"


def test_what_was_rolled_back_is_neither_held_nor_listed(world: World) -> None:
    world.emulator.switch(final_state="failed")
    lifecycle = world.start_process().lifecycle
    with pytest.raises(FailedState) as failed:
        lifecycle.create(build_inputs())
    world.emulator.switch(final_state="enabled")

    made = lifecycle.create(build_inputs())

    assert re.search(r"[0-9a-f-]{36}\) was made, but then", failed.value.message)
    assert [each["id"] for each in world.list_connections()] == [made.id]


def test_a_warning_has_the_whole_command(world: World) -> None:
    there = world.emulator.foreign_create(**build_foreign_connection())["id"]
    process = world.start_process(Options(test="off", adopt=("given-1",)))

    process.lifecycle.check(build_inputs(), exists=False)

    assert f"ADOBE_ADOPT=given-1,{there} pulumi up" in process.messages[0]


def test_an_update_holds_what_it_has_changed(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    lifecycle = world.start_process().lifecycle
    after = lifecycle.update(created.id, created.outputs, build_inputs(description="changed"))

    # As the engine does for a resource that was renamed without an alias: the old one is deleted last.
    lifecycle.delete(created.id, after)

    assert [each["id"] for each in world.list_connections()] == [created.id]


def test_a_name_taken_by_an_update_of_this_run_is_taken(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    lifecycle = world.start_process().lifecycle
    # The list is read before the update, so only what the update itself notes can tell.
    with pytest.raises(AlreadyExists):
        lifecycle.create(build_inputs(owner="project/dev/other"))
    lifecycle.update(created.id, created.outputs, build_inputs(name="renamed"))

    with pytest.raises(DuplicateDeclaration, match="renamed"):
        lifecycle.create(build_inputs(name="renamed", owner="project/dev/other"))


def test_two_threads_do_not_make_one_name_twice(world: World) -> None:
    world.emulator.fault("POST /connections", delayMs=300)
    lifecycle = world.start_process().lifecycle
    lifecycle.create(build_inputs(name="first"))
    with ThreadPoolExecutor(2) as pool:
        made = [pool.submit(lifecycle.create, build_inputs(owner=f"project/dev/{each}")) for each in ("x", "y")]
    errors = [str(each.exception()) for each in made if each.exception()]

    assert len(errors) == 1
    assert re.search(r"project/dev/[xy] and project/dev/[xy] both|Another resource of this program and", errors[0])
    assert '"lake"' in errors[0]
    assert len(world.list_connections()) == 2


def test_what_another_resource_holds_is_not_taken_for_what_a_lost_post_made(world: World) -> None:
    process = world.start_process(Options(test="off", on_existing="duplicate"))
    held = world.emulator.foreign_create(**build_foreign_connection(client="emulator-client-id"))["id"]
    process.context.claims.claim(held, "another name")
    world.emulator.fault("GET /connections", status=200, body={"items": []})
    world.emulator.fault("POST /connections", cut="after")

    created = process.lifecycle.create(build_inputs())

    assert created.id != held


def test_what_this_run_has_deleted_is_held_no_longer(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    run = world.start_process()
    run.context.claims.claim(created.id, "lake")
    run.context.claims.release(created.id)
    run.lifecycle.delete(created.id, created.outputs)

    assert not run.context.claims.is_claimed(created.id)
    assert world.list_connections() == []
