"""The life-cycle hooks of a dataflow: mapping set, start, replacement, enabling, and drift of all of them."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import InvalidRequest, NotFound, UnexpectedResponse
from pulumi_adobe.flow_service.json_patch import PatchOperation
from pulumi_adobe.lifecycle.errors import PartialFailure
from pulumi_adobe.lifecycle.replacements import ResourceKey
from pulumi_adobe.resource_types.mapping_sets import parse_mappings, read_mapping
from pulumi_adobe.schema.validation import normalize
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.resources.flow_world import DATAFLOW, MAPPING, SCHEMA_ID, FlowWorld, format_time_from_now

PAST_START = "2026-01-01T03:00:00Z"


def _patches(flow_world: FlowWorld) -> list[Any]:
    """Return the bodies of all PATCH requests."""
    return [request["body"] for request in flow_world.world.emulator.journal() if request["method"] == "PATCH"]


def test_changed_mapping_creates_a_mapping_set_and_patches_its_transformation(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    new_inputs = flow_world.build_dataflow_inputs(mapping={**MAPPING, "ordered_at": "timestamp"})

    assert flow_world.create_lifecycle().diff(created.id, created.outputs, new_inputs)
    outputs = flow_world.create_lifecycle().update(created.id, created.outputs, new_inputs)

    ((operation,),) = _patches(flow_world)
    assert (operation["op"], operation["path"]) == ("replace", "/transformations/1")
    assert operation["value"]["params"]["mappingId"] == outputs["mappingSetId"] != created.outputs["mappingSetId"]
    assert not flow_world.create_lifecycle().diff(created.id, outputs, new_inputs)


@pytest.mark.parametrize(
    ("changed_inputs", "replaces"),
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
def test_change_that_adobe_refuses_after_the_start_replaces_the_dataflow(
    flow_world: FlowWorld, changed_inputs: dict[str, Any], replaces: tuple[str, ...]
) -> None:
    created = flow_world.create_lifecycle().create(
        flow_world.build_dataflow_inputs(startTime=format_time_from_now(600))
    )
    started_outputs = {**created.outputs, "startTime": PAST_START, "effectiveStart": PAST_START}
    new_inputs = flow_world.build_dataflow_inputs(**{"startTime": PAST_START, **changed_inputs})

    diff = flow_world.create_lifecycle().diff(created.id, started_outputs, new_inputs)

    assert diff.replaces == replaces
    assert bool(diff)


def test_replacement_after_the_declared_start_begins_at_the_next_time_of_the_schedule(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    declared_inputs = flow_world.build_dataflow_inputs(startTime=PAST_START)
    flow_world.create_lifecycle(process=process).check(declared_inputs, declared_inputs)

    assert list(flow_world.create_lifecycle(process=process).validate({}, declared_inputs)) == []
    created = flow_world.create_lifecycle(process=process).create(declared_inputs)

    assert created.outputs["startTime"] == PAST_START
    assert created.outputs["effectiveStart"].endswith("T03:00:00Z")
    assert created.outputs["effectiveStart"] > format_time_from_now(0)
    assert created.outputs["effectiveStart"] in process.messages[0]
    assert not flow_world.create_lifecycle().diff(created.id, created.outputs, declared_inputs)
    read_state = flow_world.create_lifecycle().read(created.id, created.outputs)
    assert read_state is not None
    assert read_state.inputs["startTime"] == PAST_START


def test_replaced_one_time_dataflow_begins_within_a_minute(flow_world: FlowWorld) -> None:
    declared_inputs = flow_world.build_dataflow_inputs(
        startTime=PAST_START, frequency="once", interval=None, deltaColumn=None
    )

    process = flow_world.world.start_process()
    process.context.replacements.record_existing(ResourceKey("flows", declared_inputs["owner"]), None, "")

    created = flow_world.create_lifecycle(process=process).create(declared_inputs)

    assert format_time_from_now(0) < created.outputs["effectiveStart"] <= format_time_from_now(61)


def test_update_enables_a_disabled_dataflow_without_a_patch(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(enabled=False))
    assert created.outputs["state"] == "disabled"
    assert created.outputs["etag"] == flow_world.get_dataflow(created.id)["etag"]

    assert flow_world.create_lifecycle().diff(created.id, created.outputs, flow_world.build_dataflow_inputs())
    outputs = flow_world.create_lifecycle().update(created.id, created.outputs, flow_world.build_dataflow_inputs())

    entity = flow_world.get_dataflow(created.id)
    assert (outputs["state"], outputs["enabled"], outputs["etag"]) == ("enabled", True, entity["etag"])
    assert entity["state"] == "enabled"
    assert _patches(flow_world) == []


def test_foreign_changes_of_state_start_and_mapping_are_drift_that_an_update_repairs(flow_world: FlowWorld) -> None:
    declared_inputs = flow_world.build_dataflow_inputs(startTime=format_time_from_now(600))
    created = flow_world.create_lifecycle().create(declared_inputs)
    original_start = flow_world.get_dataflow(created.id)["scheduleParams"]["startTime"]
    _disable_and_change_start_and_mapping(flow_world, created.id, original_start + 60)

    read_state = flow_world.create_lifecycle().read(created.id, created.outputs)
    assert read_state is not None
    assert read_state.inputs["enabled"] is False
    assert read_state.inputs["startTime"] != declared_inputs["startTime"]
    outputs = flow_world.create_lifecycle().update(created.id, read_state.outputs, declared_inputs)

    repaired = flow_world.get_dataflow(created.id)
    assert repaired["state"] == "enabled"
    assert repaired["transformations"][1]["params"]["mappingId"] == outputs["mappingSetId"]
    assert read_mapping_set(flow_world, outputs["mappingSetId"]) == MAPPING
    assert repaired["scheduleParams"]["startTime"] == original_start
    assert not flow_world.create_lifecycle().diff(created.id, outputs, declared_inputs)


@pytest.mark.parametrize("order", ["as_sent", "mapping_first"])
@pytest.mark.parametrize(
    "changes", [{"mapping": {**MAPPING, "ordered_at": "timestamp"}}, {"deltaColumn": "updated_at"}], ids=str
)
def test_transformation_is_patched_at_its_index_in_the_entity(
    flow_world: FlowWorld, order: str, changes: dict[str, Any]
) -> None:
    flow_world.world.emulator.switch(transformations=order)
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    new_inputs = flow_world.build_dataflow_inputs(**changes)

    outputs = flow_world.create_lifecycle().update(created.id, created.outputs, new_inputs)

    transformations = flow_world.get_dataflow(created.id)["transformations"]
    assert sorted(transformations, key=lambda each: str(each["name"])) == outputs["transformations"]
    assert {each["name"] for each in transformations} == {"Copy", "Mapping"}


@pytest.mark.parametrize("order", ["as_sent", "mapping_first"])
def test_adopted_dataflow_keeps_both_transformations(flow_world: FlowWorld, order: str) -> None:
    flow_world.world.emulator.switch(transformations=order)
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    process = flow_world.world.start_process(Options(test="off", adopt=(created.id,)))

    adopted = flow_world.create_lifecycle(process=process).create(flow_world.build_dataflow_inputs())

    transformations = {each["name"]: each["params"] for each in flow_world.get_dataflow(created.id)["transformations"]}
    assert transformations["Copy"] == {"deltaColumn": {"name": "ordered_at"}}
    assert transformations["Mapping"]["mappingId"] == adopted.outputs["mappingSetId"] != created.outputs["mappingSetId"]


def _set_mapping(flow_world: FlowWorld, id_: str, body: dict[str, Any]) -> str:
    """Give the dataflow another mapping set, as another user would, and return the set's id."""
    service = flow_world.world.start_process().service
    set_id = str(service.request("POST", "/data/foundation/conversion/mappingSets", json=body).json_object(str)["id"])
    mapping = {"name": "Mapping", "params": {"mappingId": set_id, "mappingVersion": 0}}
    entity = flow_world.get_dataflow(id_)
    index = [each["name"] for each in entity["transformations"]].index("Mapping")
    patch: list[Any] = [{"op": "replace", "path": f"/transformations/{index}", "value": mapping}]
    service.update("flows", id_, patch, entity["etag"])
    return set_id


