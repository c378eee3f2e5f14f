"""The program of `reported_plan` for the native provider: with `later` set, the same happens to the same resources."""

from __future__ import annotations

import pulumi

from pulumi_adobe.native import (
    BaseConnection,
    DatabricksSourceConnection,
    Dataflow,
    SourceConnection,
    TargetConnection,
)

config = pulumi.Config()
later = config.get_bool("later") or False
lake = DatabricksSourceConnection(
    "lake",
    name="ACME lake",
    description="Orders and customers; owner: data-platform" if later else "Orders",
    domain="https://adb-1234567890123456.7.azuredatabricks.net",
    cluster_id="0612-200003-abc123",
    access_token=config.require_secret("databricksToken"),
    database="acme-db",
)
if later:
    BaseConnection(
        "warehouse",
        name="Sales warehouse",
        source="snowflake",
        auth_spec="KeyPair Authentication",
        params={
            "account": "acme-eu",
            "username": "loader",
            "database": "sales",
            "warehouse": "load_wh",
            "privateKey": config.require_secret("snowflakeKey"),
        },
    )
else:
    BaseConnection(
        "exports",
        name="Nightly exports",
        source="amazon-s3",
        auth_spec="Access Key",
        params={
            "s3AccessKey": "AKIAEXAMPLE",
            "s3SecretKey": config.require_secret("s3SecretKey"),
            "bucketName": "acme-exports",
        },
    )
orders = SourceConnection(
    "orders",
    source="databricks",
    base_connection_id=lake.id,
    table_name="acme.customers" if later else "acme.orders",
)
profiles = TargetConnection("profiles", data_set_id="6889f4f89b982b2b90bc1207")
Dataflow(
    "orders-daily",
    source_connection_ids=[orders.id],
    target_connection_ids=[profiles.id],
    mapping={"customer_id": "_acme.customerId"},
    frequency="day",
    interval=1,
    delta_column="ordered_at",
)
