"""A plan worth a report: with `later` set, one of each is created, updated, replaced and deleted."""

from __future__ import annotations

import pulumi

from pulumi_adobe import (
    DatabricksSourceConnection,
    Dataflow,
    S3AccessKey,
    S3SourceConnection,
    Schedule,
    SnowflakeKeyPair,
    SnowflakeSourceConnection,
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
    SnowflakeSourceConnection(
        "warehouse",
        name="Sales warehouse",
        auth=SnowflakeKeyPair(
            account="acme-eu",
            username="loader",
            database="sales",
            warehouse="load_wh",
            private_key=config.require_secret("snowflakeKey"),
        ),
    )
else:
    S3SourceConnection(
        "exports",
        name="Nightly exports",
        auth=S3AccessKey(
            s3_access_key="AKIAEXAMPLE", s3_secret_key=config.require_secret("s3SecretKey"), bucket_name="acme-exports"
        ),
    )
orders = SourceConnection("orders", base_connection=lake, table="acme.customers" if later else "acme.orders")
Dataflow(
    "orders-daily",
    source=orders,
    target=TargetConnection("profiles", dataset_id="6889f4f89b982b2b90bc1207"),
    mapping={"customer_id": "_acme.customerId"},
    schedule=Schedule.daily(delta_column="ordered_at"),
)
