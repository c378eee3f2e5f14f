"""A base connection and, if the config describes one, a pipeline on it, with whatever is wrong in the config."""

from __future__ import annotations

import pulumi

from pulumi_adobe import (
    DatabricksSourceConnection,
    Dataflow,
    FlowService,
    Schedule,
    SourceConnection,
    TargetConnection,
)

config = pulumi.Config()
place = config.get_object("place")
provider = FlowService("place", **place, client_secret="emulator-client-secret") if place else None
options = pulumi.ResourceOptions(provider=provider)
base = {"cluster_id": "0612-200003-abc123", "access_token": "dapi-engine-test-1", **(config.get_object("base") or {})}
lake = DatabricksSourceConnection(
    config.get("lake") or "lake",
    name="Lake of the shop",
    domain="https://adb-1234567890123456.7.azuredatabricks.net",
    database="acme-db",
    **base,
    opts=pulumi.ResourceOptions(provider=provider, aliases=[pulumi.Alias(name="lake")]),
)
pipeline = config.get_object("pipeline")
if pipeline:
    for name, table in pipeline["tables"].items():
        source = SourceConnection(
            name,
            name=f"{name} of the shop",
            base_connection=lake,
            table=table,
            columns=pipeline.get("columns"),
            opts=options,
        )
        target = TargetConnection(
            f"{name}-target", dataset_id=pipeline.get("dataset", "6889f4f89b982b2b90bc1207"), opts=options
        )
        Dataflow(
            f"{name}-daily",
            source=source,
            target=target,
            mapping=pipeline.get("mapping", {"order_id": "_id"}),
            schedule=Schedule.daily(delta_column=pipeline.get("delta_column", "ordered_at")),
            opts=options,
        )
