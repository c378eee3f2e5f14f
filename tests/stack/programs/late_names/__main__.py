"""Two connections whose one name is an output: nobody knows it before it is there."""

from __future__ import annotations

from cluster import Cluster

from pulumi_adobe import DatabricksSourceConnection

cluster = Cluster("cluster", size=1)
for resource_name in ("lake", "pond"):
    DatabricksSourceConnection(
        resource_name,
        name=cluster.id,
        domain=cluster.url,
        cluster_id="0612-200003-abc123",
        access_token=cluster.token,
        database="acme-db",
    )