def test_other_mapping_set_with_equal_mappings_is_no_drift(flow_world: FlowWorld) -> None:
    """It comes in the form of Adobe's source tutorials, in another order, and with all quotes that may stand there."""
    declared_inputs = flow_world.build_dataflow_inputs()
    created = flow_world.create_lifecycle().create(declared_inputs)
    mappings = [
        {"sourceAttribute": f"${{{column}}}", "destinationXdmPath": path, "identity": False}
        for column, path in reversed(MAPPING.items())
    ]
    set_id = _set_mapping(flow_world, created.id, {"version": 0, "xdmSchema": SCHEMA_ID, "mappings": mappings})

    read_state = flow_world.create_lifecycle().read(created.id, created.outputs)

    assert read_state is not None
    assert read_state.inputs == declared_inputs
    assert read_state.outputs["mappingSetId"] == set_id
    assert not flow_world.create_lifecycle().diff(created.id, read_state.outputs, declared_inputs)


@pytest.mark.parametrize("declared", [MAPPING, {"order_id": "_id"}])
def test_read_of_a_state_without_a_mapping_stores_the_existing_mapping(
    flow_world: FlowWorld, declared: dict[str, str]
) -> None:
    """As before an import: the state has what a program declares, and no mapping set."""
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    declared_inputs = flow_world.build_dataflow_inputs(mapping=declared)

    read_state = flow_world.create_lifecycle().read(created.id, declared_inputs)

    assert read_state is not None
    assert read_state.outputs == created.outputs
    resource_diff = flow_world.create_lifecycle().diff(created.id, read_state.outputs, declared_inputs)
    assert ("mapping" in resource_diff.state_only) is (declared != MAPPING)


