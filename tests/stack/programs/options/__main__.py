"""One connection with the options and under the resource name that the stack's config says."""

from __future__ import annotations

import pulumi

from pulumi_adobe import DatabricksSourceConnection

config = pulumi.Config()
if config.get_bool("declared") is not False:
    DatabricksSourceConnection(
        config.get("resource") or "lake",
        name="lake",
        domain="https://adb-1.7.azuredatabricks.net",
        cluster_id=config.get("cluster") or "0612-200003-abc123",
        access_token="dapi-0123456789",
        database="acme-db",
        opts=pulumi.ResourceOptions(
            protect=config.get_bool("protect"),
            retain_on_delete=config.get_bool("retain"),
            aliases=[pulumi.Alias(name="lake")],
            ignore_changes=["cluster_id"] if config.get_bool("ignore") else None,
        ),
    )
