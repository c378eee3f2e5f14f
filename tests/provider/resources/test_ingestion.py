"""The component that copies a table to a dataset on a schedule."""

from __future__ import annotations

from typing import Any

from pulumi_adobe import DatabricksSourceConnection, DatabricksSourceConnectionArgs, Ingestion, Schedule
from tests.provider.resources.mock_engine import (
    DATABRICKS_ARGUMENTS,
    MockEngine,
    get_value,
    ignore_warnings_of_sdk,
)

pytestmark = ignore_warnings_of_sdk

ARGUMENTS: dict[str, Any] = {
    "table": "acme.orders",
    "dataset_id": "6889f4f89b982b2b90bc1207",
    "mapping": {"order_id": "_id"},
    "schedule": Schedule.daily(delta_column="ordered_at"),
}


def test_parts_are_named_after_the_component_and_refer_to_each_other(mock_engine: MockEngine) -> None:
    ingestion = Ingestion("orders", connection=DatabricksSourceConnectionArgs(**DATABRICKS_ARGUMENTS), **ARGUMENTS)
    get_value(ingestion.dataflow.id)

    names = {args.name for args in mock_engine.registered_resources}
    assert names == {"orders", "orders-connection", "orders-source", "orders-target", "orders-flow"}
    assert mock_engine.get_inputs("orders-source")["baseConnectionId"] == "orders-connection-id"
    assert mock_engine.get_inputs("orders-flow")["sourceConnectionIds"] == ["orders-source-id"]
    assert mock_engine.get_inputs("orders-flow")["targetConnectionIds"] == ["orders-target-id"]


def test_base_connection_may_be_shared(mock_engine: MockEngine) -> None:
    shared = DatabricksSourceConnection("lake", **DATABRICKS_ARGUMENTS)

    ingestion = Ingestion("orders", connection=shared, **ARGUMENTS)
    get_value(ingestion.dataflow.id)

    assert ingestion.connection is shared
    assert mock_engine.get_inputs("orders-source")["baseConnectionId"] == "lake-id"
    assert "orders-connection" not in {args.name for args in mock_engine.registered_resources}
