"""Two sources in one program: a Snowflake warehouse with a key pair, and an S3 bucket."""

from __future__ import annotations

import pulumi

from pulumi_adobe import BaseConnection, S3AccessKey, S3SourceConnection, SnowflakeKeyPair, SnowflakeSourceConnection

config = pulumi.Config()

warehouse = SnowflakeSourceConnection(
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
bucket = S3SourceConnection(
    "exports",
    name="Nightly exports",
    auth=S3AccessKey(
        s3_access_key="AKIAEXAMPLE",
        s3_secret_key=config.require_secret("s3SecretKey"),
        bucket_name="acme-exports",
    ),
)
# Any other source of the catalogue, by its name and its parameters under Adobe's own names.
tickets = BaseConnection(
    "tickets",
    source="zendesk",
    name="Tickets",
    auth={"subdomain": "acme", "accessToken": config.require_secret("zendeskToken")},
)

pulumi.export("ids", [warehouse.id, bucket.id, tickets.id])
