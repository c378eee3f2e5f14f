"""Resources whose description, provider or sandbox does not stand in their own declaration."""

from __future__ import annotations

from typing import Any

import pulumi

from pulumi_adobe import DatabricksSourceConnection, FlowService

config = pulumi.Config()


def add_description(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult:
    return pulumi.ResourceTransformResult({**args.props, "description": "added"}, args.opts)


class Team(pulumi.ComponentResource):
    def __init__(self, name: str, opts: pulumi.ResourceOptions) -> None:
        super().__init__("tests:index:Team", name, {}, opts)


def declare(name: str, description: str | None, **options: Any) -> DatabricksSourceConnection:
    return DatabricksSourceConnection(
        name,
        name=name,
        description=description,
        domain="https://adb-1.7.azuredatabricks.net",
        cluster_id="0612-200003-abc123",
        access_token="dapi-0123456789",
        database="acme-db",
        opts=pulumi.ResourceOptions(**options),
    )


stage = FlowService(
    "stage",
    org_id=config.require("org"),
    sandbox="stage",
    endpoint=config.require("endpoint"),
    ims_endpoint=config.require("endpoint"),
    client_id="emulator-client-id",
    client_secret="emulator-client-secret",
)
transformed = declare("eu::lake/1", None, transforms=[add_description])
ignored = declare("ignored", config.get("description"), ignore_changes=["description"])
declare("of-the-team", None, parent=Team("team", pulumi.ResourceOptions(providers={"adobe": stage})))
pulumi.export("transformed", transformed.description)
pulumi.export("ignored", ignored.description)
pulumi.export("absent", ignored.catalog.apply(lambda catalog: f"no catalog: {catalog is None}"))
