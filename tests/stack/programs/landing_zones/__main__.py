"""The landing zones of two sandboxes on one cluster; `rotateBefore` of the stack's config is for the first of them."""

from __future__ import annotations

import pulumi
import pulumi_databricks as databricks

from pulumi_adobe import FlowService, LandingZoneCredentials, merge_spark_conf

config = pulumi.Config("adobe")
own = pulumi.Config()


def flow_service(sandbox: str) -> FlowService:
    return FlowService(
        sandbox,
        org_id=config.require("orgId"),
        sandbox=sandbox,
        endpoint=config.get("endpoint"),
        ims_endpoint=config.get("imsEndpoint"),
        client_id=config.require("clientId"),
        client_secret=config.require_secret("clientSecret"),
    )


dev = LandingZoneCredentials(
    "zone-dev", rotate_before=own.get_int("rotateBefore"), opts=pulumi.ResourceOptions(provider=flow_service("dev"))
)
prod = LandingZoneCredentials("zone-prod", opts=pulumi.ResourceOptions(provider=flow_service("prod")))

cluster = databricks.Cluster("ingestion", spark_conf=merge_spark_conf({"spark.speculation": "false"}, dev, prod))

pulumi.export("sparkConf", cluster.spark_conf)
pulumi.export("expiry", dev.expiry_date)
