"""A table that is copied to a dataset; the config has the start, the frequency, and the place of a `FlowService`."""

from __future__ import annotations

import json

import pulumi

from pulumi_adobe import (
    DatabricksSourceConnection,
    Dataflow,
    FlowService,
    Ingestion,
    Schedule,
    SourceConnection,
    TargetConnection,
    describe_table,
    explore_tables,
    flow_runs,
)

MAPPING = {"order_id": "_id", "amount": "_acme.amount"}
DATASET = "6889f4f89b982b2b90bc1207"
config = pulumi.Config()
start = config.get("start")
schedule = (
    Schedule.once(start)
    if config.get("frequency") == "once"
    else Schedule.daily(start=start, delta_column="ordered_at")
)
place = json.loads(config.get("place") or "null")
provider = FlowService("elsewhere", **place, test="off") if place else None
with_provider = pulumi.ResourceOptions(provider=provider)
base = DatabricksSourceConnection(
    "lake",
    name="lake",
    domain="https://adb-1.7.azuredatabricks.net",
    cluster_id="0612-200003-abc123",
    access_token="dapi-0123456789",
    database="acme-db",
    opts=with_provider,
)
if place:
    ingestion = Ingestion(
        "orders",
        connection=base,
        table="acme.orders",
        dataset_id=DATASET,
        mapping=MAPPING,
        schedule=schedule,
        opts=pulumi.ResourceOptions(providers=[provider] if provider else []),
    )
    dataflow = ingestion.dataflow
    pulumi.export("tables", explore_tables(base))
    pulumi.export("columns", describe_table(base, "acme.orders"))
    pulumi.export("runs", flow_runs(dataflow, limit=1))
else:
    source = SourceConnection("source", base_connection=base, table="acme.orders")
    target = TargetConnection("target", dataset_id=DATASET)
    dataflow = Dataflow("flow", source=source, target=target, mapping=MAPPING, schedule=schedule)
pulumi.export("start", dataflow.effective_start)
