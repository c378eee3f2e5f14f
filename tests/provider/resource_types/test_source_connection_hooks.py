"""The life-cycle hooks of a source connection: columns are read from the table, and checked against it."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_adobe.schema.values import UNKNOWN
from tests.provider.resources.flow_world import SOURCE_CONNECTION, FlowWorld, build_source_inputs


def test_omitted_columns_are_those_of_the_table(flow_world: FlowWorld) -> None:
    source = flow_world.source_connection
    entity = flow_world.world.start_process().service.get("sourceConnections", source.id)

    names = [column["name"] for column in source.outputs["columns"]]
    assert names == ["order_id", "customer_id", "amount", "ordered_at"]
    assert entity["params"]["columns"] == source.outputs["columns"]
    assert not flow_world.create_lifecycle(SOURCE_CONNECTION).diff(
        source.id, source.outputs, build_source_inputs(flow_world.base_connection_id)
    )


def test_column_that_the_table_lacks_is_named_with_the_nearest_one(flow_world: FlowWorld) -> None:
    new_inputs = build_source_inputs(flow_world.base_connection_id, columns=[{"name": "order_id"}, {"name": "amont"}])

    (problem,) = flow_world.create_lifecycle(SOURCE_CONNECTION).validate({}, new_inputs)

    assert problem.startswith("columns: ")
    assert all(fact in problem for fact in ("acme.orders", "amont", "did you mean amount"))
    assert "order_id" not in problem


@pytest.mark.parametrize(
    ("changed_inputs", "argument"),
    [({"tableName": None}, "table"), ({"format": "json", "tableName": None}, "path")],
)
def test_source_connection_needs_a_table_or_a_path(
    flow_world: FlowWorld, changed_inputs: dict[str, Any], argument: str
) -> None:
    (problem,) = flow_world.create_lifecycle(SOURCE_CONNECTION).validate(
        {}, build_source_inputs(flow_world.base_connection_id, **changed_inputs)
    )

    assert problem.startswith(f"{argument}: ")
    assert "missing" in problem


def test_unknown_format_has_no_problem(flow_world: FlowWorld) -> None:
    new_inputs = build_source_inputs(flow_world.base_connection_id, format=UNKNOWN, tableName=None)

    assert list(flow_world.create_lifecycle(SOURCE_CONNECTION).validate({}, new_inputs)) == []


def test_unchanged_inputs_are_not_checked_again(flow_world: FlowWorld) -> None:
    flow_world.world.emulator.clear_journal()

    problems = flow_world.create_lifecycle(SOURCE_CONNECTION).validate(
        flow_world.source_connection.outputs, build_source_inputs(flow_world.base_connection_id)
    )

    assert list(problems) == []
    assert flow_world.world.emulator.journal() == []


def test_unreadable_table_is_a_warning(flow_world: FlowWorld) -> None:
    process = flow_world.world.start_process()
    flow_world.world.emulator.fault("GET /connections/{id}/explore", status=500, times=99)

    problems = flow_world.create_lifecycle(SOURCE_CONNECTION, process).validate(
        {}, build_source_inputs(flow_world.base_connection_id, columns=[{"name": "x"}])
    )

    assert list(problems) == []
    (message,) = process.messages
    assert message.startswith("warning: ")
    assert "acme.orders" in message
