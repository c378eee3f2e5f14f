"""A connection to Databricks, by the adapter that the environment names, with the options of the stack's config."""

import os
from typing import Any

import pulumi

if os.environ["ADAPTER"] == "native":
    from pulumi_adobe.native import DatabricksSourceConnection
else:
    from pulumi_adobe import DatabricksSourceConnection

config = pulumi.Config("program")
options: dict[str, Any] = config.get_object("options") or {}
if "custom_timeouts" in options:
    options["custom_timeouts"] = pulumi.CustomTimeouts(**options["custom_timeouts"])

lake = DatabricksSourceConnection(
    "lake",
    name=config.get("name") or "Lake",
    domain="https://adb-1234567890123456.7.azuredatabricks.net",
    cluster_id=config.get("cluster") or "xxxx",
    access_token=config.require_secret("token"),
    database="acme-db",
    opts=pulumi.ResourceOptions(**options),
)
pulumi.export("id", lake.id)
pulumi.export("etag", lake.etag)
