"""The same connection in three sandboxes of an organization, from one program."""

from __future__ import annotations

import pulumi

from pulumi_adobe import DatabricksSourceConnection, FlowService

config = pulumi.Config()
adobe = pulumi.Config("adobe")
clusters = {"dev": "0612-200003-dev", "stage": "0612-200003-stage", "prod": "0612-200003-prod"}

for sandbox, cluster_id in clusters.items():
    flow_service = FlowService(
        sandbox,
        org_id=adobe.require("orgId"),
        sandbox=sandbox,
        endpoint=adobe.get("endpoint"),
        ims_endpoint=adobe.get("imsEndpoint"),
        client_id=adobe.require("clientId"),
        client_secret=adobe.require_secret("clientSecret"),
    )
    lake = DatabricksSourceConnection(
        f"lake-{sandbox}",
        name="ACME lake",
        domain="https://adb-1234567890123456.7.azuredatabricks.net",
        cluster_id=cluster_id,
        access_token=config.require_secret("databricksToken"),
        database="acme-db",
        opts=pulumi.ResourceOptions(provider=flow_service, protect=config.get_bool("protect")),
    )
    pulumi.export(sandbox, lake.id)
