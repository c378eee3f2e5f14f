"""Daily ingestion of a table into a dataset by the native provider, `pulumi_adobe.native`.

`Pulumi.yaml` says where Pulumi finds the provider: installing the package puts it into the virtual environment.
"""

from __future__ import annotations

import pulumi

from pulumi_adobe.native import (
    DatabricksSourceConnection,
    Dataflow,
    SourceConnection,
    TargetConnection,
    find_dataset_output,
)

config = pulumi.Config()

lake = DatabricksSourceConnection(
    "lake",
    name="ACME lake",
    domain="https://adb-1234567890123456.7.azuredatabricks.net",
    cluster_id="0612-200003-abc123",
    access_token=config.require_secret("databricksToken"),
    database="acme-db",
    opts=pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="5m")),
)
orders = SourceConnection("orders", source="databricks", base_connection_id=lake.id, table_name="acme.orders")
target = TargetConnection("orders-lake", data_set_id=find_dataset_output(name="ACME orders").id)
flow = Dataflow(
    "orders-daily",
    source_connection_ids=[orders.id],
    target_connection_ids=[target.id],
    mapping={"order_id": "_id", "ordered_at": "timestamp"},
    frequency="day",
    interval=1,
    delta_column="ordered_at",
)

pulumi.export("connectionId", lake.id)
pulumi.export("dataflowId", flow.id)
