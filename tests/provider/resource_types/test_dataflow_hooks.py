"""Source connections, target connections and dataflows over HTTP, as the plugin does it."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import InvalidRequest, NotFound
from pulumi_adobe.lifecycle.errors import AlreadyExists, PartialFailure, StillInUse
from pulumi_adobe.schema.values import UNKNOWN
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World, build_inputs
from tests.provider.resources.flow_world import (
    DATASET_ID,
    MAPPING,
    SCHEMA_ID,
    SOURCE_CONNECTION,
    TARGET_CONNECTION,
    FlowWorld,
    build_source_inputs,
    build_target_inputs,
    format_time_from_now,
)

DAY = 86400


@pytest.fixture
def ways(emulator: EmulatorProcess) -> FlowWorld:
    return FlowWorld(World(emulator))


def test_the_columns_that_are_left_out_are_those_of_the_table(ways: FlowWorld) -> None:
    entity = ways.world.start_process().service.get("sourceConnections", ways.source_connection.id)

    names = [column["name"] for column in ways.source_connection.outputs["columns"]]
    assert names == ["order_id", "customer_id", "amount", "ordered_at"]
    assert entity["params"]["columns"] == ways.source_connection.outputs["columns"]
    assert not ways.create_lifecycle(SOURCE_CONNECTION).diff(
        ways.source_connection.id, ways.source_connection.outputs, build_source_inputs(ways.base_connection_id)
    )


def test_the_schema_that_is_left_out_is_that_of_the_dataset(ways: FlowWorld) -> None:
    assert ways.target_connection.outputs["schemaId"] == SCHEMA_ID
    assert not ways.create_lifecycle(TARGET_CONNECTION).diff(
        ways.target_connection.id, ways.target_connection.outputs, build_target_inputs()
    )


def test_a_name_is_changed_and_what_is_read_replaces(ways: FlowWorld) -> None:
    named = build_source_inputs(ways.base_connection_id, name="renamed", description="d")
    after = ways.create_lifecycle(SOURCE_CONNECTION).update(
        ways.source_connection.id, ways.source_connection.outputs, named
    )
    replaced = ways.create_lifecycle(SOURCE_CONNECTION).diff(
        ways.source_connection.id, after, {**named, "tableName": "acme.customers"}
    )

    assert (
        ways.create_lifecycle(SOURCE_CONNECTION)
        .diff(ways.source_connection.id, ways.source_connection.outputs, named)
        .replaces
        == ()
    )
    assert (
        after["etag"] == ways.world.start_process().service.get("sourceConnections", ways.source_connection.id)["etag"]
    )
    assert after["columns"] == ways.source_connection.outputs["columns"]
    assert replaced.replaces == ("tableName",)


def test_a_flow_is_the_request_of_the_documents(ways: FlowWorld) -> None:
    start = format_time_from_now(600)
    created = ways.create_lifecycle().create(ways.build_dataflow_inputs(startTime=start, backfill=False))

    (post,) = [each for each in ways.world.emulator.journal() if each["path"].endswith("/flows") and each["effect"]]
    params = {"mappingId": created.outputs["mappingSetId"], "mappingVersion": 0}
    body = post["body"]
    assert body["transformations"] == [
        {"name": "Copy", "params": {"deltaColumn": {"name": "ordered_at"}}},
        {"name": "Mapping", "params": params},
    ]
    assert body["flowSpec"] == {"id": "14518937-270c-4525-bdec-c2ba7cce3860", "version": "1.0"}
    assert isinstance(body["scheduleParams"]["startTime"], int)
    assert {**body["scheduleParams"], "startTime": 0} == {
        "startTime": 0,
        "frequency": "day",
        "interval": 1,
        "backfill": False,
    }
    assert "mapping" not in body
    assert created.outputs["effectiveStart"] == start


def test_a_flow_that_is_read_is_the_flow_that_was_made(ways: FlowWorld) -> None:
    wanted = ways.build_dataflow_inputs(startTime=format_time_from_now(600))
    created = ways.create_lifecycle().create(wanted)

    found = ways.create_lifecycle().read(created.id, created.outputs)

    assert found is not None
    assert found.outputs == created.outputs
    assert found.inputs == wanted
    assert not ways.create_lifecycle().diff(created.id, found.outputs, wanted)


def test_numbers_and_flags_that_come_as_texts_are_the_same(ways: FlowWorld) -> None:
    wanted = ways.build_dataflow_inputs(backfill=True)
    created = ways.create_lifecycle().create(wanted)
    entity = ways.get_dataflow(created.id)
    texts = {name: str(value).lower() for name, value in entity["scheduleParams"].items()}
    mapping = {"name": "Mapping", "params": {"mappingId": created.outputs["mappingSetId"], "mappingVersion": "0"}}
    odd = {**entity, "scheduleParams": texts, "transformations": [mapping, entity["transformations"][0]]}
    ways.world.emulator.fault("GET /flows/{id}", status=200, body={"items": [odd]})

    found = ways.create_lifecycle().read(created.id, created.outputs)

    assert found is not None
    assert not ways.create_lifecycle().diff(created.id, found.outputs, wanted)


def _patches(ways: FlowWorld) -> list[Any]:
    return [each["body"] for each in ways.world.emulator.journal() if each["method"] == "PATCH"]


def test_a_new_mapping_is_a_new_set_and_one_transformation(ways: FlowWorld) -> None:
    created = ways.create_lifecycle().create(ways.build_dataflow_inputs())
    wanted = ways.build_dataflow_inputs(mapping={**MAPPING, "ordered_at": "timestamp"})

    assert ways.create_lifecycle().diff(created.id, created.outputs, wanted)
    after = ways.create_lifecycle().update(created.id, created.outputs, wanted)

    ((operation,),) = _patches(ways)
    assert (operation["op"], operation["path"]) == ("replace", "/transformations/1")
    assert operation["value"]["params"]["mappingId"] == after["mappingSetId"] != created.outputs["mappingSetId"]
    assert not ways.create_lifecycle().diff(created.id, after, wanted)


def test_a_schedule_is_patched_by_its_members(ways: FlowWorld) -> None:
    created = ways.create_lifecycle().create(ways.build_dataflow_inputs(startTime=format_time_from_now(600)))
    later = format_time_from_now(1200)
    wanted = ways.build_dataflow_inputs(startTime=later, frequency="hour", interval=6)

    assert ways.create_lifecycle().diff(created.id, created.outputs, wanted).replaces == ()
    after = ways.create_lifecycle().update(created.id, created.outputs, wanted)

    (operations,) = _patches(ways)
    paths = {operation["path"] for operation in operations}
    assert paths == {"/scheduleParams/startTime", "/scheduleParams/frequency", "/scheduleParams/interval"}
    assert after["effectiveStart"] == later
    assert not ways.create_lifecycle().diff(created.id, after, wanted)


def test_another_delta_column_is_another_transformation(ways: FlowWorld) -> None:
    created = ways.create_lifecycle().create(ways.build_dataflow_inputs())

    ways.create_lifecycle().update(created.id, created.outputs, ways.build_dataflow_inputs(deltaColumn="updated_at"))

    ((operation,),) = _patches(ways)
    assert operation["path"] == "/transformations/0"
    assert operation["value"]["params"]["deltaColumn"] == {"name": "updated_at"}


@pytest.mark.parametrize(
    ("changed", "replaces"),
    [
        ({"startTime": "2099-01-01T00:00:00Z"}, ("startTime",)),
        ({"backfill": False}, ("backfill",)),
        ({"frequency": "once", "interval": None, "deltaColumn": None}, ("frequency",)),
        ({"frequency": "week"}, ()),
        ({"flowSpecName": "CloudStorageToAEP"}, ("flowSpecName", "flowSpec")),
        ({"targetConnectionIds": ["other"]}, ("targetConnectionIds",)),
        ({"sourceConnectionIds": [UNKNOWN]}, ("sourceConnectionIds",)),
    ],
    ids=str,
)
def test_what_adobe_lets_nobody_change_replaces(
    ways: FlowWorld, changed: dict[str, Any], replaces: tuple[str, ...]
) -> None:
    created = ways.create_lifecycle().create(ways.build_dataflow_inputs(startTime=format_time_from_now(600)))
    begun = {**created.outputs, "startTime": "2026-01-01T00:00:00Z", "effectiveStart": "2026-01-01T00:00:00Z"}
    wanted = ways.build_dataflow_inputs(**{"startTime": "2026-01-01T00:00:00Z", **changed})

    found = ways.create_lifecycle().diff(created.id, begun, wanted)

    assert found.replaces == replaces
    assert bool(found)


def test_a_start_that_has_passed_moves_on_with_a_replacement(ways: FlowWorld) -> None:
    process = ways.world.start_process()
    wanted = ways.build_dataflow_inputs(startTime="2026-01-01T03:00:00Z")
    process.context.claims.record_check(wanted, exists=True)

    assert list(ways.create_lifecycle(process=process).validate({}, wanted)) == []
    created = ways.create_lifecycle(process=process).create(wanted)

    assert created.outputs["startTime"] == "2026-01-01T03:00:00Z"
    assert created.outputs["effectiveStart"].endswith("T03:00:00Z")
    assert created.outputs["effectiveStart"] > format_time_from_now(0)
    assert "its start has passed, so it begins at" in process.messages[0]
    assert not ways.create_lifecycle().diff(created.id, created.outputs, wanted)
    found = ways.create_lifecycle().read(created.id, created.outputs)
    assert found is not None
    assert found.inputs["startTime"] == "2026-01-01T03:00:00Z"


def test_a_single_run_that_is_replaced_begins_at_once(ways: FlowWorld) -> None:
    once = ways.build_dataflow_inputs(
        startTime="2026-01-01T03:00:00Z", frequency="once", interval=None, deltaColumn=None
    )

    created = ways.create_lifecycle().create(once)

    assert format_time_from_now(0) < created.outputs["effectiveStart"] <= format_time_from_now(61)


def test_it_is_switched_off_and_on(ways: FlowWorld) -> None:
    created = ways.create_lifecycle().create(ways.build_dataflow_inputs(enabled=False))
    assert created.outputs["state"] == "disabled"
    assert created.outputs["etag"] == ways.get_dataflow(created.id)["etag"]

    on = ways.build_dataflow_inputs()
    assert ways.create_lifecycle().diff(created.id, created.outputs, on)
    after = ways.create_lifecycle().update(created.id, created.outputs, on)

    assert (after["state"], after["enabled"]) == ("enabled", True)
    assert after["etag"] == ways.get_dataflow(created.id)["etag"]
    assert ways.get_dataflow(created.id)["state"] == "enabled"
    assert _patches(ways) == []


def test_what_somebody_switched_off_moved_or_mapped_anew_is_drift_and_repaired(ways: FlowWorld) -> None:
    wanted = ways.build_dataflow_inputs(startTime=format_time_from_now(600))
    created = ways.create_lifecycle().create(wanted)
    service = ways.world.start_process().service
    service.run_action("flows", created.id, "disable")
    entity = ways.get_dataflow(created.id)
    other = service.request(
        "POST", "/data/foundation/conversion/mappingSets", json={"xdmSchema": SCHEMA_ID, "mappings": []}
    ).json_object(str)["id"]
    mapped = {"name": "Mapping", "params": {"mappingId": other, "mappingVersion": 0}}
    service.update(
        "flows",
        created.id,
        [
            {"op": "replace", "path": "/transformations/1", "value": mapped},
            {"op": "replace", "path": "/scheduleParams/startTime", "value": entity["scheduleParams"]["startTime"] + 60},
        ],
        entity["etag"],
    )

    found = ways.create_lifecycle().read(created.id, created.outputs)
    assert found is not None
    assert found.inputs["enabled"] is False
    assert found.inputs["startTime"] != wanted["startTime"]
    after = ways.create_lifecycle().update(created.id, found.outputs, wanted)

    repaired = ways.get_dataflow(created.id)
    assert repaired["state"] == "enabled"
    assert repaired["transformations"][1]["params"]["mappingId"] == created.outputs["mappingSetId"]
    assert repaired["scheduleParams"]["startTime"] == entity["scheduleParams"]["startTime"]
    assert not ways.create_lifecycle().diff(created.id, after, wanted)


def test_a_flow_whose_switching_off_failed_is_kept(ways: FlowWorld) -> None:
    ways.world.emulator.fault("POST /flows/{id}/action", status=403, body={"error_code": "403027"})

    with pytest.raises(PartialFailure) as kept:
        ways.create_lifecycle().create(ways.build_dataflow_inputs(enabled=False))

    after = ways.create_lifecycle().update(kept.value.id, kept.value.outputs, ways.build_dataflow_inputs(enabled=False))
    assert after["state"] == "disabled"


def test_drafts_are_published_when_they_are_no_longer_declared_as_such(ways: FlowWorld) -> None:
    created = ways.create_lifecycle().create(ways.build_dataflow_inputs(draft=True))
    assert created.outputs["state"] == "draft"
    assert not ways.create_lifecycle().diff(created.id, created.outputs, ways.build_dataflow_inputs(draft=True))

    after = ways.create_lifecycle().update(created.id, created.outputs, ways.build_dataflow_inputs())

    assert after["state"] == "enabled"
    assert ways.create_lifecycle().diff(created.id, after, ways.build_dataflow_inputs(draft=True)).replaces == (
        "draft",
    )


def test_what_a_flow_needs_is_not_deleted_under_it(ways: FlowWorld) -> None:
    created = ways.create_lifecycle().create(ways.build_dataflow_inputs())
    for declaration, each in ((SOURCE_CONNECTION, ways.source_connection), (TARGET_CONNECTION, ways.target_connection)):
        with pytest.raises(StillInUse, match=f'"orders-daily" .{created.id}'):
            ways.create_lifecycle(declaration).delete(each.id, each.outputs)
    process = ways.world.start_process()
    base = process.lifecycle

    # One process, as `destroy` is: the list of flows is read once, and follows our own deletions.
    ways.create_lifecycle(process=process).delete(created.id, created.outputs)
    ways.create_lifecycle(TARGET_CONNECTION, process).delete(ways.target_connection.id, ways.target_connection.outputs)
    ways.create_lifecycle(SOURCE_CONNECTION, process).delete(ways.source_connection.id, ways.source_connection.outputs)
    base.delete(ways.base_connection_id, {**build_inputs(), "sandboxName": "dev"})

    kept = ways.world.emulator.entities()
    assert (
        ways.world.list_connections() == kept["flows"] == kept["sourceConnections"] == kept["targetConnections"] == []
    )


def test_names_that_are_taken_are_taken_over_only_when_asked(ways: FlowWorld) -> None:
    created = ways.create_lifecycle().create(ways.build_dataflow_inputs(startTime=format_time_from_now(600)))
    with pytest.raises(AlreadyExists, match=created.id):
        ways.create_lifecycle().create(ways.build_dataflow_inputs())

    process = ways.world.start_process(Options(test="off", adopt=(created.id,)))
    adopted = ways.create_lifecycle(process=process).create(ways.build_dataflow_inputs(interval=2))

    assert adopted.id == created.id
    assert ways.get_dataflow(created.id)["scheduleParams"]["interval"] == 2
    assert adopted.outputs["effectiveStart"] == created.outputs["effectiveStart"]


def test_two_of_one_name_on_two_base_connections_are_no_duplicates(ways: FlowWorld) -> None:
    other = ways.world.start_process().lifecycle.create(build_inputs(name="other")).id

    ways.create_lifecycle(SOURCE_CONNECTION).create(build_source_inputs(other))

    assert len(ways.world.emulator.entities()["sourceConnections"]) == 2


def test_rows_arrive(ways: FlowWorld) -> None:
    ways.create_lifecycle().create(ways.build_dataflow_inputs())

    ways.world.emulator.turn_clock(120)

    assert ways.world.emulator.rows(DATASET_ID)[0] == {"_id": "O-5001", "_acme": {"amount": 19.9}}


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"frequency": "month"}, "schedule.frequency must be one of once, minute, hour, day, week"),
        ({"interval": 0}, "schedule.interval must be at least 1 for day"),
        ({"frequency": "minute", "interval": 14}, "schedule.interval must be at least 15 for minute"),
        ({"interval": None}, "schedule.interval is missing"),
        ({"deltaColumn": None}, "schedule.delta_column is missing"),
        ({"frequency": "once", "deltaColumn": None}, "schedule.interval is not allowed with once"),
        ({"frequency": "once", "interval": None}, "schedule.delta_column is not allowed with once"),
        ({"startTime": "2026-01-01T00:00:00Z"}, "schedule.start has passed: 2026-01-01T00:00:00Z"),
        ({"mapping": {}}, "mapping: needs at least one column"),
        ({"mapping": {"amount": "_id", "order_id": "_id"}}, "mapping: amount, order_id go to one path, _id"),
        (
            {"mapping": {"amont": "_id"}},
            "mapping.amont: the source connection reads no such column; did you mean amount?",
        ),
        (
            {"mapping": {"amount": "_acme.amout"}},
            "mapping.amount: the schema has no path _acme.amout; did you mean _acme.amount?",
        ),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_flow_is_told_in_the_programs_words(
    ways: FlowWorld, changed: dict[str, Any], problem: str
) -> None:
    assert list(ways.create_lifecycle().validate({}, ways.build_dataflow_inputs(**changed))) == [problem]


def test_what_is_not_known_yet_is_not_judged_and_what_is_the_same_not_asked_for(ways: FlowWorld) -> None:
    created = ways.create_lifecycle().create(ways.build_dataflow_inputs())
    unknown = ways.build_dataflow_inputs(sourceConnectionIds=[UNKNOWN], targetConnectionIds=UNKNOWN, frequency=UNKNOWN)
    ways.world.emulator.clear_journal()

    assert list(ways.create_lifecycle().validate({}, unknown)) == []
    assert list(ways.create_lifecycle().validate(created.outputs, ways.build_dataflow_inputs())) == []
    assert (
        list(
            ways.create_lifecycle(SOURCE_CONNECTION).validate(
                ways.source_connection.outputs, build_source_inputs(ways.base_connection_id)
            )
        )
        == []
    )
    assert (
        list(ways.create_lifecycle(TARGET_CONNECTION).validate(ways.target_connection.outputs, build_target_inputs()))
        == []
    )
    assert ways.world.emulator.journal() == []


def test_columns_that_the_table_lacks_are_named(ways: FlowWorld) -> None:
    wanted = build_source_inputs(ways.base_connection_id, columns=[{"name": "order_id"}, {"name": "amont"}])

    problems = list(ways.create_lifecycle(SOURCE_CONNECTION).validate({}, wanted))

    assert problems == ["columns: acme.orders has no column amont; did you mean amount?"]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [({"tableName": None}, "table: is missing"), ({"format": "json", "tableName": None}, "path: is missing")],
)
def test_a_source_connection_reads_something(ways: FlowWorld, changed: dict[str, Any], problem: str) -> None:
    assert list(
        ways.create_lifecycle(SOURCE_CONNECTION).validate({}, build_source_inputs(ways.base_connection_id, **changed))
    ) == [problem]


def test_a_dataset_that_is_none_and_a_schema_that_is_not_its_own_are_named(ways: FlowWorld) -> None:
    missing = ways.create_lifecycle(TARGET_CONNECTION).validate({}, build_target_inputs(dataSetId="nowhere"))
    other = ways.create_lifecycle(TARGET_CONNECTION).validate(
        {}, build_target_inputs(schemaId="https://ns.adobe.com/acme/schemas/customers")
    )

    assert list(missing) == ["dataset_id: there is no dataset nowhere in this sandbox"]
    assert list(other) == [f"schema_id: the dataset {DATASET_ID} has the schema {SCHEMA_ID}"]


def test_neighbours_out_of_reach_are_a_warning(ways: FlowWorld) -> None:
    process = ways.world.start_process()
    for route in (
        "GET /data/foundation/catalog/dataSets/{id}",
        "GET /connections/{id}/explore",
        "GET /sourceConnections/{id}",
    ):
        ways.world.emulator.fault(route, status=500, times=99)

    assert list(ways.create_lifecycle(TARGET_CONNECTION, process).validate({}, build_target_inputs())) == []
    assert (
        list(
            ways.create_lifecycle(SOURCE_CONNECTION, process).validate(
                {}, build_source_inputs(ways.base_connection_id, columns=[{"name": "x"}])
            )
        )
        == []
    )
    assert list(ways.create_lifecycle(process=process).validate({}, ways.build_dataflow_inputs())) == []
    assert [line.split(" could not")[0] for line in process.messages] == [
        f"warning: the dataset {DATASET_ID}",
        "warning: the columns of acme.orders",
        "warning: the mapping",
    ]


def test_a_flow_spec_that_is_none_and_a_mapping_set_without_an_id_are_errors(ways: FlowWorld) -> None:
    with pytest.raises(NotFound, match="no flow spec Other"):
        ways.create_lifecycle().create(ways.build_dataflow_inputs(flowSpecName="Other"))
    ways.world.emulator.fault("POST /data/foundation/conversion/mappingSets", status=200, body={"version": 0})
    with pytest.raises(Exception, match="without an id"):
        ways.create_lifecycle().create(ways.build_dataflow_inputs())
    with pytest.raises(InvalidRequest, match="not found in the schema"):
        ways.create_lifecycle().create(ways.build_dataflow_inputs(mapping={"amount": "nowhere"}))

    assert ways.world.emulator.entities()["flows"] == []
