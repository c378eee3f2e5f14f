"""A connection to Databricks, by the adapter that the environment names, with the options of the stack's config."""

import os
from typing import Any

import pulumi

if os.environ["ADAPTER"] == "native":
    from pulumi_adobe.native import DatabricksSourceConnection
    from pulumi_adobe.native import Provider as FlowService
else:
    from pulumi_adobe import DatabricksSourceConnection, FlowService


def accept_native_state(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
    """Take over what the native provider has managed under the same name: docs/how-to/native-provider.md."""
    name = args.type_.removeprefix("pulumi-python:dynamic/adobe:")
    if name == args.type_:
        return None
    has_own_type = name in ("DatabricksSourceConnection", "SourceConnection") or not name.endswith("SourceConnection")
    alias = pulumi.Alias(type_=f"adobe:index:{name if has_own_type else 'BaseConnection'}")
    opts = pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(aliases=[alias]))
    return pulumi.ResourceTransformationResult(args.props, opts)


if os.environ.get("WAY_BACK"):
    pulumi.runtime.register_stack_transformation(accept_native_state)

config = pulumi.Config("program")
options: dict[str, Any] = config.get_object("options") or {}
if "custom_timeouts" in options:
    options["custom_timeouts"] = pulumi.CustomTimeouts(**options["custom_timeouts"])
place = config.get_object("place")
if place:
    options["provider"] = FlowService("place", **place, client_secret=config.require_secret("clientSecret"), test="off")

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
