"""A resource on the same life cycle whose connection spec and auth spec may change: Databricks has one of each."""

from __future__ import annotations

from typing import Any

import pulumi

from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resources.base import FlowServiceResource
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema


class VariableConnectionProvider(DynamicProvider):
    declaration = ResourceSchema(
        "VariableConnection",
        "connections",
        (
            Field("name", ("name",), "name", required=True),
            Field("parameters", ("auth", "params"), "parameters", required=True, secret=True, type=dict),
            Field("authSpec", ("auth", "specName"), "auth_spec", required=True, replace_on_changes=True),
            Field(
                "connectionSpec",
                ("connectionSpec",),
                "connection_spec",
                required=True,
                replace_on_changes=True,
                type=dict,
            ),
        ),
    )


class VariableConnection(FlowServiceResource, module="adobe", name="VariableConnection"):
    provider_class = VariableConnectionProvider

    def __init__(self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **given: Any) -> None:
        super().__init__(resource_name, given, opts)
