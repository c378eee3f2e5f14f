"""Source connections, target connections and dataflows over HTTP, as the plugin does it."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import InvalidRequest, NotFound
from pulumi_adobe.lifecycle.errors import AlreadyExists, PartialFailure, StillInUse
from pulumi_adobe.schema.values import UNKNOWN
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World, inputs
from tests.provider.resources.flow_world import (
    DATASET,
    MAPPING,
    SCHEMA,
    SOURCE,
    TARGET,
    FlowWorld,
    in_seconds,
    source_inputs,
    target_inputs,
)

DAY = 86400


@pytest.fixture
def ways(emulator: EmulatorProcess) -> FlowWorld:
    return FlowWorld(World(emulator))


def test_the_columns_that_are_left_out_are_those_of_the_table(ways: FlowWorld) -> None:
    entity = ways.world.process().service.get("sourceConnections", ways.source.id)

    names = [column["name"] for column in ways.source.outputs["columns"]]
    assert names == ["order_id", "customer_id", "amount", "ordered_at"]
    assert entity["params"]["columns"] == ways.source.outputs["columns"]
    assert not ways.life(SOURCE).diff(ways.source.id, ways.source.outputs, source_inputs(ways.base))


def test_the_schema_that_is_left_out_is_that_of_the_dataset(ways: FlowWorld) -> None:
    assert ways.target.outputs["schemaId"] == SCHEMA
    assert not ways.life(TARGET).diff(ways.target.id, ways.target.outputs, target_inputs())


def test_a_name_is_changed_and_what_is_read_replaces(ways: FlowWorld) -> None:
    named = source_inputs(ways.base, name="renamed", description="d")
    after = ways.life(SOURCE).update(ways.source.id, ways.source.outputs, named)
    replaced = ways.life(SOURCE).diff(ways.source.id, after, {**named, "tableName": "acme.customers"})

    assert ways.life(SOURCE).diff(ways.source.id, ways.source.outputs, named).replaces == ()
    assert after["etag"] == ways.world.process().service.get("sourceConnections", ways.source.id)["etag"]
    assert after["columns"] == ways.source.outputs["columns"]
    assert replaced.replaces == ("tableName",)


def test_a_flow_is_the_request_of_the_documents(ways: FlowWorld) -> None:
    start = in_seconds(600)
    created = ways.life().create(ways.flow_inputs(startTime=start, backfill=False))

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
    wanted = ways.flow_inputs(startTime=in_seconds(600))
    created = ways.life().create(wanted)

    found = ways.life().read(created.id, created.outputs)

    assert found is not None
    assert found.outputs == created.outputs
    assert found.inputs == wanted
    assert not ways.life().diff(created.id, found.outputs, wanted)


def test_numbers_and_flags_that_come_as_texts_are_the_same(ways: FlowWorld) -> None:
    wanted = ways.flow_inputs(backfill=True)
    created = ways.life().create(wanted)
    entity = ways.flow(created.id)
    texts = {name: str(value).lower() for name, value in entity["scheduleParams"].items()}
    mapping = {"name": "Mapping", "params": {"mappingId": created.outputs["mappingSetId"], "mappingVersion": "0"}}
    odd = {**entity, "scheduleParams": texts, "transformations": [mapping, entity["transformations"][0]]}
    ways.world.emulator.fault("GET /flows/{id}", status=200, body={"items": [odd]})

    found = ways.life().read(created.id, created.outputs)

    assert found is not None
    assert not ways.life().diff(created.id, found.outputs, wanted)


def _patches(ways: FlowWorld) -> list[Any]:
    return [each["body"] for each in ways.world.emulator.journal() if each["method"] == "PATCH"]


def test_a_new_mapping_is_a_new_set_and_one_transformation(ways: FlowWorld) -> None:
    created = ways.life().create(ways.flow_inputs())
    wanted = ways.flow_inputs(mapping={**MAPPING, "ordered_at": "timestamp"})

    assert ways.life().diff(created.id, created.outputs, wanted)
    after = ways.life().update(created.id, created.outputs, wanted)

    ((operation,),) = _patches(ways)
    assert (operation["op"], operation["path"]) == ("replace", "/transformations/1")
    assert operation["value"]["params"]["mappingId"] == after["mappingSetId"] != created.outputs["mappingSetId"]
    assert not ways.life().diff(created.id, after, wanted)


def test_a_schedule_is_patched_by_its_members(ways: FlowWorld) -> None:
    created = ways.life().create(ways.flow_inputs(startTime=in_seconds(600)))
    later = in_seconds(1200)
    wanted = ways.flow_inputs(startTime=later, frequency="hour", interval=6)

    assert ways.life().diff(created.id, created.outputs, wanted).replaces == ()
    after = ways.life().update(created.id, created.outputs, wanted)

    (operations,) = _patches(ways)
    paths = {operation["path"] for operation in operations}
    assert paths == {"/scheduleParams/startTime", "/scheduleParams/frequency", "/scheduleParams/interval"}
    assert after["effectiveStart"] == later
    assert not ways.life().diff(created.id, after, wanted)


def test_another_delta_column_is_another_transformation(ways: FlowWorld) -> None:
    created = ways.life().create(ways.flow_inputs())

    ways.life().update(created.id, created.outputs, ways.flow_inputs(deltaColumn="updated_at"))

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
    created = ways.life().create(ways.flow_inputs(startTime=in_seconds(600)))
    begun = {**created.outputs, "startTime": "2026-01-01T00:00:00Z", "effectiveStart": "2026-01-01T00:00:00Z"}
    wanted = ways.flow_inputs(**{"startTime": "2026-01-01T00:00:00Z", **changed})

    found = ways.life().diff(created.id, begun, wanted)

    assert found.replaces == replaces
    assert bool(found)


def test_a_start_that_has_passed_moves_on_with_a_replacement(ways: FlowWorld) -> None:
    process = ways.world.process()
    wanted = ways.flow_inputs(startTime="2026-01-01T03:00:00Z")
    process.run.claims.record_check(wanted, exists=True)

    assert list(ways.life(process=process).validate({}, wanted)) == []
    created = ways.life(process=process).create(wanted)

    assert created.outputs["startTime"] == "2026-01-01T03:00:00Z"
    assert created.outputs["effectiveStart"].endswith("T03:00:00Z")
    assert created.outputs["effectiveStart"] > in_seconds(0)
    assert "its start has passed, so it begins at" in process.said[0]
    assert not ways.life().diff(created.id, created.outputs, wanted)
    found = ways.life().read(created.id, created.outputs)
    assert found is not None
    assert found.inputs["startTime"] == "2026-01-01T03:00:00Z"


def test_a_single_run_that_is_replaced_begins_at_once(ways: FlowWorld) -> None:
    once = ways.flow_inputs(startTime="2026-01-01T03:00:00Z", frequency="once", interval=None, deltaColumn=None)

    created = ways.life().create(once)

    assert in_seconds(0) < created.outputs["effectiveStart"] <= in_seconds(61)


def test_it_is_switched_off_and_on(ways: FlowWorld) -> None:
    created = ways.life().create(ways.flow_inputs(enabled=False))
    assert created.outputs["state"] == "disabled"
    assert created.outputs["etag"] == ways.flow(created.id)["etag"]

    on = ways.flow_inputs()
    assert ways.life().diff(created.id, created.outputs, on)
    after = ways.life().update(created.id, created.outputs, on)

    assert (after["state"], after["enabled"]) == ("enabled", True)
    assert after["etag"] == ways.flow(created.id)["etag"]
    assert ways.flow(created.id)["state"] == "enabled"
    assert _patches(ways) == []


def test_what_somebody_switched_off_moved_or_mapped_anew_is_drift_and_repaired(ways: FlowWorld) -> None:
    wanted = ways.flow_inputs(startTime=in_seconds(600))
    created = ways.life().create(wanted)
    service = ways.world.process().service
    service.run_action("flows", created.id, "disable")
    entity = ways.flow(created.id)
    other = service.request(
        "POST", "/data/foundation/conversion/mappingSets", json={"xdmSchema": SCHEMA, "mappings": []}
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

    found = ways.life().read(created.id, created.outputs)
    assert found is not None
    assert found.inputs["enabled"] is False
    assert found.inputs["startTime"] != wanted["startTime"]
    after = ways.life().update(created.id, found.outputs, wanted)

    repaired = ways.flow(created.id)
    assert repaired["state"] == "enabled"
    assert repaired["transformations"][1]["params"]["mappingId"] == created.outputs["mappingSetId"]
    assert repaired["scheduleParams"]["startTime"] == entity["scheduleParams"]["startTime"]
    assert not ways.life().diff(created.id, after, wanted)


def test_a_flow_whose_switching_off_failed_is_kept(ways: FlowWorld) -> None:
    ways.world.emulator.fault("POST /flows/{id}/action", status=403, body={"error_code": "403027"})

    with pytest.raises(PartialFailure) as kept:
        ways.life().create(ways.flow_inputs(enabled=False))

    after = ways.life().update(kept.value.id, kept.value.outputs, ways.flow_inputs(enabled=False))
    assert after["state"] == "disabled"


def test_drafts_are_published_when_they_are_no_longer_declared_as_such(ways: FlowWorld) -> None:
    created = ways.life().create(ways.flow_inputs(draft=True))
    assert created.outputs["state"] == "draft"
    assert not ways.life().diff(created.id, created.outputs, ways.flow_inputs(draft=True))

    after = ways.life().update(created.id, created.outputs, ways.flow_inputs())

    assert after["state"] == "enabled"
    assert ways.life().diff(created.id, after, ways.flow_inputs(draft=True)).replaces == ("draft",)


def test_what_a_flow_needs_is_not_deleted_under_it(ways: FlowWorld) -> None:
    created = ways.life().create(ways.flow_inputs())
    for declaration, each in ((SOURCE, ways.source), (TARGET, ways.target)):
        with pytest.raises(StillInUse, match=f'"orders-daily" .{created.id}'):
            ways.life(declaration).delete(each.id, each.outputs)
    process = ways.world.process()
    base = process.lifecycle

    # One process, as `destroy` is: the list of flows is read once, and follows our own deletions.
    ways.life(process=process).delete(created.id, created.outputs)
    ways.life(TARGET, process).delete(ways.target.id, ways.target.outputs)
    ways.life(SOURCE, process).delete(ways.source.id, ways.source.outputs)
    base.delete(ways.base, {**inputs(), "sandboxName": "dev"})

    kept = ways.world.emulator.entities()
    assert ways.world.there() == kept["flows"] == kept["sourceConnections"] == kept["targetConnections"] == []


def test_names_that_are_taken_are_taken_over_only_when_asked(ways: FlowWorld) -> None:
    created = ways.life().create(ways.flow_inputs(startTime=in_seconds(600)))
    with pytest.raises(AlreadyExists, match=created.id):
        ways.life().create(ways.flow_inputs())

    process = ways.world.process(Options(test="off", adopt=(created.id,)))
    adopted = ways.life(process=process).create(ways.flow_inputs(interval=2))

    assert adopted.id == created.id
    assert ways.flow(created.id)["scheduleParams"]["interval"] == 2
    assert adopted.outputs["effectiveStart"] == created.outputs["effectiveStart"]


def test_two_of_one_name_on_two_base_connections_are_no_duplicates(ways: FlowWorld) -> None:
    other = ways.world.process().lifecycle.create(inputs(name="other")).id

    ways.life(SOURCE).create(source_inputs(other))

    assert len(ways.world.emulator.entities()["sourceConnections"]) == 2


def test_rows_arrive(ways: FlowWorld) -> None:
    ways.life().create(ways.flow_inputs())

    ways.world.emulator.turn_clock(120)

    assert ways.world.emulator.rows(DATASET)[0] == {"_id": "O-5001", "_acme": {"amount": 19.9}}


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
    assert list(ways.life().validate({}, ways.flow_inputs(**changed))) == [problem]


def test_what_is_not_known_yet_is_not_judged_and_what_is_the_same_not_asked_for(ways: FlowWorld) -> None:
    created = ways.life().create(ways.flow_inputs())
    unknown = ways.flow_inputs(sourceConnectionIds=[UNKNOWN], targetConnectionIds=UNKNOWN, frequency=UNKNOWN)
    ways.world.emulator.clear_journal()

    assert list(ways.life().validate({}, unknown)) == []
    assert list(ways.life().validate(created.outputs, ways.flow_inputs())) == []
    assert list(ways.life(SOURCE).validate(ways.source.outputs, source_inputs(ways.base))) == []
    assert list(ways.life(TARGET).validate(ways.target.outputs, target_inputs())) == []
    assert ways.world.emulator.journal() == []


def test_columns_that_the_table_lacks_are_named(ways: FlowWorld) -> None:
    wanted = source_inputs(ways.base, columns=[{"name": "order_id"}, {"name": "amont"}])

    problems = list(ways.life(SOURCE).validate({}, wanted))

    assert problems == ["columns: acme.orders has no column amont; did you mean amount?"]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [({"tableName": None}, "table: is missing"), ({"format": "json", "tableName": None}, "path: is missing")],
)
def test_a_source_connection_reads_something(ways: FlowWorld, changed: dict[str, Any], problem: str) -> None:
    assert list(ways.life(SOURCE).validate({}, source_inputs(ways.base, **changed))) == [problem]


def test_a_dataset_that_is_none_and_a_schema_that_is_not_its_own_are_named(ways: FlowWorld) -> None:
    missing = ways.life(TARGET).validate({}, target_inputs(dataSetId="nowhere"))
    other = ways.life(TARGET).validate({}, target_inputs(schemaId="https://ns.adobe.com/acme/schemas/customers"))

    assert list(missing) == ["dataset_id: there is no dataset nowhere in this sandbox"]
    assert list(other) == [f"schema_id: the dataset {DATASET} has the schema {SCHEMA}"]


def test_neighbours_out_of_reach_are_a_warning(ways: FlowWorld) -> None:
    process = ways.world.process()
    for route in (
        "GET /data/foundation/catalog/dataSets/{id}",
        "GET /connections/{id}/explore",
        "GET /sourceConnections/{id}",
    ):
        ways.world.emulator.fault(route, status=500, times=99)

    assert list(ways.life(TARGET, process).validate({}, target_inputs())) == []
    assert list(ways.life(SOURCE, process).validate({}, source_inputs(ways.base, columns=[{"name": "x"}]))) == []
    assert list(ways.life(process=process).validate({}, ways.flow_inputs())) == []
    assert [line.split(" could not")[0] for line in process.said] == [
        f"warning: the dataset {DATASET}",
        "warning: the columns of acme.orders",
        "warning: the mapping",
    ]


def test_a_flow_spec_that_is_none_and_a_mapping_set_without_an_id_are_errors(ways: FlowWorld) -> None:
    with pytest.raises(NotFound, match="no flow spec Other"):
        ways.life().create(ways.flow_inputs(flowSpecName="Other"))
    ways.world.emulator.fault("POST /data/foundation/conversion/mappingSets", status=200, body={"version": 0})
    with pytest.raises(Exception, match="without an id"):
        ways.life().create(ways.flow_inputs())
    with pytest.raises(InvalidRequest, match="not found in the schema"):
        ways.life().create(ways.flow_inputs(mapping={"amount": "nowhere"}))

    assert ways.world.emulator.entities()["flows"] == []
