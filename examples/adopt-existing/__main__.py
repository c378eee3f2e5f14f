"""A connection that was created by hand, which the program finds by its name and adopts.

The first `pulumi up` updates in place what differs from the program, and sends the token. It creates nothing. After
that, `adopt_id` has no effect and may stay.

To adopt it without a change and without sending the token, leave `adopt_id` out, and run
`adobe-flow adopt --stack <stack>`, then `pulumi up`.
"""

from __future__ import annotations

import pulumi

from pulumi_adobe import DatabricksSourceConnection, find_connection

config = pulumi.Config()
name = config.get("name") or "Lake made by hand"

lake = DatabricksSourceConnection(
    "lake",
    name=name,
    domain="https://adb-1234567890123456.7.azuredatabricks.net",
    cluster_id="0612-200003-abc123",
    access_token=config.require_secret("databricksToken"),
    database="acme-db",
    adopt_id=find_connection(name, source="databricks"),
)

pulumi.export("connectionId", lake.id)
