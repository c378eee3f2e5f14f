"""A dataflow and its connections as a program declares them."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from pulumi_adobe import DatabricksSourceConnection, Dataflow, Schedule, SourceConnection, TargetConnection
from tests.provider.resources.mock_engine import (
    DATABRICKS_ARGUMENTS,
    MockEngine,
    get_value,
    ignore_warnings_of_sdk,
)

pytestmark = ignore_warnings_of_sdk

DAILY = Schedule.daily(delta_column="ordered_at")
ARGUMENTS: dict[str, Any] = {"source": "s", "target": "t", "mapping": {"order_id": "_id"}, "schedule": DAILY}


def test_resources_and_ids_declare_the_same_relations(mock_engine: MockEngine) -> None:
    base_connection = DatabricksSourceConnection("lake", **DATABRICKS_ARGUMENTS)
    source = SourceConnection("orders", base_connection=base_connection, table="acme.orders")
    target = TargetConnection("orders-lake", dataset_id="6889f4f89b982b2b90bc1207")
    get_value(Dataflow("daily", source=source, target=target, mapping={"order_id": "_id"}, schedule=DAILY).id)

    source_inputs, flow_inputs = mock_engine.get_inputs("orders"), mock_engine.get_inputs("daily")
    assert source_inputs["baseConnectionId"] == "lake-id"
    assert source_inputs["connectionSpec"] == mock_engine.get_inputs("lake")["connectionSpec"]
    assert flow_inputs["sourceConnectionIds"] == ["orders-id"]
    assert flow_inputs["targetConnectionIds"] == ["orders-lake-id"]
    assert (flow_inputs["frequency"], flow_inputs["interval"]) == ("day", 1)


def test_source_connection_is_declared_with_the_columns_that_its_dataflows_use(mock_engine: MockEngine) -> None:
    base_connection = DatabricksSourceConnection("lake", **DATABRICKS_ARGUMENTS)
    source = SourceConnection("orders", base_connection=base_connection, table="acme.orders")
    other = SourceConnection("other", base_connection="id", source="databricks", table="acme.orders")
    late = pulumi.Output.from_input({"amount": "_acme.amount"})
    ignored = pulumi.ResourceOptions(ignore_changes=["mapping"])
    flows = [
        Dataflow("daily", **{**ARGUMENTS, "source": source}),
        Dataflow("once", **{**ARGUMENTS, "source": source, "mapping": late, "schedule": Schedule.once()}),
        Dataflow("kept", **{**ARGUMENTS, "source": source}, opts=ignored),
        Dataflow("by-id", **ARGUMENTS),
    ]
    get_value(pulumi.Output.all(other.id, *(flow.id for flow in flows)))

    assert mock_engine.get_inputs("orders")["dataflowColumns"] == [
        {"dataflow": "daily", "mapped": ["order_id"], "deltaColumn": "ordered_at"},
        {"dataflow": "once", "mapped": [], "deltaColumn": ""},
    ]
    assert mock_engine.get_inputs("other")["dataflowColumns"] == []


def test_name_is_by_default_that_of_the_resource(mock_engine: MockEngine) -> None:
    get_value(Dataflow("daily", **ARGUMENTS).id)

    assert mock_engine.get_inputs("daily")["name"] == "daily"


@pytest.mark.parametrize(
    ("changed_arguments", "argument"),
    [
        ({"schedule": Schedule(frequency="day", interval=1)}, "schedule.delta_column"),
        ({"schedule": Schedule(frequency="month", interval=1, delta_column="t")}, "schedule.frequency"),
        ({"mapping": {}}, "mapping"),
    ],
    ids=str,
)
def test_wrong_argument_is_named(mock_engine: MockEngine, changed_arguments: dict[str, Any], argument: str) -> None:
    with pytest.raises(pulumi.RunError, match=f'^Dataflow "daily": {argument}'):
        Dataflow("daily", **{**ARGUMENTS, **changed_arguments})

    assert mock_engine.registered_resources == []
