"""One connection in each of two organizations, and one in the stack's own sandbox, all of one name."""

from __future__ import annotations

import pulumi

from pulumi_adobe import DatabricksSourceConnection, FlowService

config = pulumi.Config()
endpoint = config.require("endpoint")
places = {
    "stage": FlowService(
        "stage",
        org_id=config.require("org"),
        sandbox="stage",
        endpoint=endpoint,
        ims_endpoint=endpoint,
        client_id="emulator-client-id",
        client_secret=config.require("clientSecret"),
        test="off",
        timeout=30,
    ),
    "eu": FlowService(
        "eu",
        org_id=config.require("otherOrg"),
        sandbox=config.get("euSandbox") or "prod",
        endpoint=endpoint,
        ims_endpoint=endpoint,
        credentials_from="EU",
    ),
    "own": None,
}
for name, provider in places.items():
    connection = DatabricksSourceConnection(
        name,
        name="the same everywhere",
        domain="https://adb-1.7.azuredatabricks.net",
        cluster_id="0612-200003-abc123",
        access_token="dapi-0123456789",
        database="acme-db",
        opts=pulumi.ResourceOptions(provider=provider),
    )
    pulumi.export(name, connection.id)
