"""A refresh from list pages needs fewer requests, and never takes an old page's word for a loss or a conflict."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.lifecycle.errors import ConflictingChange
from tests.provider.lifecycle.world import World, build_inputs

LISTS = Options(test="off", refresh_from="list")


Made = list[tuple[str, dict[str, Any]]]


def makes(world: World, count: int) -> Made:
    process = world.start_process()
    created = [process.lifecycle.create(build_inputs(name=f"lake {number}")) for number in range(count)]
    world.emulator.clear_journal()
    return [(each.id, each.outputs) for each in created]


@pytest.fixture
def made(world: World) -> Made:
    return makes(world, 5)


def test_many_reads_take_the_pages_and_nothing_else(world: World) -> None:
    made = makes(world, 250)
    process = world.start_process(LISTS)
    for id_, outputs in made:
        found = process.lifecycle.read(id_, outputs)
        assert found is not None
        assert found.outputs == outputs

    assert world.count_requests("GET", "/connections") == 3
    assert world.count_requests("GET") == 3


def test_a_read_that_misses_takes_one_page_and_its_own_get(world: World) -> None:
    made = makes(world, 250)
    process = world.start_process(LISTS)

    for id_, outputs in reversed(made):
        assert process.lifecycle.read(id_, outputs) is not None

    assert world.count_requests("GET", "/connections") == 3
    assert world.count_requests("GET") <= 3 + 2


def test_what_no_page_has_is_gone_only_by_its_own_get(world: World, made: Made) -> None:
    world.emulator.foreign_delete(made[0][0])
    process = world.start_process(LISTS)

    assert process.lifecycle.read(*made[0]) is None
    assert world.count_requests("GET", made[0][0]) == 1


def test_a_write_of_our_own_makes_the_pages_old(world: World, made: Made) -> None:
    process = world.start_process(LISTS)
    id_, outputs = made[0]
    process.lifecycle.read(id_, outputs)
    after = process.lifecycle.update(id_, outputs, build_inputs(name="new"))

    found = process.lifecycle.read(id_, after)

    assert found is not None
    assert found.outputs["name"] == "new"
    assert world.count_requests("GET", "/connections") == 2


def test_an_etag_of_an_old_page_is_read_again_before_it_is_a_conflict(world: World, made: Made) -> None:
    id_, outputs = made[0]
    process = world.start_process(LISTS)
    read = process.lifecycle.read(id_, outputs)
    assert read is not None
    elsewhere = world.start_process().lifecycle
    between = elsewhere.update(id_, outputs, build_inputs(name="lake 0", description="ours, from another process"))
    elsewhere.update(id_, between, build_inputs(name="lake 0"))

    after = process.lifecycle.update(id_, read.outputs, build_inputs(name="lake 0", clusterId="new"))

    assert after["etag"] == next(each["etag"] for each in world.list_connections() if each["id"] == id_)


def test_an_etag_of_an_old_page_is_a_conflict_where_somebody_else_wrote(world: World, made: Made) -> None:
    id_, outputs = made[0]
    process = world.start_process(LISTS)
    read = process.lifecycle.read(id_, outputs)
    assert read is not None
    world.emulator.foreign_edit(id_, [{"op": "replace", "path": "/name", "value": "lake 0"}])

    with pytest.raises(ConflictingChange):
        process.lifecycle.update(id_, read.outputs, build_inputs(name="lake 0", clusterId="new"))


def test_without_the_setting_each_is_read_by_its_id(world: World, made: Made) -> None:
    process = world.start_process()
    for id_, outputs in made[:5]:
        process.lifecycle.read(id_, outputs)

    assert world.count_requests("GET", "/connections") == 0
    assert world.count_requests("GET") == 5
