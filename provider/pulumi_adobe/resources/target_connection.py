"""A target connection: the dataset that a dataflow writes to.

Adobe: "Create a target connection" of the sources tutorials; the data lake's connection spec is always the same one.
"""

from __future__ import annotations

from typing import ClassVar

import pulumi

from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resource_types.target_connection import DEFAULT_SCHEMA_VERSION
from pulumi_adobe.resources.base import FlowServiceResource


class TargetConnectionProvider(DynamicProvider):
    """The provider that every state with a target connection refers to by module and name."""

    resource_type: ClassVar[str] = "TargetConnection"


class TargetConnection(FlowServiceResource, module="adobe", name="TargetConnection"):
    """A dataset of the data lake.

    A change of name or description is an update. Any other change replaces the target connection, and the dataflows
    that write to it.
    """

    provider_class = TargetConnectionProvider

    name: pulumi.Output[str]
    description: pulumi.Output[str | None]
    dataset_id: pulumi.Output[str]
    schema_id: pulumi.Output[str]
    schema_version: pulumi.Output[str]
    format: pulumi.Output[str | None]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        dataset_id: pulumi.Input[str],
        schema_id: pulumi.Input[str] | None = None,
        schema_version: pulumi.Input[str] = DEFAULT_SCHEMA_VERSION,
        format: pulumi.Input[str] | None = None,  # noqa: A002 - Adobe's name, as that of SourceConnection
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        draft: bool | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a target connection.

        Args:
            resource_name: The resource's name in Pulumi.
            dataset_id: The id of the dataset, 24 hex digits.
            schema_id: The `$id` of the XDM schema; by default that of the dataset.
            schema_version: The content type and version of the XDM schema.
            format: The format of the data, such as `parquet_xdm` (Adobe: streaming.md); by default none is sent.
            name: The name in Experience Platform; by default the resource's name in Pulumi.
            description: The purpose.
            draft: If `True`, a draft is created. It is published once the argument is removed (Adobe: draft.md).
            adopt_id: The id of an existing target connection to adopt. Has no effect once this resource exists.
            opts: Pulumi's resource options.
        """
        arguments = {
            "name": name,
            "description": description,
            "dataset_id": dataset_id,
            "schema_id": schema_id,
            "schema_version": schema_version,
            "format": format,
            "draft": draft,
            "adopt_id": adopt_id,
        }
        super().__init__(resource_name, arguments, opts)
