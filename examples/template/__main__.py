"""Daily ingestion of a Databricks table into a dataset of Adobe Experience Platform."""

from __future__ import annotations

import pulumi

from pulumi_adobe import DatabricksSourceConnection, Dataflow, Schedule, SourceConnection, TargetConnection

config = pulumi.Config()

lake = DatabricksSourceConnection(
    "lake",
    name=f"{pulumi.get_project()} lake",
    domain=config.require("domain"),
    cluster_id=config.require("clusterId"),
    access_token=config.require_secret("databricksToken"),
    database=config.get("database") or "default",
)
source = SourceConnection("source", base_connection=lake, table=config.require("table"))
target = TargetConnection("target", dataset_id=config.require("datasetId"))
flow = Dataflow(
    "daily",
    source=source,
    target=target,
    # Each column's path in the dataset's schema.
    mapping=config.get_object("mapping") or {"order_id": "_id"},
    schedule=Schedule.daily(delta_column=config.require("deltaColumn")),
)

pulumi.export("connectionId", lake.id)
pulumi.export("dataflowId", flow.id)
