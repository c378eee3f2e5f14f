"""The entities that exist already: listed once per run and scope, and kept up to date with our own writes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pulumi_adobe.lifecycle.cache.existing_entities import Scope, build_scope
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import AlreadyExists, DuplicateDeclaration
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.lifecycle.world import (
    LIST_ROUTE,
    OTHER_SPEC,
    World,
    build_foreign_connection,
    build_inputs,
)
from tests.waiting import wait_until

pytestmark = pytest.mark.slow

SPEC_ID = build_inputs()["connectionSpec"]["id"]
SCOPE = Scope("connections", "connectionSpec.id", SPEC_ID)
OTHER_SCOPE = Scope("connections", "connectionSpec.id", OTHER_SPEC["id"])


def count_lists(world: World) -> int:
    """Return the number of list pages without those that confirm creates."""
    lists = [request for request in world.emulator.journal() if request["path"].endswith("/connections")]
    return len([each for each in lists if each["method"] == "GET" and "orderby" not in each["query"]])


def test_the_list_is_filtered_by_the_spec_in_pages_of_a_hundred(world: World) -> None:
    world.create()

    queries = [request["query"] for request in world.emulator.journal() if request["path"].endswith("/connections")]
    assert queries[0] == {"property": f"connectionSpec.id=={SPEC_ID}", "limit": "100"}
    assert count_lists(world) == 1


def test_the_entities_are_listed_once_per_run_over_all_pages(world: World) -> None:
    for number in range(205):
        world.create_foreign(name=f"other {number}")
    last_id = world.create_foreign(name="the last")
    lifecycle = world.start_process().lifecycle

    for number in range(3):
        lifecycle.create(build_inputs(name=f"mine {number}"))
    with pytest.raises(AlreadyExists, match=last_id):
        lifecycle.create(build_inputs(name="the last"))

    assert count_lists(world) == 3


def test_a_refusal_does_not_list_again(world: World) -> None:
    world.create_foreign()
    lifecycle = world.start_process().lifecycle

    for _ in range(2):
        with pytest.raises(AlreadyExists):
            lifecycle.create(build_inputs())

    assert world.count_requests("GET", "/connections") == 1


def test_a_removed_entity_leaves_every_scope(world: World, created: CreatedResource) -> None:
    existing_entities = world.start_process().context.existing_entities
    counts = [len(existing_entities.find_by_name(scope, "lake")) for scope in (SCOPE, OTHER_SCOPE)]

    existing_entities.remove(created.id)

    assert counts == [1, 0]
    assert [existing_entities.find_by_name(scope, "lake") for scope in (SCOPE, OTHER_SCOPE)] == [[], []]


def test_an_entity_that_another_thread_records_during_a_refetch_is_kept(world: World) -> None:
    existing_entities = world.start_process().context.existing_entities
    existing_entities.find_by_name(SCOPE, "lake")
    world.emulator.fault(LIST_ROUTE, delayMs=500)
    with ThreadPoolExecutor(1) as threads:
        refetch = threads.submit(existing_entities.refetch_by_name, SCOPE, "lake")
        wait_until(world.emulator.has_met_all_faults)

        existing_entities.record(SCOPE, "created-meanwhile", "lake")

        assert {entity["id"] for entity in refetch.result()} <= {"created-meanwhile"}
    assert [entity["id"] for entity in existing_entities.find_by_name(SCOPE, "lake")] == ["created-meanwhile"]


def test_what_a_list_says_of_an_entity_that_is_written_while_it_is_read_is_outdated(world: World) -> None:
    id_ = world.create_foreign()
    existing_entities = world.start_process().context.existing_entities
    existing_entities.find_by_name(SCOPE, "lake")
    world.emulator.fault(LIST_ROUTE, delayMs=500)
    with ThreadPoolExecutor(1) as threads:
        refetch = threads.submit(existing_entities.refetch_by_name, SCOPE, "lake")
        wait_until(world.emulator.has_met_all_faults)

        existing_entities.mark_written(id_)

        refetch.result()
    assert existing_entities.find_by_id(SCOPE, id_) is None


def test_a_list_that_another_thread_reads_stops_nobody_who_does_not_need_it(world: World) -> None:
    existing_entities = world.start_process().context.existing_entities
    existing_entities.find_by_name(SCOPE, "lake")
    world.emulator.fault(LIST_ROUTE, delayMs=3000)
    with ThreadPoolExecutor(1) as threads:
        refetch = threads.submit(existing_entities.refetch_by_name, SCOPE, "lake")
        wait_until(world.emulator.has_met_all_faults)

        assert existing_entities.find_by_name(SCOPE, "lake") == []
        assert not refetch.done()


@pytest.mark.parametrize("spec", [None, "databricks", {}, {"id": "another"}], ids=str)
def test_entities_outside_the_filter_and_malformed_ones_are_no_duplicates(world: World, spec: Any) -> None:
    unfiltered_entity = {"id": "odd", "name": "lake", "connectionSpec": spec}
    malformed_entity = {**build_foreign_connection(), "id": 7}
    world.emulator.fault(LIST_ROUTE, status=200, body={"items": [unfiltered_entity, malformed_entity]})

    created = world.create()

    assert world.get_connection()["id"] == created.id


def test_an_entity_that_this_run_renames_is_known_by_its_new_name_only(world: World) -> None:
    lifecycle = world.start_process().lifecycle
    created = lifecycle.create(build_inputs())
    lifecycle.update(created.id, created.outputs, build_inputs(name="renamed"))

    lifecycle.create(build_inputs(owner="project/dev/second"))
    with pytest.raises(DuplicateDeclaration, match='"renamed"'):
        lifecycle.create(build_inputs(name="renamed", owner="project/dev/third"))

    assert sorted(connection["name"] for connection in world.list_connections()) == ["lake", "renamed"]
    assert count_lists(world) == 1


@pytest.mark.parametrize("body", [{}, {"connectionSpec": {}}, {"connectionSpec": {"id": UNKNOWN}}], ids=str)
def test_body_with_an_unknown_spec_has_no_scope(body: dict[str, Any]) -> None:
    assert build_scope(DATABRICKS, body) is None


def test_an_own_entity_that_an_older_list_lacks_stays_known_and_a_deleted_one_stays_unknown(world: World) -> None:
    existing_entities = world.start_process().context.existing_entities
    existing_entities.find_by_name(SCOPE, "lake")
    deleted_id = world.create_foreign()

    existing_entities.record(SCOPE, "created", "lake")
    existing_entities.remove(deleted_id)

    assert [entity["id"] for entity in existing_entities.refetch_by_name(SCOPE, "lake")] == ["created"]


def test_page_of_the_newest_entities_adds_to_each_scope_and_replaces_nothing(world: World) -> None:
    existing_entities = world.start_process().context.existing_entities
    for scope in (SCOPE, OTHER_SCOPE):
        existing_entities.find_by_name(scope, "lake")
    existing_entities.record(SCOPE, "own", "renamed")
    existing_entities.remove("deleted")
    page: list[dict[str, Any]] = [
        *({"id": id_, "name": "lake", "connectionSpec": {"id": SPEC_ID}} for id_ in ("own", "deleted", "foreign")),
        {"id": "of another source", "name": "lake", "connectionSpec": OTHER_SPEC},
        {"id": {}, "name": "lake", "connectionSpec": {"id": SPEC_ID}},
    ]

    existing_entities.add_created("connections", page)
    existing_entities.add_created("flows", [{"id": "flow", "name": "lake", "connectionSpec": {"id": SPEC_ID}}])

    assert [entity["id"] for entity in existing_entities.find_by_name(SCOPE, "lake")] == ["foreign"]
    assert [entity["id"] for entity in existing_entities.find_by_name(SCOPE, "renamed")] == ["own"]
    assert [entity["id"] for entity in existing_entities.find_by_name(OTHER_SCOPE, "lake")] == ["of another source"]
