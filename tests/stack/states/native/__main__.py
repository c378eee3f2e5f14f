"""Declares one of every resource type of the native provider: with few inputs, and with an explicit provider."""

from __future__ import annotations

import pulumi

from pulumi_adobe.native import (
    BaseConnection,
    DatabricksSourceConnection,
    Dataflow,
    LandingZoneCredentials,
    Provider,
    SourceConnection,
    TargetConnection,
)

config = pulumi.Config()
secret = config.require_secret("secret")

LandingZoneCredentials("landing-zone")
lake = DatabricksSourceConnection(
    "lake",
    name="Lake of the shop",
    description="Orders and customers",
    domain="https://adb-1234567890123456.7.azuredatabricks.net",
    cluster_id="0612-200003-abc123",
    access_token=secret,
    access_token_expires_at="2126-01-31",
    database="acme-db",
)
BaseConnection(
    "exports",
    source="amazon-s3",
    name="Nightly exports",
    auth_spec="Access Key",
    params={"s3AccessKey": "AKIAEXAMPLE", "s3SecretKey": secret, "bucketName": "acme-exports"},
)
orders = SourceConnection(
    "orders",
    source="databricks",
    base_connection_id=lake.id,
    table_name="acme.orders",
    columns=[{"name": "order_id", "type": "integer"}, {"name": "ordered_at", "type": "string"}],
)
target = TargetConnection("orders-lake", data_set_id="6889f4f89b982b2b90bc1207")
Dataflow(
    "orders-daily",
    source_connection_ids=[orders.id],
    target_connection_ids=[target.id],
    mapping={"order_id": "_id", "ordered_at": "timestamp"},
    frequency="day",
    interval=1,
    delta_column="ordered_at",
    start_time="2126-01-01T03:00:00Z",
)
stage = Provider(
    "stage",
    org_id=config.require("org"),
    sandbox="stage",
    endpoint=config.require("endpoint"),
    ims_endpoint=config.require("endpoint"),
    client_id="emulator-client-id",
    client_secret=config.require_secret("clientSecret"),
    timeout=30,
)
DatabricksSourceConnection(
    "elsewhere",
    name="Lake of the stage",
    domain="https://adb-3.7.azuredatabricks.net",
    cluster_id="0612-200003-ghi789",
    access_token=secret,
    database="acme-db",
    opts=pulumi.ResourceOptions(provider=stage),
)
pulumi.export("connectionId", lake.id)
