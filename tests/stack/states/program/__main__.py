"""Declares one of every resource type and typed class of the package."""

from __future__ import annotations

import pulumi

from pulumi_adobe import (
    AzureBlobConnectionString,
    AzureBlobSourceConnection,
    BaseConnection,
    BigQueryServiceAccount,
    BigQuerySourceConnection,
    DatabricksSourceConnection,
    DatabricksSourceConnectionArgs,
    Dataflow,
    FlowService,
    Ingestion,
    MySQLPassword,
    MySQLSourceConnection,
    PostgreSQLPassword,
    PostgreSQLSourceConnection,
    S3AccessKey,
    S3SourceConnection,
    Schedule,
    SnowflakeKeyPair,
    SnowflakeSourceConnection,
    SourceConnection,
    TargetConnection,
)

config = pulumi.Config()
secret = config.require_secret("secret")
ORDERS, CUSTOMERS = "6889f4f89b982b2b90bc1207", "6889f4f89b982b2b90bc1208"

lake = DatabricksSourceConnection(
    "lake",
    name="Lake of the shop",
    description="Orders and customers",
    domain="https://adb-1234567890123456.7.azuredatabricks.net",
    cluster_id="0612-200003-abc123",
    access_token=secret,
    access_token_expires_at="2126-01-31",
    database="acme-db",
    catalog="main",
    force_destroy=True,
    test="warn",
)
BaseConnection(
    "crm",
    source="hubspot",
    name="CRM",
    auth={"clientId": "acme", "clientSecret": secret, "accessToken": secret, "refreshToken": secret},
)
SnowflakeSourceConnection(
    "snowflake",
    name="Snowflake warehouse",
    auth=SnowflakeKeyPair(
        account="acme-eu", username="loader", database="sales", warehouse="load_wh", private_key=secret
    ),
)
BigQuerySourceConnection(
    "bigquery",
    name="BigQuery project",
    auth=BigQueryServiceAccount(project_id="acme-analytics", key_file_content=secret),
)
exports = S3SourceConnection(
    "s3",
    name="Nightly exports",
    auth=S3AccessKey(s3_access_key="AKIAEXAMPLE", s3_secret_key=secret, bucket_name="acme-exports"),
    force_destroy=True,
)
AzureBlobSourceConnection(
    "azure-blob",
    name="Blob storage",
    auth=AzureBlobConnectionString(connection_string=secret, container="exports"),
)
postgresql = PostgreSQLSourceConnection(
    "postgresql",
    name="Shop database",
    description="PostgreSQL of the shop",
    auth=PostgreSQLPassword(
        server="db.acme.example", port=5432, database="shop", username="loader", password=secret, ssl_mode="Verify Full"
    ),
    test="off",
)
MySQLSourceConnection(
    "mysql",
    name="Old shop database",
    auth=MySQLPassword(server="old.acme.example", database="shop", username="loader", password=secret),
)

orders = SourceConnection(
    "orders",
    base_connection=postgresql,
    table="acme.orders",
    columns=[{"name": "order_id", "type": "integer"}, {"name": "ordered_at", "type": "string"}],
    description="Orders of the shop",
)
SourceConnection("files", base_connection=exports, path="/orders", recursive=True, format="json")
target = TargetConnection("lake-orders", dataset_id=ORDERS, name="Orders in the data lake")
Dataflow(
    "orders-daily",
    source=orders,
    target=target,
    mapping={"order_id": "_id", "ordered_at": "timestamp"},
    schedule=Schedule.daily(delta_column="ordered_at", start="2126-01-01T03:00Z", backfill=False),
    description="Every morning",
    enabled=True,
)
Dataflow(
    "orders-once",
    source=orders,
    target=target,
    mapping={"order_id": "_id"},
    schedule=Schedule.once(start="2126-01-01T04:00Z"),
    enabled=False,
)
Ingestion(
    "customers",
    connection=DatabricksSourceConnectionArgs(
        name="Lake of the customers",
        domain="https://adb-2.7.azuredatabricks.net",
        cluster_id="0612-200003-def456",
        access_token=secret,
        database="customers",
    ),
    table="acme.customers",
    dataset_id=CUSTOMERS,
    mapping={"customer_id": "_id", "email": "personalEmail.address"},
    schedule=Schedule.weekly(delta_column="updated_at"),
)
stage = FlowService(
    "stage",
    org_id=config.require("org"),
    sandbox="stage",
    endpoint=config.require("endpoint"),
    ims_endpoint=config.require("endpoint"),
    client_id="emulator-client-id",
    client_secret=config.require_secret("clientSecret"),
    timeout=30,
)
elsewhere = DatabricksSourceConnection(
    "elsewhere",
    name="Lake of the stage",
    domain="https://adb-3.7.azuredatabricks.net",
    cluster_id="0612-200003-ghi789",
    access_token=secret,
    database="acme-db",
    opts=pulumi.ResourceOptions(provider=stage),
)
pulumi.export("connectionId", lake.id)
