"""One component for the common case: ingestion of a table of a Databricks workspace into a dataset, every six hours."""

from __future__ import annotations

import pulumi

from pulumi_adobe import DatabricksSourceConnectionArgs, Ingestion, Schedule, explore_tables

config = pulumi.Config()

orders = Ingestion(
    "orders",
    connection=DatabricksSourceConnectionArgs(
        name="ACME lake",
        domain="https://adb-1234567890123456.7.azuredatabricks.net",
        cluster_id="0612-200003-abc123",
        access_token=config.require_secret("databricksToken"),
        database="acme-db",
    ),
    table="acme.orders",
    dataset_id="6889f4f89b982b2b90bc1207",
    mapping={"order_id": "_id", "ordered_at": "timestamp"},
    schedule=Schedule.every(hours=6, delta_column="ordered_at"),
)

pulumi.export("dataflowId", orders.dataflow.id)
pulumi.export("tables", explore_tables(orders.connection))
