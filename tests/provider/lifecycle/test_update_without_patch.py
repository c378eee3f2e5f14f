"""An update that sends no PATCH: it keeps the old etag if it would hide a change that this stack has not seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_adobe.flow_service.errors import Unavailable
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import ConflictingChange, PartialFailure
from tests.provider.lifecycle.world import READ_ROUTE, SECRET, World, build_inputs

OWN_CLIENT = "emulator-client-id"
ROTATED_SECRET = "dapi-rotated-77aa88bb"
Edit = Callable[[World, str], object]


def edit_description(world: World, id_: str) -> None:
    world.edit_foreign(id_, "/description", "foreign")


def edit_description_with_own_client(world: World, id_: str) -> None:
    """Edit it as another stack would, or a script that has the same credentials."""
    world.edit_foreign(id_, "/description", "foreign", client=OWN_CLIENT)


def rotate_secret(world: World, id_: str) -> None:
    world.edit_foreign(id_, "/auth/params/accessToken", "dapi-foreign-0001")


def test_a_change_of_a_state_only_field_sends_no_patch(world: World, created: CreatedResource) -> None:
    lifecycle = world.start_process().lifecycle

    outputs = lifecycle.update(created.id, created.outputs, build_inputs(forceDestroy=True))

    assert outputs["forceDestroy"] is True
    assert world.list_writes() == []


@pytest.mark.parametrize(
    ("edit", "later_changes"),
    [
        (edit_description, {"description": "ours"}),
        (edit_description_with_own_client, {"description": "ours"}),
        (rotate_secret, {"accessToken": ROTATED_SECRET}),
    ],
    ids=["visible change", "visible change with our client id", "secret"],
)
def test_a_foreign_change_is_shown_and_the_next_update_still_refuses_to_overwrite_it(
    world: World, created: CreatedResource, edit: Edit, later_changes: dict[str, Any]
) -> None:
    edit(world, created.id)
    process = world.start_process()

    outputs = process.lifecycle.update(created.id, created.outputs, build_inputs(forceDestroy=True))

    assert outputs["forceDestroy"] is True
    assert outputs["etag"] == created.outputs["etag"]
    (message,) = process.messages
    facts = (created.id, "changed outside of this stack", "`pulumi refresh`")
    assert all(fact in message for fact in facts)
    assert SECRET not in message
    with pytest.raises(ConflictingChange):
        world.start_process().lifecycle.update(created.id, outputs, build_inputs(forceDestroy=True, **later_changes))


def test_update_after_a_refresh_sends_the_declared_values(world: World, created: CreatedResource) -> None:
    edit_description(world, created.id)
    new_inputs = build_inputs(forceDestroy=True)
    outputs = world.start_process().lifecycle.update(created.id, created.outputs, new_inputs)

    refreshed = world.start_process().lifecycle.read(created.id, outputs)
    assert refreshed is not None
    world.start_process().lifecycle.update(created.id, refreshed.outputs, new_inputs)

    assert world.get_connection()["description"] == "the lake"


def test_later_write_by_this_stack_is_no_foreign_change(world: World, created: CreatedResource) -> None:
    rotated_inputs = build_inputs(accessToken=ROTATED_SECRET)
    newer_outputs = world.start_process().lifecycle.update(created.id, created.outputs, rotated_inputs)
    process = world.start_process()

    outputs = process.lifecycle.update(
        created.id, {**created.outputs, "accessToken": ROTATED_SECRET}, {**rotated_inputs, "forceDestroy": True}
    )

    assert outputs["etag"] == newer_outputs["etag"]
    assert process.messages == []


@pytest.mark.parametrize("author", [OWN_CLIENT, "Adobe's own"])
def test_entity_that_was_never_ready_gets_its_etag_once_it_is_ready(world: World, author: str) -> None:
    world.confirm_by_id()
    world.emulator.fault(READ_ROUTE, status=500, times=100)
    with pytest.raises(PartialFailure) as failure:
        world.create()
    assert isinstance(failure.value.cause, Unavailable)
    world.emulator.clear_faults()
    ready_etag = world.edit_foreign(failure.value.id, "/name", "lake", client=author)
    process = world.start_process()

    outputs = process.lifecycle.update(failure.value.id, failure.value.outputs, build_inputs())

    assert outputs["etag"] == ready_etag != failure.value.outputs["etag"]
    assert process.messages == []
