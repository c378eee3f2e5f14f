"""The base connection to Databricks.

Adobe: "Create an Azure Databricks base connection using the Flow Service API", with its parameters and their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Final, overload

import pulumi

from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resources.arguments import split_arguments
from pulumi_adobe.resources.base import FlowServiceResource
from pulumi_adobe.timestamps import to_timestamp_text

_EXPIRY: Final = "access_token_expires_at"


class DatabricksSourceConnectionProvider(DynamicProvider):
    """The provider that every state with a Databricks connection refers to by module and name."""

    resource_type: ClassVar[str] = "DatabricksSourceConnection"


@dataclass(kw_only=True)
class DatabricksSourceConnectionArgs:
    """The arguments of a `DatabricksSourceConnection`; each may be an output of another resource."""

    name: pulumi.Input[str]
    """The name of the connection in Experience Platform."""

    domain: pulumi.Input[str]
    """The URL of the Databricks workspace: https, with nothing after the host."""

    cluster_id: pulumi.Input[str]
    """The id of an existing, interactive cluster."""

    access_token: pulumi.Input[str] = field(repr=False)
    """A Databricks token; always a secret in the state."""

    database: pulumi.Input[str]
    """The name of the database in the delta lake."""

    description: pulumi.Input[str] | None = None
    """The purpose of the connection."""

    catalog: pulumi.Input[str] | None = None
    """The catalog, if the workspace uses Unity Catalog."""

    access_token_expires_at: pulumi.Input[str | int | date] | None = None
    """When the token expires: a date, an ISO 8601 time or epoch milliseconds. Previews warn 14 days before."""

    adopt_id: pulumi.Input[str] | None = None
    """The id of an existing connection to adopt. Has no effect once this resource exists."""

    force_destroy: pulumi.Input[bool] | None = None
    """If `True`, deleting the connection also deletes its dataflows. Takes effect after the next `pulumi up`."""

    test: pulumi.Input[str] | None = None
    """How to treat a failed connection test: `auto`, `fail`, `warn` or `off`. Overrides `adobe:test`."""


class DatabricksSourceConnection(FlowServiceResource, module="adobe", name="DatabricksSourceConnection"):
    """A base connection from Experience Platform to a Databricks workspace.

    A change of any argument updates it in place.
    """

    provider_class = DatabricksSourceConnectionProvider

    name: pulumi.Output[str]
    description: pulumi.Output[str | None]
    domain: pulumi.Output[str]
    cluster_id: pulumi.Output[str]
    access_token: pulumi.Output[str]
    database: pulumi.Output[str]
    catalog: pulumi.Output[str | None]
    access_token_expires_at: pulumi.Output[str | None]

    @overload
    def __init__(
        self,
        resource_name: str,
        args: DatabricksSourceConnectionArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        name: pulumi.Input[str],
        domain: pulumi.Input[str],
        cluster_id: pulumi.Input[str],
        access_token: pulumi.Input[str],
        database: pulumi.Input[str],
        description: pulumi.Input[str] | None = None,
        catalog: pulumi.Input[str] | None = None,
        access_token_expires_at: pulumi.Input[str | int | date] | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        force_destroy: pulumi.Input[bool] | None = None,
        test: pulumi.Input[str] | None = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *args: Any, **keywords: Any) -> None:  # noqa: D417 - the overloads name them
        """Declare the connection, with `DatabricksSourceConnectionArgs` or with keywords.

        Args:
            resource_name: The resource's name in Pulumi.
            args: All arguments as one object, instead of keywords.
            opts: Pulumi's resource options.
            name: The name of the connection in Experience Platform.
            domain: The URL of the Databricks workspace: https, with nothing after the host.
            cluster_id: The id of an existing, interactive cluster.
            access_token: A Databricks token; always a secret in the state.
            database: The name of the database in the delta lake.
            description: The purpose of the connection.
            catalog: The catalog, if the workspace uses Unity Catalog.
            access_token_expires_at: When the token expires: a date, an ISO 8601 time or epoch milliseconds. Previews
                warn 14 days before.
            adopt_id: The id of an existing connection to adopt. Has no effect once this resource exists.
            force_destroy: If `True`, deleting the connection also deletes its dataflows. Takes effect after the
                next `pulumi up`.
            test: How to treat a failed connection test: `auto`, `fail`, `warn` or `off`. Overrides `adobe:test`.

        Raises:
            pulumi.RunError: Known values are wrong. The message has every problem, and no value.
        """
        arguments, options = split_arguments(DatabricksSourceConnectionArgs, args, keywords)
        expiry = arguments.get(_EXPIRY)
        arguments[_EXPIRY] = (
            expiry.apply(to_timestamp_text) if isinstance(expiry, pulumi.Output) else to_timestamp_text(expiry)
        )
        super().__init__(resource_name, arguments, options)
