"""The columns and paths of a dataflow, whether its connections exist already or are new in the same program."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.resource_types.dataflow import SOURCE_OWNER, TARGET_OWNER
from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.lifecycle.world import Process
from tests.provider.resources.flow_world import (
    DATAFLOW,
    MAPPING,
    SOURCE_CONNECTION,
    TARGET_CONNECTION,
    FlowWorld,
    build_source_inputs,
    build_target_inputs,
)

TYPED, UNTYPED = {"name": "order_id", "type": "string", "xdm": {"type": "string"}}, {"name": "amount"}
DELTA = {"name": "ordered_at"}

MISTAKES = [
    ({"deltaColumn": "orderd_at"}, "schedule.delta_column", "did you mean ordered_at?"),
    ({"deltaColumn": "Ordered_at"}, "schedule.delta_column", "did you mean ordered_at?"),
    ({"deltaColumn": "order_id"}, "schedule.delta_column", "string"),
    ({"deltaColumn": "amount"}, "schedule.delta_column", "number"),
    ({"mapping": {"amont": "_id"}}, "mapping.amont", "did you mean amount?"),
    ({"mapping": {"amount": "_acme.amout"}}, "mapping.amount", "did you mean _acme.amount?"),
]


def _validate(
    flow_world: FlowWorld, process: Process | None = None, prior_outputs: Any = None, **changes: Any
) -> list[str]:
    lifecycle = flow_world.create_lifecycle(DATAFLOW, process)
    return list(lifecycle.validate(prior_outputs or {}, flow_world.build_dataflow_inputs(**changes)))


def _declare(flow_world: FlowWorld, process: Process, source: dict[str, Any], target: dict[str, Any]) -> dict[str, Any]:
    """Check new source and target connections, and return what makes a dataflow one on them."""
    flow_world.create_lifecycle(SOURCE_CONNECTION, process).check({}, source)
    flow_world.create_lifecycle(TARGET_CONNECTION, process).check({}, target)
    return {
        "sourceConnectionIds": [UNKNOWN],
        "targetConnectionIds": [UNKNOWN],
        SOURCE_OWNER: source["owner"],
        TARGET_OWNER: target["owner"],
    }


@pytest.mark.parametrize(("changes", "argument", "fact"), MISTAKES, ids=str)
@pytest.mark.parametrize("world_is", ["existing connections", "new connections on an existing base", "live dataflow"])
def test_mistake_is_reported_at_its_argument(
    flow_world: FlowWorld, world_is: str, changes: dict[str, Any], argument: str, fact: str
) -> None:
    process, prior_outputs = flow_world.world.start_process(), None
    links: dict[str, Any] = {}
    if world_is == "new connections on an existing base":
        source = build_source_inputs(flow_world.base_connection_id, name="new")
        links = _declare(flow_world, process, source, build_target_inputs(name="new"))
    if world_is == "live dataflow":
        prior_outputs = flow_world.build_dataflow_inputs()

    (problem,) = _validate(flow_world, process, prior_outputs, **changes, **links)

    assert problem.startswith(f"{argument}: ")
    assert fact in problem
    assert process.messages == []


def test_new_dataflow_is_checked_against_declared_columns_and_the_schema_of_the_dataset(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    source = build_source_inputs("x", baseConnectionId=UNKNOWN, columns=[TYPED, UNTYPED, DELTA])
    links = _declare(flow_world, process, source, build_target_inputs(name="new"))

    problems = _validate(flow_world, process, **links, deltaColumn="order_id", mapping={"x": "_id", "amount": "y"})

    assert [problem.partition(":")[0] for problem in problems] == [
        "mapping.x",
        "schedule.delta_column",
        "mapping.amount",
    ]
    assert _validate(flow_world, process, **links) == []


def test_undeclared_columns_of_a_new_source_connection_are_not_checked(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    links = _declare(
        flow_world, process, build_source_inputs("x", baseConnectionId=UNKNOWN), build_target_inputs(name="new")
    )

    assert _validate(flow_world, process, **links, deltaColumn="nothing") == []
    assert process.messages == []


def test_dataflow_is_checked_against_the_new_table_of_a_replaced_source_connection(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    source = build_source_inputs(flow_world.base_connection_id, tableName="acme.customers")
    flow_world.create_lifecycle(SOURCE_CONNECTION, process).check(source, source)
    prior_outputs = flow_world.build_dataflow_inputs()

    problems = _validate(
        flow_world, process, prior_outputs, sourceConnectionIds=[UNKNOWN], **{SOURCE_OWNER: source["owner"]}
    )

    assert [problem.partition(":")[0] for problem in problems] == [
        "mapping.order_id",
        "mapping.amount",
        "schedule.delta_column",
    ]


@pytest.mark.parametrize(
    ("columns", "delta_column", "is_right"),
    [
        ([{"name": "order_id"}, {"name": "amount"}], "ordered_at", False),
        ([{"name": "order_id"}, {"name": "amount"}, {"name": "ordered_at"}], "ordered_at", True),
        ([{"name": "order_id"}, {"name": "amount"}], "order_id", False),
        ([{"name": "order_id"}, {"name": "amount", "type": "string"}], "amount", False),
        ([{"name": "order_id", "meta:xdmType": "date"}, {"name": "amount"}], "order_id", True),
    ],
    ids=str,
)
def test_declared_columns_without_types_get_those_of_the_table(
    flow_world: FlowWorld, columns: list[dict[str, str]], delta_column: str, *, is_right: bool
) -> None:
    source = _create_source(flow_world, columns)

    problems = _validate(flow_world, sourceConnectionIds=[source.id], deltaColumn=delta_column)

    assert len(problems) == (not is_right)


def _create_source(flow_world: FlowWorld, columns: list[dict[str, str]]) -> CreatedResource:
    inputs = build_source_inputs(flow_world.base_connection_id, name="other", columns=columns)
    return flow_world.create(SOURCE_CONNECTION, inputs)


def test_an_unknown_type_is_no_problem(flow_world: FlowWorld) -> None:
    source = _create_source(flow_world, [{"name": "order_id"}, {"name": "amount"}])
    flow_world.world.emulator.set_scenario(clusters={"0612-200003-abc123": "stopped"})
    process = flow_world.world.start_process()

    assert _validate(flow_world, process, sourceConnectionIds=[source.id], deltaColumn="order_id") == []
    assert len(process.messages) == 1


def test_missing_connections_are_named(flow_world: FlowWorld) -> None:
    (problem,) = _validate(flow_world, sourceConnectionIds=["nowhere"])
    assert problem.startswith("source: ")
    assert "nowhere" in problem


def test_unchanged_inputs_send_no_check_request(flow_world: FlowWorld) -> None:
    prior_outputs = flow_world.build_dataflow_inputs(description="before")
    flow_world.world.emulator.clear_journal()

    assert _validate(flow_world, None, prior_outputs, description="after", mapping=dict(MAPPING)) == []
    assert flow_world.world.emulator.journal() == []


EXPRESSION = {"source": "uper(order_id)", "destination": "_id", "sourceType": "EXPRESSION"}
COLUMN = {"source": "order_id", "destination": "_acme.status", "sourceType": "ATTRIBUTE"}
VALIDATE = "POST /data/foundation/conversion/mappingSets/validate"


def test_error_of_data_prep_is_shown_with_its_mapping(flow_world: FlowWorld) -> None:
    constant = {"source": "x", "destination": "_acme.customerId", "sourceType": "STATIC"}

    (problem,) = _validate(flow_world, mapping=[EXPRESSION, COLUMN, constant])

    assert problem.startswith("mapping to _id: ")
    assert "uper" in problem


@pytest.mark.parametrize("status", [403, 404, 500])
def test_mapping_that_data_prep_cannot_validate_is_a_warning(flow_world: FlowWorld, status: int) -> None:
    flow_world.world.emulator.fault(VALIDATE, status=status, times=99)
    process = flow_world.world.start_process()

    assert _validate(flow_world, process, mapping=[EXPRESSION]) == []
    (message,) = process.messages
    assert message.startswith("warning: ")


def test_data_prep_validates_only_known_mappings(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    links = _declare(
        flow_world, process, build_source_inputs("x", baseConnectionId=UNKNOWN), build_target_inputs(name="new")
    )
    unknown = {"source": UNKNOWN, "destination": "_acme.customerId", "sourceType": "EXPRESSION"}
    column_or_path = {**COLUMN, "source": "order.id"}
    flow_world.world.emulator.clear_journal()

    _validate(flow_world, process, **links, mapping=[EXPRESSION, column_or_path, unknown])

    (asked,) = [each["body"] for each in flow_world.world.emulator.journal() if each["path"].endswith("/validate")]
    assert [each["source"] for each in asked["mappings"]] == ["uper(order_id)"]


def test_an_unchanged_mapping_is_not_validated_again(flow_world: FlowWorld) -> None:
    prior_outputs = flow_world.build_dataflow_inputs(mapping=[EXPRESSION])
    flow_world.world.emulator.clear_journal()

    assert _validate(flow_world, None, prior_outputs, mapping=[EXPRESSION], description="after") == []
    assert flow_world.world.emulator.journal() == []


def test_changed_delta_column_does_not_validate_the_mapping_again(flow_world: FlowWorld) -> None:
    prior_outputs = flow_world.build_dataflow_inputs(mapping=[EXPRESSION])
    flow_world.world.emulator.clear_journal()

    (problem,) = _validate(flow_world, None, prior_outputs, mapping=[EXPRESSION], deltaColumn="nothing")

    assert problem.startswith("schedule.delta_column")
    paths = [request["path"] for request in flow_world.world.emulator.journal()]
    assert not any("mappingSets" in path or "schemaregistry" in path for path in paths)


@pytest.mark.parametrize(
    ("source", "is_right"),
    [
        ("order_id", True),
        ("${order_id}", True),
        ("total.amount", True),
        ("unit price", True),
        ("address.street", True),
        ("address[0].street", True),
        ("adress.street", False),
        ("${oder_id}", False),
        ("order id", False),
    ],
)
def test_mapping_source_is_a_column_or_a_path_below_one(flow_world: FlowWorld, source: str, *, is_right: bool) -> None:
    names = ("order_id", "ordered_at", "total.amount", "unit price", "address")
    connection = _create_source(flow_world, [{"name": name} for name in names])

    problems = _validate(flow_world, sourceConnectionIds=[connection.id], mapping={source: "_id"})

    assert [problem.partition(":")[0] for problem in problems] == ([] if is_right else [f"mapping.{source}"])


@pytest.fixture
def flow_to_maps(flow_world: FlowWorld) -> dict[str, Any]:
    """What makes a dataflow one to a dataset whose schema has arrays and a map."""
    service = flow_world.world.start_process().service
    identities = {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}
    schema = {
        "title": "maps",
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}}},
            "identityMap": {"type": "object", "additionalProperties": identities},
        },
    }
    path = "/data/foundation/schemaregistry/tenant/schemas"
    schema_id = service.request("POST", path, json=schema).json_object(str)["$id"]
    reference = {"id": schema_id, "contentType": "application/vnd.adobe.xed-full+json;version=1"}
    body = {"name": "maps", "schemaRef": reference}
    (answer,) = service.request("POST", "/data/foundation/catalog/dataSets", json=body).json()
    target = flow_world.create(
        TARGET_CONNECTION, build_target_inputs(name="maps", dataSetId=str(answer).rpartition("/")[2])
    )
    return {"targetConnectionIds": [target.id]}


def test_array_paths_are_valid_and_map_keys_are_one_warning(
    flow_world: FlowWorld, flow_to_maps: dict[str, Any]
) -> None:
    process = flow_world.world.start_process()
    mapping = {
        "order_id": "items[0].sku",
        "amount": "identityMap.Email[0].id",
        "customer_id": "identityMap.Phone[0].id",
    }

    assert _validate(flow_world, process, **flow_to_maps, mapping=mapping) == []
    assert _validate(flow_world, process, **flow_to_maps, mapping=mapping) == []

    (message,) = process.messages
    assert message.startswith("warning: ")
    assert all(path in message for path in ("identityMap.Email[0].id", "identityMap.Phone[0].id"))


def test_map_keys_that_data_prep_refuses_are_a_problem(flow_world: FlowWorld, flow_to_maps: dict[str, Any]) -> None:
    flow_world.world.emulator.switch(map_keys="refused")

    (problem,) = _validate(flow_world, **flow_to_maps, mapping={"order_id": "identityMap.Email[0].id"})

    assert problem.startswith("mapping.order_id: ")
