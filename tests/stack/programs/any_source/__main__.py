"""A Snowflake connection by its typed class."""

from __future__ import annotations

import pulumi

from pulumi_adobe import SnowflakeKeyPair, SnowflakeSourceConnection

config = pulumi.Config()
warehouse = SnowflakeSourceConnection(
    "warehouse",
    name="Warehouse",
    auth=SnowflakeKeyPair(
        account="acme",
        username="loader",
        database="sales",
        private_key=config.require("privateKey"),
        warehouse=config.require("warehouse"),
    ),
)
pulumi.export("id", warehouse.id)
