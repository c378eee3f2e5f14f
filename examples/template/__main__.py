"""Daily ingestion of a Databricks table into a dataset of Adobe Experience Platform."""

from __future__ import annotations

import pulumi

from pulumi_adobe import (
    DatabricksSourceConnection,
    Dataflow,
    Schedule,
    SourceConnection,
    TargetConnection,
    find_dataset,
)

config = pulumi.Config()

lake = DatabricksSourceConnection(
    "acme-lake",
    name="ACME lake",
    domain=config.require("domain"),
    cluster_id=config.require("clusterId"),
    access_token=config.require_secret("databricksToken"),
    database=config.require("database"),
)
pulumi.export("connectionId", lake.id)

orders = SourceConnection("orders", base_connection=lake, table=config.require("table"))
target = TargetConnection("orders-lake", dataset_id=find_dataset(config.require("dataset")))
flow = Dataflow(
    "orders-daily",
    source=orders,
    target=target,
    # The path in the dataset's schema for each column of the table.
    mapping={"order_id": "_id", "ordered_at": "timestamp"},
    schedule=Schedule.daily(delta_column=config.require("deltaColumn")),
)
pulumi.export("dataflowId", flow.id)
