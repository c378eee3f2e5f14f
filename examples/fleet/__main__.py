"""Program with the connections of one sandbox; a fleet runs it for each sandbox, in a stack of its own."""

from __future__ import annotations

import os

import pulumi

from pulumi_adobe import DatabricksSourceConnection

config = pulumi.Config()
databases: list[str] = config.require_object("databases")
# From the environment, so that no engine that runs a fleet has a secret in a stack's file.
token = os.environ.get("DATABRICKS_TOKEN") or config.require_secret("databricksToken")

ids = {
    database: DatabricksSourceConnection(
        f"lake-{database}",
        name=f"Lake {database}",
        domain=config.require("domain"),
        cluster_id=config.require("clusterId"),
        access_token=token,
        database=database,
    ).id
    for database in databases
}
pulumi.export("connections", ids)
