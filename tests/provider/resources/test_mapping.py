"""Mappings as a program declares them: the short form, a list, and outputs."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from pulumi_adobe import DatabricksSourceConnection, Dataflow, Ingestion, Mapping, Schedule, SourceConnection
from tests.provider.resources.mock_engine import (
    DATABRICKS_ARGUMENTS,
    MockEngine,
    get_value,
    ignore_warnings_of_sdk,
)

pytestmark = ignore_warnings_of_sdk

ARGUMENTS: dict[str, Any] = {"source": "s", "target": "t", "schedule": Schedule.once()}


def declare(mock_engine: MockEngine, mapping: Any) -> Any:
    get_value(Dataflow("daily", mapping=mapping, **ARGUMENTS).id)
    return mock_engine.get_inputs("daily")["mapping"]


def test_list_that_the_short_form_can_express_equals_the_short_form(mock_engine: MockEngine) -> None:
    mapping = [Mapping(source="order_id", to="_id"), Mapping(source="amount", to="_acme.amount")]

    assert declare(mock_engine, mapping) == {"order_id": "_id", "amount": "_acme.amount"}


def test_mapping_list_has_calculated_fields_constants_and_columns_with_several_paths(mock_engine: MockEngine) -> None:
    mapping = [
        Mapping(source="id", to="b"),
        Mapping(source="id", to="a"),
        Mapping.expression("upper(email)", to="c"),
        Mapping.constant("x", to="d"),
        Mapping.constant(7, to="e"),
        Mapping.constant(value=True, to="f"),
    ]

    assert [(each["source"], each["destination"], each["sourceType"]) for each in declare(mock_engine, mapping)] == [
        ("id", "a", "ATTRIBUTE"),
        ("id", "b", "ATTRIBUTE"),
        ("upper(email)", "c", "EXPRESSION"),
        ("x", "d", "STATIC"),
        ("7", "e", "STATIC"),
        ("true", "f", "STATIC"),
    ]


def test_output_is_accepted_wherever_a_value_is(mock_engine: MockEngine) -> None:
    late = pulumi.Output.from_input
    late_constant = late(1).apply(lambda _: False)
    elements = [
        Mapping(source=late("id"), to=late("a")),
        Mapping.constant(late_constant, to="b"),
        Mapping.expression(late("lower(x)"), to="c"),
    ]
    as_list = [
        {"source": "id", "destination": "a", "sourceType": "ATTRIBUTE"},
        {"source": "false", "destination": "b", "sourceType": "STATIC"},
        {"source": "lower(x)", "destination": "c", "sourceType": "EXPRESSION"},
    ]

    flows: dict[str, Any] = {
        "elements": elements,
        "whole list": late(1).apply(lambda _: elements),
        "short form": late({"id": "a"}),
        "path": {"id": late("a")},
    }
    ids = [Dataflow(name, mapping=mapping, **ARGUMENTS).id for name, mapping in flows.items()]
    get_value(pulumi.Output.all(*ids))

    # What is known late keeps the program's order until the provider's check.
    assert sorted(mock_engine.get_inputs("elements")["mapping"], key=lambda each: each["destination"]) == as_list
    assert mock_engine.get_inputs("whole list")["mapping"] == mock_engine.get_inputs("elements")["mapping"]
    assert mock_engine.get_inputs("short form")["mapping"] == {"id": "a"}
    assert mock_engine.get_inputs("path")["mapping"] == {"id": "a"}


@pytest.mark.parametrize(
    ("mapping", "label"),
    [
        ([], "mapping: "),
        ([{"order_id": "_id"}], "mapping: "),
        ([Mapping(source="a", to="x"), Mapping.expression("b", to="x")], "mapping: a, b "),
        ([Mapping.expression("x" * 4097, to="_id")], "mapping to _id: "),
        ("text", "mapping "),
        (None, "mapping: "),
    ],
    ids=["empty", "object in a list", "shared path", "long expression", "text", "nothing"],
)
def test_invalid_mapping_is_named(mock_engine: MockEngine, mapping: Any, label: str) -> None:
    with pytest.raises(pulumi.RunError, match=f'^Dataflow "daily": {label}'):
        Dataflow("daily", mapping=mapping, **ARGUMENTS)

    assert mock_engine.registered_resources == []


COLUMNS = {"created_at": "a", "createdAt": "b", "source_ids": "c", "sourceConnectionIds": "d", "delta_column": "e"}


@pytest.mark.parametrize("is_late", [False, True])
def test_columns_with_the_name_of_an_argument_are_accepted(mock_engine: MockEngine, *, is_late: bool) -> None:
    assert declare(mock_engine, pulumi.Output.from_input(COLUMNS) if is_late else COLUMNS) == COLUMNS
    as_list = [Mapping(source=column, to=path) for column, path in COLUMNS.items()]
    get_value(Dataflow("list", mapping=as_list, **ARGUMENTS).id)
    assert mock_engine.get_inputs("list")["mapping"] == COLUMNS


def test_output_of_a_mapping_list_is_a_list(mock_engine: MockEngine) -> None:
    flow = Dataflow("daily", mapping=[Mapping.expression("upper(created_at)", to="_id")], **ARGUMENTS)

    assert get_value(flow.mapping) == mock_engine.get_inputs("daily")["mapping"]
    assert get_value(flow.mapping) == [
        {"source": "upper(created_at)", "destination": "_id", "sourceType": "EXPRESSION"}
    ]


def test_source_connection_reads_the_columns_of_a_mapping_list(mock_engine: MockEngine) -> None:
    base_connection = DatabricksSourceConnection("lake", **DATABRICKS_ARGUMENTS)
    source = SourceConnection("orders", base_connection=base_connection, table="acme.orders")
    mapping = [Mapping(source="b", to="x"), Mapping(source="b", to="y"), Mapping.expression("upper(c)", to="z")]
    flow = Dataflow("daily", source=source, target="t", mapping=mapping, schedule=Schedule.once())
    get_value(flow.id)

    (columns,) = mock_engine.get_inputs("orders")["dataflowColumns"]
    assert columns["mapped"] == ["b", "b"]


def test_ingestion_accepts_a_mapping_list(mock_engine: MockEngine) -> None:
    ingestion = Ingestion(
        "orders",
        connection=DatabricksSourceConnection("lake", **DATABRICKS_ARGUMENTS),
        table="acme.orders",
        dataset_id="6889f4f89b982b2b90bc1207",
        mapping=[Mapping.constant("x", to="_id")],
        schedule=Schedule.once(),
    )
    get_value(ingestion.dataflow.id)

    (mapping,) = mock_engine.get_inputs("orders-flow")["mapping"]
    assert mapping["sourceType"] == "STATIC"
