"""A program elsewhere that installed the wheel, and that has a package `provider` of its own."""

from __future__ import annotations

import pulumi

from provider import DOMAIN
from pulumi_adobe import DatabricksSourceConnection, DatabricksSourceConnectionArgs

config = pulumi.Config()
lake = DatabricksSourceConnection(
    "lake",
    DatabricksSourceConnectionArgs(
        name="From a wheel",
        domain=DOMAIN,
        cluster_id=pulumi.Output.from_input("0612-200003-abc123"),
        access_token=config.require("token"),
        database="acme-db",
    ),
    pulumi.ResourceOptions(protect=False),
)
pulumi.export("id", lake.id)
pulumi.export("clusterId", lake.cluster_id)
pulumi.export("catalog", lake.catalog)
pulumi.export("orgId", lake.org_id)
