"""What a run lists once and then keeps: what exists already, the pages of a refresh, the dataflows in the way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.lifecycle.cache.existing_entities import Scope, build_scope
from pulumi_adobe.lifecycle.errors import AlreadyExists
from pulumi_adobe.resource_types.databricks import SCHEMA as DATABRICKS
from pulumi_adobe.schema.values import UNKNOWN
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World, build_foreign_connection, build_inputs
from tests.provider.resources.flow_world import DATAFLOW, SOURCE_CONNECTION, FlowWorld
from tests.waiting import wait_until

OTHER_SPEC = {"id": "ecadc60c-7455-4d87-84dc-2a0e293d997b", "version": "1.0"}


def queries(emulator: EmulatorProcess, end: str) -> list[Any]:
    return [each["query"] for each in emulator.journal() if each["method"] == "GET" and each["path"].endswith(end)]


def test_what_is_deleted_is_taken_from_the_list_that_has_it_and_no_other_minds(world: World) -> None:
    made = world.start_process().lifecycle.create(build_inputs())
    existing = world.start_process().context.existing_entities
    scopes = [
        Scope("connections", "connectionSpec.id", spec["id"]) for spec in (build_inputs()["connectionSpec"], OTHER_SPEC)
    ]
    found = [existing.find_by_name(scope, "lake") for scope in scopes]

    existing.remove(made.id)

    assert [len(each) for each in found] == [1, 0]
    assert [existing.find_by_name(scope, "lake") for scope in scopes] == [[], []]


def test_what_another_thread_makes_while_the_list_is_read_anew_stays_in_it(world: World) -> None:
    existing = world.start_process().context.existing_entities
    scope = Scope("connections", "connectionSpec.id", build_inputs()["connectionSpec"]["id"])
    existing.find_by_name(scope, "lake")
    world.emulator.fault("GET /connections", delayMs=500)
    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(existing.refetch_by_name, scope, "lake")
        wait_until(world.emulator.has_met_all_faults)

        existing.record(scope, "made-meanwhile", "lake")

        assert reading.result() == []
    assert [each["id"] for each in existing.find_by_name(scope, "lake")] == ["made-meanwhile"]


@pytest.mark.parametrize("spec", [None, "databricks", {}, {"id": "another"}], ids=str)
def test_what_a_service_lists_beyond_what_was_asked_for_is_no_match(world: World, spec: Any) -> None:
    odd = [{"id": "odd", "name": "lake", "connectionSpec": spec}, {"id": 7, "name": "lake", **build_foreign_connection()}]
    world.emulator.fault("GET /connections", status=200, body={"items": odd})

    made = world.start_process().lifecycle.create(build_inputs())

    assert [each["id"] for each in world.list_connections()] == [made.id]


def test_the_look_up_asks_for_one_spec_a_hundred_at_a_time(world: World) -> None:
    world.start_process().lifecycle.create(build_inputs())

    spec = build_inputs()["connectionSpec"]["id"]
    assert queries(world.emulator, "/connections") == [{"property": f"connectionSpec.id=={spec}", "limit": "100"}]


def test_names_are_compared_as_they_are(world: World) -> None:
    world.emulator.foreign_create(**build_foreign_connection(name="Lake"))

    world.start_process().lifecycle.create(build_inputs())

    assert len(world.list_connections()) == 2


def test_what_this_run_renames_is_known_by_its_new_name_alone(world: World) -> None:
    process = world.start_process()
    made = process.lifecycle.create(build_inputs())
    process.lifecycle.update(made.id, made.outputs, build_inputs(name="renamed"))

    process.lifecycle.create(build_inputs(owner="project/dev/second"))
    with pytest.raises(Exception, match="both declare"):
        process.lifecycle.create(build_inputs(name="renamed", owner="project/dev/third"))

    assert sorted(each["name"] for each in world.list_connections()) == ["lake", "renamed"]
    assert world.count_requests("GET", "/connections") == 1


def test_once_the_pages_are_read_everything_else_is_asked_for_by_its_id(world: World) -> None:
    made = [world.start_process().lifecycle.create(build_inputs(name=name)) for name in ("a", "b", "c")]
    for each in made[:2]:
        world.emulator.foreign_delete(each.id)
    process = world.start_process(Options(test="off", refresh_from="list"))

    found = [process.lifecycle.read(each.id, each.outputs) for each in made]

    assert [each is None for each in found] == [True, True, False]


def test_dataflows_are_listed_a_hundred_at_a_time_and_once_however_many_are_deleted(emulator: EmulatorProcess) -> None:
    ways = FlowWorld(World(emulator))
    flow = ways.create(DATAFLOW, ways.build_dataflow_inputs())
    emulator.clear_journal()
    process = ways.world.start_process()
    in_the_way = process.context.dataflows.list_using(ways.source_connection.id)
    ways.create_lifecycle(DATAFLOW, process).delete(flow.id, flow.outputs)
    ways.create_lifecycle(SOURCE_CONNECTION, process).delete(ways.source_connection.id, ways.source_connection.outputs)

    assert [each.id for each in in_the_way] == [flow.id]
    assert queries(emulator, "/flows") == [{"limit": "100"}]


def test_nothing_hangs_on_a_dataflow(emulator: EmulatorProcess) -> None:
    ways = FlowWorld(World(emulator))
    flow = ways.create(DATAFLOW, ways.build_dataflow_inputs())
    emulator.clear_journal()

    ways.create_lifecycle(DATAFLOW).delete(flow.id, flow.outputs)

    assert [each["method"] for each in emulator.journal() if "/flowservice/" in each["path"]] == ["DELETE"]


def test_the_columns_of_a_table_are_asked_for_once_in_adobes_words(emulator: EmulatorProcess) -> None:
    ways = FlowWorld(World(emulator))
    emulator.clear_journal()
    explored = ways.world.start_process().context.metadata

    first, second = (explored.get_columns(ways.base_connection_id, "acme.orders") for _ in range(2))

    assert first == second
    assert [each["name"] for each in first] == ["order_id", "customer_id", "amount", "ordered_at"]
    assert queries(emulator, "/explore") == [{"objectType": "table", "object": "acme.orders"}]


@pytest.mark.parametrize(
    "answer", [[], {}, {"schema": None}, {"schema": {"columns": {}}}, {"schema": {"columns": [7]}}]
)
def test_a_table_of_an_odd_shape_has_no_columns(world: World, answer: Any) -> None:
    world.emulator.fault("GET /connections/{id}/explore", status=200, body=answer)

    assert world.start_process().context.metadata.get_columns("any", "acme.orders") == []


@pytest.mark.parametrize(("shown", "version"), [({}, "1.0"), ({"version": "1.7"}, "1.7")])
def test_a_flow_spec_is_asked_for_by_its_name_and_has_a_version(
    world: World, shown: dict[str, str], version: str
) -> None:
    found = [{"id": "another", "name": "Other"}, {"id": "spec-1", "name": "CRMToAEP", **shown}]
    world.emulator.fault("GET /flowSpecs", status=200, body={"items": found})

    assert world.start_process().context.metadata.get_flow_spec("CRMToAEP") == {"id": "spec-1", "version": version}
    assert queries(world.emulator, "/flowSpecs") == [{"property": 'name=="CRMToAEP"'}]


def test_a_flow_spec_that_is_none_is_told_with_those_that_there_are(world: World) -> None:
    with pytest.raises(NotFound) as unknown:
        world.start_process().context.metadata.get_flow_spec("Nothing")

    assert str(unknown.value) == (
        "There is no flow spec Nothing.\nCRMToAEP is for tables, CloudStorageToAEP for files."
    )


def test_a_refusal_is_not_listed_anew(world: World) -> None:
    world.emulator.foreign_create(**build_foreign_connection())
    lifecycle = world.start_process().lifecycle

    for _ in range(2):
        with pytest.raises(AlreadyExists):
            lifecycle.create(build_inputs())

    assert world.count_requests("GET", "/connections") == 1


@pytest.mark.parametrize("body", [{}, {"connectionSpec": {}}, {"connectionSpec": {"id": UNKNOWN}}], ids=str)
def test_where_the_spec_is_not_known_nothing_can_be_a_duplicate(body: dict[str, Any]) -> None:
    assert build_scope(DATABRICKS, body) is None