def test_changed_mapping_is_shown_as_drift_of_the_mapping(flow_world: FlowWorld) -> None:
    declared_inputs = flow_world.build_dataflow_inputs()
    created = flow_world.create_lifecycle().create(declared_inputs)
    reference = {"id": SCHEMA_ID, "contentType": "application/vnd.adobe.xed-full+json;version=1"}
    mappings = [
        {"sourceType": "ATTRIBUTE", "source": "order_id", "destination": "_id"},
        {"sourceType": "EXPRESSION", "source": "upper(status)", "destination": "_acme.status"},
    ]
    _set_mapping(flow_world, created.id, {"outputSchema": {"schemaRef": reference}, "mappings": mappings})

    read_state = flow_world.create_lifecycle().read(created.id, created.outputs)

    assert read_state is not None
    assert read_state.inputs["mapping"] == [
        {"source": "upper(status)", "destination": "_acme.status", "sourceType": "EXPRESSION"},
        {"source": "order_id", "destination": "_id", "sourceType": "ATTRIBUTE"},
    ]
    assert "mapping" in flow_world.create_lifecycle().diff(created.id, read_state.outputs, declared_inputs).state_only


def test_mapping_set_that_cannot_be_read_is_drift_of_its_id_and_a_warning(flow_world: FlowWorld) -> None:
    declared_inputs = flow_world.build_dataflow_inputs()
    created = flow_world.create_lifecycle().create(declared_inputs)
    set_id = _set_mapping(flow_world, created.id, {"xdmSchema": SCHEMA_ID, "mappings": []})
    flow_world.world.emulator.fault("GET /data/foundation/conversion/mappingSets/{id}", status=403, times=99)
    process = flow_world.world.start_process()

    read_state = flow_world.create_lifecycle(process=process).read(created.id, created.outputs)

    assert read_state is not None
    assert any(set_id in message for message in process.messages)
    outputs = flow_world.create_lifecycle().update(created.id, read_state.outputs, declared_inputs)
    assert outputs["mappingSetId"] == created.outputs["mappingSetId"]
    assert created.outputs["mappingSetId"] in str(flow_world.get_dataflow(created.id)["transformations"])


