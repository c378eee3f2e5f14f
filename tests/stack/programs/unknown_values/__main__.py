"""A connection whose arguments are outputs of a resource that is made in the same run."""

from __future__ import annotations

import pulumi
from cluster import Cluster

from pulumi_adobe import DatabricksSourceConnection

cluster = Cluster("cluster", size=pulumi.Config().require_int("size"))
lake = DatabricksSourceConnection(
    "lake",
    name="From outputs",
    domain=cluster.url,
    cluster_id=cluster.id,
    access_token=cluster.token,
    database="acme-db",
    opts=pulumi.ResourceOptions(ignore_changes=["database"]),
)
pulumi.export("token", lake.access_token)
pulumi.export("clusterId", lake.cluster_id)
