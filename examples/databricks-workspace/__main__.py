"""The token of the connection is made by the same program that makes the connection."""

from __future__ import annotations

import pulumi
import pulumi_databricks as databricks

from pulumi_adobe import DatabricksSourceConnection

config = pulumi.Config()

cluster = databricks.Cluster(
    "ingestion",
    cluster_name="Adobe ingestion",
    spark_version="15.4.x-scala2.12",
    node_type_id="Standard_DS3_v2",
    num_workers=1,
    autotermination_minutes=60,
)
token = databricks.Token("adobe", comment="Adobe Experience Platform", lifetime_seconds=90 * 86400)

lake = DatabricksSourceConnection(
    "lake",
    name="ACME lake",
    domain=config.require("domain"),
    cluster_id=cluster.id,
    access_token=token.token_value,
    database="acme-db",
)

pulumi.export("connectionId", lake.id)