def test_mapping_set_is_sent_in_the_form_of_adobes_openapi(flow_world: FlowWorld) -> None:
    mapping = [
        {"source": "order_id", "destination": "_id", "sourceType": "ATTRIBUTE"},
        {"source": "order_id", "destination": "_acme.customerId", "sourceType": "ATTRIBUTE"},
        {"source": "new", "destination": "_acme.status", "sourceType": "STATIC"},
    ]
    flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(mapping=mapping))

    (post,) = [request for request in flow_world.world.emulator.journal() if request["path"].endswith("/mappingSets")]
    reference = {"id": SCHEMA_ID, "contentType": "application/vnd.adobe.xed-full+json;version=1"}
    assert post["body"] == {
        "outputSchema": {"schemaRef": reference},
        "mappings": [
            {"sourceType": "ATTRIBUTE", "source": "order_id", "destination": "_acme.customerId"},
            {"sourceType": "STATIC", "source": "new", "destination": "_acme.status"},
            {"sourceType": "ATTRIBUTE", "source": "order_id", "destination": "_id"},
        ],
    }


def test_state_with_a_list_and_a_program_with_the_short_form_do_not_differ(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    as_list = [{"source": name, "destination": path, "sourceType": "ATTRIBUTE"} for name, path in MAPPING.items()]
    inputs = normalize(DATAFLOW, flow_world.build_dataflow_inputs(mapping=as_list))

    assert not flow_world.create_lifecycle().diff(created.id, created.outputs, inputs)


def read_mapping_set(flow_world: FlowWorld, id_: str) -> Any:
    return read_mapping(parse_mappings(flow_world.world.start_process().context.metadata.get_mapping_set(id_, 0)), {})


def _disable_and_change_start_and_mapping(flow_world: FlowWorld, id_: str, start: int) -> None:
    """Change the dataflow as another user would."""
    service = flow_world.world.start_process().service
    service.run_action("flows", id_, "disable")
    mapping_set = service.request(
        "POST", "/data/foundation/conversion/mappingSets", json={"xdmSchema": SCHEMA_ID, "mappings": []}
    ).json_object(str)
    mapping = {"name": "Mapping", "params": {"mappingId": mapping_set["id"], "mappingVersion": 0}}
    operations: list[Any] = [
        {"op": "replace", "path": "/transformations/1", "value": mapping},
        {"op": "replace", "path": "/scheduleParams/startTime", "value": start},
    ]
    service.update("flows", id_, operations, flow_world.get_dataflow(id_)["etag"])


def test_failed_action_after_the_create_is_a_partial_failure_that_the_next_update_completes(
    flow_world: FlowWorld,
) -> None:
    flow_world.world.emulator.fault("POST /flows/{id}/action", status=403, body={"error_code": "403027"})
    new_inputs = flow_world.build_dataflow_inputs(enabled=False)

    with pytest.raises(PartialFailure) as failure:
        flow_world.create_lifecycle().create(new_inputs)

    outputs = flow_world.create_lifecycle().update(failure.value.id, failure.value.outputs, new_inputs)
    assert outputs["state"] == "disabled"


@pytest.mark.parametrize(
    ("changed_inputs", "argument", "facts"),
    [
        ({"frequency": "month"}, "schedule.frequency", ("once, minute, hour, day, week",)),
        ({"interval": 0}, "schedule.interval", ("at least 1",)),
        ({"frequency": "minute", "interval": 14}, "schedule.interval", ("at least 15",)),
        ({"interval": None}, "schedule.interval", ("missing",)),
        ({"deltaColumn": None}, "schedule.delta_column", ("missing",)),
        ({"frequency": "once", "deltaColumn": None}, "schedule.interval", ("not allowed", "once")),
        ({"frequency": "once", "interval": None}, "schedule.delta_column", ("not allowed", "once")),
        (
            {"startTime": PAST_START, "frequency": "once", "interval": None, "deltaColumn": None},
            "schedule.start",
            ("has passed", PAST_START, "remove the start"),
        ),
        ({"mapping": {}}, "mapping", ("column",)),
        ({"mapping": {"amount": "_id", "order_id": "_id"}}, "mapping", ("amount", "order_id", "_id")),
        ({"mapping": {"amont": "_id"}}, "mapping.amont", ("column", "did you mean amount?")),
        ({"mapping": {"amount": "_acme.amout"}}, "mapping.amount", ("_acme.amout", "did you mean _acme.amount?")),
    ],
    ids=str,
)
def test_problem_names_the_argument_of_the_program(
    flow_world: FlowWorld, changed_inputs: dict[str, Any], argument: str, facts: tuple[str, ...]
) -> None:
    (problem,) = flow_world.create_lifecycle().validate({}, flow_world.build_dataflow_inputs(**changed_inputs))

    assert problem.split(" ")[0].rstrip(":") == argument
    assert all(fact in problem for fact in facts)


def test_unknown_values_have_no_problem_and_cause_no_request(flow_world: FlowWorld) -> None:
    unknown_inputs = flow_world.build_dataflow_inputs(
        sourceConnectionIds=[UNKNOWN], targetConnectionIds=UNKNOWN, frequency=UNKNOWN
    )
    flow_world.world.emulator.clear_journal()

    assert list(flow_world.create_lifecycle().validate({}, unknown_inputs)) == []
    assert flow_world.world.emulator.journal() == []


def test_unchanged_mapping_is_not_checked_again(flow_world: FlowWorld) -> None:
    created = flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())
    flow_world.world.emulator.clear_journal()

    assert list(flow_world.create_lifecycle().validate(created.outputs, flow_world.build_dataflow_inputs())) == []
    assert flow_world.world.emulator.journal() == []


