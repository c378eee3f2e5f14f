"""A cluster, a token and a connection in one program; the cluster has the key of the sandbox's landing zone."""

from __future__ import annotations

import pulumi
import pulumi_databricks as databricks

from pulumi_adobe import DatabricksSourceConnection, LandingZoneCredentials

config = pulumi.Config()

# Without this key on the cluster every run of a dataflow fails. A renewed token needs a restart of the cluster.
landing_zone = LandingZoneCredentials("landing-zone")

cluster = databricks.Cluster(
    "ingestion",
    cluster_name="Adobe ingestion",
    spark_version="15.4.x-scala2.12",
    node_type_id="Standard_DS3_v2",
    num_workers=1,
    autotermination_minutes=60,
    spark_conf=landing_zone.spark_conf,
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
