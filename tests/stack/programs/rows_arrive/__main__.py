"""A pipeline with the credentials of the landing zone; `start` and `accessTokens.lake` come from the stack's config."""

from __future__ import annotations

import pulumi

from pulumi_adobe import (
    DatabricksSourceConnection,
    Dataflow,
    LandingZoneCredentials,
    Schedule,
    SourceConnection,
    TargetConnection,
)

config = pulumi.Config()

zone = LandingZoneCredentials("zone")
lake = DatabricksSourceConnection(
    "lake",
    name="ACME lake",
    domain="https://adb-1.7.azuredatabricks.net",
    cluster_id="0612-200003-abc123",
    access_token=config.require_secret_object("accessTokens")["lake"],
    database="acme-db",
)
orders = SourceConnection("orders", base_connection=lake, table="acme.orders")
dataset = TargetConnection("dataset", dataset_id="6889f4f89b982b2b90bc1207")
Dataflow(
    "orders-daily",
    source=orders,
    target=dataset,
    mapping={"order_id": "_id", "amount": "_acme.amount"},
    schedule=Schedule.daily(start=config.require("start"), delta_column="ordered_at"),
)
pulumi.export("sparkConf", zone.spark_conf)