def test_mapping_that_cannot_be_compared_is_a_warning(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    flow_world.world.emulator.fault("GET /sourceConnections/{id}", status=500, times=99)

    assert list(flow_world.create_lifecycle(process=process).validate({}, flow_world.build_dataflow_inputs())) == []
    (message,) = process.messages
    assert message.startswith("warning: ")
    assert "mapping" in message


def test_unknown_flow_spec_is_an_error(flow_world: FlowWorld) -> None:
    with pytest.raises(NotFound, match="Other"):
        flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(flowSpecName="Other"))

    assert flow_world.world.emulator.entities()["flows"] == []


def test_mapping_set_without_an_id_is_an_error(flow_world: FlowWorld) -> None:
    flow_world.world.emulator.fault("POST /data/foundation/conversion/mappingSets", status=200, body={"version": 0})

    with pytest.raises(UnexpectedResponse, match="id"):
        flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs())

    assert flow_world.world.emulator.entities()["flows"] == []


def test_mapping_that_data_prep_refuses_is_an_error(flow_world: FlowWorld) -> None:
    with pytest.raises(InvalidRequest, match="nowhere"):
        flow_world.create_lifecycle().create(flow_world.build_dataflow_inputs(mapping={"amount": "nowhere"}))

    assert flow_world.world.emulator.entities()["flows"] == []


def test_options_are_sent_changed_in_place_and_not_drifted_by_a_default(flow_world: FlowWorld) -> None:
    created = flow_world.create(
        DATAFLOW, flow_world.build_dataflow_inputs(errorDiagnostics=True, partialIngestionPercent=5)
    )
    service = flow_world.world.start_process().service
    assert service.get("flows", created.id)["options"] == {
        "errorDiagnosticsEnabled": True,
        "partialIngestionPercent": 5,
    }

    lifecycle, inputs = flow_world.create_lifecycle(), flow_world.build_dataflow_inputs()
    assert not lifecycle.diff(created.id, created.outputs, inputs).replaces
    outputs = lifecycle.update(created.id, created.outputs, inputs)

    assert not service.get("flows", created.id).get("options")
    etag = service.get("flows", created.id)["etag"]
    default: PatchOperation = {"op": "add", "path": "/options", "value": {"errorDiagnosticsEnabled": False}}
    service.update("flows", created.id, [default], etag)
    read_state = flow_world.create_lifecycle().read(created.id, outputs)
    assert read_state is not None
    assert not flow_world.create_lifecycle().diff(created.id, read_state.outputs, inputs)
