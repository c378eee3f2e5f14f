"""As many connections as the config says."""

from __future__ import annotations

import pulumi

from pulumi_adobe import DatabricksSourceConnection

config = pulumi.Config()
token = config.require_secret("token")
for number in range(config.require_int("connections")):
    DatabricksSourceConnection(
        f"lake-{number}",
        name=f"lake {number}",
        domain="https://adb-1234567890123456.7.azuredatabricks.net",
        cluster_id="0612-200003-abc123",
        access_token=token,
        database="acme-db",
    )
