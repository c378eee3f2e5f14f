"""An update that sends nothing takes no etag of a change that this stack has not seen: it would undo it unawares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_adobe.flow_service.errors import Unavailable
from pulumi_adobe.lifecycle.errors import ConflictingChange, PartialFailure
from tests.provider.lifecycle.world import SECRET, World, build_inputs

ROTATED = "dapi-rotated-77aa88bb"
Edit = Callable[[str, World], None]


def described_there(id_: str, world: World) -> None:
    world.emulator.foreign_edit(id_, [{"op": "replace", "path": "/description", "value": "theirs"}])


def described_with_our_client(id_: str, world: World) -> None:
    """As another stack would, or a script that was given the same credentials."""
    patch = [{"op": "replace", "path": "/description", "value": "theirs"}]
    world.emulator.foreign_edit(id_, patch, client="emulator-client-id")


def rotated_there(id_: str, world: World) -> None:
    world.emulator.foreign_edit(
        id_, [{"op": "replace", "path": "/auth/params/accessToken", "value": "dapi-theirs-0001"}]
    )


@pytest.mark.parametrize(
    ("edit", "next_"),
    [
        (described_there, {"description": "ours"}),
        (described_with_our_client, {"description": "ours"}),
        (rotated_there, {"accessToken": ROTATED}),
    ],
    ids=["shown", "shown, with our client", "secret"],
)
def test_a_change_of_somebody_else_is_told_and_still_refused_by_the_next_update(
    world: World, edit: Edit, next_: dict[str, Any]
) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    edit(created.id, world)
    process = world.start_process()

    after = process.lifecycle.update(created.id, created.outputs, build_inputs(forceDestroy=True))

    assert after["forceDestroy"] is True
    assert after["etag"] == created.outputs["etag"]
    assert "was changed outside of this stack" in process.messages[0]
    assert SECRET not in process.messages[0]
    with pytest.raises(ConflictingChange):
        world.start_process().lifecycle.update(created.id, after, build_inputs(forceDestroy=True, **next_))


def test_after_a_refresh_the_next_update_sends_what_is_declared(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    described_there(created.id, world)
    after = world.start_process().lifecycle.update(created.id, created.outputs, build_inputs(forceDestroy=True))

    found = world.start_process().lifecycle.read(created.id, after)
    assert found is not None
    world.start_process().lifecycle.update(created.id, found.outputs, build_inputs(forceDestroy=True))

    assert world.list_connections()[0]["description"] == "the lake"


def test_a_later_write_of_our_own_is_no_change_of_somebody_else(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    newer = world.start_process().lifecycle.update(created.id, created.outputs, build_inputs(accessToken=ROTATED))
    process = world.start_process()

    after = process.lifecycle.update(
        created.id, {**created.outputs, "accessToken": ROTATED}, build_inputs(accessToken=ROTATED, forceDestroy=True)
    )

    assert after["etag"] == newer["etag"]
    assert process.messages == []


@pytest.mark.parametrize("writer", ["emulator-client-id", "Adobe's own"])
def test_what_was_never_seen_ready_takes_the_etag_that_getting_ready_has_given_it(world: World, writer: str) -> None:
    world.emulator.fault("GET /connections/{id}", status=500, times=100)
    with pytest.raises(PartialFailure) as unfinished:
        world.start_process().lifecycle.create(build_inputs())
    assert isinstance(unfinished.value.cause, Unavailable)
    world.emulator.clear_faults()
    ready = world.emulator.foreign_edit(
        unfinished.value.id, [{"op": "replace", "path": "/name", "value": "lake"}], client=writer
    )
    process = world.start_process()

    after = process.lifecycle.update(unfinished.value.id, unfinished.value.outputs, build_inputs())

    assert after["etag"] == ready["etag"] != unfinished.value.outputs["etag"]
    assert process.messages == []
