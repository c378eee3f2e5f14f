"""Connections and a dataflow that take whatever they can from a resource that is made in the same run.

The policy tests judge a recording of its preview (`tests/policy/data/not_known_yet.json`), in which each such value is
unknown. Known are only the names of the resources, the stack `dev`, the source `databricks` of `pond`, the table
`acme.orders`, the dataset, the daily schedule with its delta column, the column of the mapping, and of the connection
`elsewhere` its name, its description and its database.
"""

from __future__ import annotations

import pulumi
from cluster import Cluster

from pulumi_adobe import (
    BaseConnection,
    DatabricksSourceConnection,
    Dataflow,
    FlowService,
    Schedule,
    SourceConnection,
    TargetConnection,
)

config = pulumi.Config()
cluster = Cluster("cluster", size=612)


def later(text: str) -> pulumi.Output[str]:
    """A text that only the update knows."""
    return cluster.url.apply(lambda _: text)


lake = DatabricksSourceConnection(
    "lake",
    name=later("  Lake of the shop "),
    description=later("Orders. Owner: data-platform@acme.example"),
    domain=cluster.url,
    cluster_id=cluster.id,
    access_token=cluster.token,
    access_token_expires_at=later("2126-01-31T00:00Z"),
    database=later("acme-db"),
)
BaseConnection(
    "pond",
    source="databricks",
    name=later("Pond of the shop"),
    auth={
        "domain": cluster.url,
        "clusterId": cluster.id,
        "accessToken": cluster.token,
        "database": later("pond"),
    },
    description=later("Pond. Owner: data-platform@acme.example"),
)
orders = SourceConnection("orders", base_connection=lake, table="acme.orders")
target = TargetConnection("lake-orders", dataset_id="6889f4f89b982b2b90bc1207")
Dataflow(
    "orders-daily",
    source=orders,
    target=target,
    mapping={"order_id": later("_id")},
    schedule=Schedule.daily(delta_column="ordered_at"),
    description=later("Orders. Owner: data-platform@acme.example"),
)
elsewhere = FlowService(
    "elsewhere",
    org_id=config.require("org"),
    sandbox=later("Stage"),
    endpoint=config.require("endpoint"),
    ims_endpoint=config.require("endpoint"),
    client_id="emulator-client-id",
    client_secret=later("emulator-client-secret"),
)
DatabricksSourceConnection(
    "elsewhere",
    name="Lake of the other shop",
    description="Orders. Owner: data-platform@acme.example",
    domain=cluster.url,
    cluster_id=cluster.id,
    access_token=cluster.token,
    access_token_expires_at=cluster.token.apply(lambda _: "2126-01-31T00:00Z"),
    database="acme-db",
    opts=pulumi.ResourceOptions(provider=elsewhere),
)
