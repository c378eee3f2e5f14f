"""A Databricks table, every day, in a dataset of Experience Platform."""

from __future__ import annotations

import pulumi

from pulumi_adobe import (
    DatabricksSourceConnection,
    Dataflow,
    Schedule,
    SourceConnection,
    TargetConnection,
    find_dataset,
    flow_runs,
)

config = pulumi.Config()

lake = DatabricksSourceConnection(
    "acme-lake",
    name="ACME lake",
    domain="https://adb-1234567890123456.7.azuredatabricks.net",
    cluster_id=config.get("clusterId") or "0612-200003-abc123",
    access_token=config.require_secret("databricksToken"),
    database="acme-db",
)
orders = SourceConnection("orders", base_connection=lake, table=config.get("table") or "acme.orders")
target = TargetConnection("orders-lake", dataset_id=config.get("dataset") or find_dataset("ACME orders"))
flow = Dataflow(
    "orders-daily",
    source=orders,
    target=target,
    mapping=config.get_object("mapping")
    or {"order_id": "_id", "ordered_at": "timestamp", "customer_id": "_acme.customerId", "amount": "_acme.amount"},
    schedule=Schedule.daily(start=config.get("start"), delta_column="ordered_at"),
    enabled=config.get_bool("enabled") is not False,
)

pulumi.export("dataflowId", flow.id)
pulumi.export("begins", flow.effective_start)
pulumi.export("columns", orders.columns.apply(lambda columns: [column["name"] for column in columns]))
pulumi.export("lastRun", flow_runs(flow).apply(lambda runs: runs[0] if runs else None))
