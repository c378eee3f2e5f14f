"""The judgement of a 412 from a three-way diff: what is a conflict, and what its error shows."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.flow_service.errors import Conflict
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import ConflictingChange
from pulumi_adobe.timestamps import from_epoch_milliseconds
from tests.provider.lifecycle.world import SECRET, UPDATE_ROUTE, World, build_inputs

ROTATED_SECRET = "dapi-rotated-77aa88bb"
SECRET_NOTE = "send a secret"


def update(world: World, created: CreatedResource, **changes: Any) -> dict[str, Any]:
    """Update the connection in a process of its own, and return the outputs."""
    return world.start_process().lifecycle.update(created.id, created.outputs, build_inputs(**changes))


def touch(world: World, id_: str) -> None:
    """Change only what this stack does not manage: the etag, and who wrote last."""
    world.edit_foreign(id_, "/name", "lake")


def test_same_change_by_somebody_else_leaves_nothing_to_update(world: World, created: CreatedResource) -> None:
    world.edit_foreign(created.id, "/name", "foreign")

    outputs = update(world, created, name="foreign")

    assert outputs["etag"] == world.get_connection()["etag"]
    assert world.list_writes() == []


def test_an_own_patch_without_secrets_whose_response_was_lost_is_not_sent_again(
    world: World, created: CreatedResource
) -> None:
    world.emulator.fault(UPDATE_ROUTE, cut="after")

    outputs = update(world, created, description="mine")

    assert world.list_writes() == ["PATCH"]
    assert outputs["etag"] == world.get_connection()["etag"]


def test_a_foreign_change_of_unmanaged_members_only_lets_the_patch_be_sent_again(
    world: World, created: CreatedResource
) -> None:
    touch(world, created.id)

    update(world, created, name="mine")

    assert world.get_connection()["name"] == "mine"


def test_no_secret_is_sent_over_a_foreign_change_of_unmanaged_members(world: World, created: CreatedResource) -> None:
    touch(world, created.id)

    with pytest.raises(ConflictingChange) as conflict:
        update(world, created, clusterId="mine")

    assert SECRET_NOTE in conflict.value.message
    assert SECRET not in str(conflict.value)
    assert world.list_writes() == []


def test_rotation_over_a_foreign_change_of_the_same_connection_is_a_conflict(
    world: World, created: CreatedResource
) -> None:
    touch(world, created.id)

    with pytest.raises(ConflictingChange):
        update(world, created, accessToken=ROTATED_SECRET)

    assert world.list_writes() == []


def test_a_conflict_shows_base_desired_and_current_value_and_the_author(world: World, created: CreatedResource) -> None:
    world.edit_foreign(created.id, "/auth/params/clusterId", "foreign", client="their-app")

    with pytest.raises(ConflictingChange) as conflict:
        update(world, created, clusterId="mine", accessToken=ROTATED_SECRET)

    connection = world.get_connection()
    first_line, field_line, secret_line = conflict.value.message.split("\n")
    updated_at = from_epoch_milliseconds(connection["updatedAt"])
    author_facts = (created.id, f"by {connection['updatedBy']}", "through their-app", f"at {updated_at}")
    assert all(fact in first_line for fact in author_facts)
    assert field_line.startswith("  cluster_id: ")
    assert all(fact in field_line for fact in ('saw "0612-200003-abc123"', 'declares "mine"', 'now it is "foreign"'))
    assert SECRET_NOTE in secret_line
    assert all(command in conflict.value.hint for command in ("`pulumi refresh`", "`pulumi up`"))
    assert not any(text in str(conflict.value) for text in ("database", SECRET, ROTATED_SECRET))


def test_a_conflict_mentions_a_secret_only_if_the_update_sends_one(world: World, created: CreatedResource) -> None:
    world.emulator.foreign_edit(created.id, [{"op": "remove", "path": "/description"}])

    with pytest.raises(ConflictingChange) as conflict:
        update(world, created, description="mine")
    with pytest.raises(ConflictingChange) as conflict_with_secret:
        update(world, created, accessToken="dapi-another-0001")

    assert created.id in conflict.value.message
    assert "now it is nothing" in conflict.value.message
    assert SECRET_NOTE not in conflict.value.message
    assert SECRET_NOTE in conflict_with_secret.value.message


def test_a_second_refused_etag_is_a_conflict_and_no_loop(world: World, created: CreatedResource) -> None:
    world.emulator.fault(UPDATE_ROUTE, staleEtag=True, times=10)

    with pytest.raises(ConflictingChange):
        update(world, created, name="mine")

    assert world.count_requests("PATCH") == 2


def test_a_409_is_no_conflict_of_etags(world: World, created: CreatedResource) -> None:
    world.emulator.fault(UPDATE_ROUTE, status=409, body={"errorMessage": "taken"}, times=99)

    with pytest.raises(Conflict, match="taken"):
        update(world, created, name="mine")


def test_a_409_in_place_of_a_second_412_is_no_conflict_of_etags(world: World, created: CreatedResource) -> None:
    world.emulator.fault(UPDATE_ROUTE, staleEtag=True)
    world.emulator.fault(UPDATE_ROUTE, status=409, body={"errorMessage": "taken"}, times=99)

    with pytest.raises(Conflict, match="taken"):
        update(world, created, name="new")
