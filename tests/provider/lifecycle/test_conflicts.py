"""A change under an etag: what is told of a conflict, and what is none."""

from __future__ import annotations

import re

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import Conflict
from pulumi_adobe.lifecycle.errors import ConflictingChange
from tests.provider.lifecycle.world import World, build_inputs

GET = "GET /connections/{id}"


def test_a_foreign_change_is_told_with_its_author_and_its_time(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    world.emulator.foreign_edit(created.id, [{"op": "replace", "path": "/name", "value": "theirs"}], client="their-app")
    process = world.start_process()

    process.lifecycle.read(created.id, created.outputs)

    assert re.search(r"last by \S+ through their-app at 20\d\d-\d\d-\d\dT[\d:.]+Z", process.messages[0])


def test_a_replacement_alone_is_a_difference(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    lifecycle = world.start_process().lifecycle

    assert lifecycle.diff(created.id, created.outputs, build_inputs(authSpec="Another"))
    assert lifecycle.diff(created.id, created.outputs, build_inputs(name="x"))
    assert not lifecycle.diff(created.id, created.outputs, build_inputs())


def test_a_patch_that_answers_without_an_etag_is_read_for_it(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    answer = {"status": 200, "body": {"id": created.id}, "afterEffect": True}
    world.emulator.fault("PATCH /connections/{id}", **answer)
    after = world.start_process().lifecycle.update(created.id, created.outputs, build_inputs(name="new"))
    assert after["etag"] == world.list_connections()[0]["etag"]

    world.emulator.fault("PATCH /connections/{id}", **answer)
    adopted = world.start_process(Options(test="off", adopt=(created.id,))).lifecycle.create(build_inputs(name="new"))
    assert adopted.outputs["etag"] == world.list_connections()[0]["etag"]


def test_an_update_of_what_has_no_etag_yet_reads_it_first(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    olds = {name: value for name, value in created.outputs.items() if name != "etag"}

    after = world.start_process().lifecycle.update(created.id, olds, build_inputs(name="new"))

    assert after["etag"] == world.list_connections()[0]["etag"]
    assert world.list_writes() == ["POST", "PATCH"]


def test_a_409_in_the_place_of_a_second_412_is_no_conflict_of_etags(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    world.emulator.fault("PATCH /connections/{id}", staleEtag=True)
    world.emulator.fault("PATCH /connections/{id}", status=409, body={"errorMessage": "taken"})

    with pytest.raises(Conflict, match="taken"):
        world.start_process().lifecycle.update(created.id, created.outputs, build_inputs(name="new"))


def test_a_conflict_speaks_of_a_secret_only_where_one_is_sent(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    world.emulator.foreign_edit(created.id, [{"op": "remove", "path": "/description"}])

    with pytest.raises(ConflictingChange) as plain:
        world.start_process().lifecycle.update(created.id, created.outputs, build_inputs(description="mine"))
    with pytest.raises(ConflictingChange) as secret:
        world.start_process().lifecycle.update(created.id, created.outputs, build_inputs(accessToken="dapi-another-0001"))

    assert "there it is nothing" in plain.value.message
    assert "rotated elsewhere" not in plain.value.message
    assert "rotated elsewhere" in secret.value.message
    assert created.id in plain.value.message


def test_our_own_lost_patch_without_secrets_is_not_sent_again(world: World) -> None:
    created = world.start_process().lifecycle.create(build_inputs())
    world.emulator.fault("PATCH /connections/{id}", cut="after")

    after = world.start_process().lifecycle.update(created.id, created.outputs, build_inputs(description="mine"))

    assert [each for each in world.list_writes() if each == "PATCH"] == ["PATCH"]
    assert after["etag"] == world.list_connections()[0]["etag"]
