"""The base connection to Databricks.

Adobe: "Create an Azure Databricks base connection using the Flow Service API", with its parameters and their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Final, overload
from urllib.parse import urlsplit

import pulumi

from pulumi_adobe.declaration import ResourceSchema, Field
from pulumi_adobe.dynamic import DynamicProvider
from pulumi_adobe.resources.arguments import split_arguments
from pulumi_adobe.resources.connection_fields import build_base_connection_schema, build_fixed_inputs
from pulumi_adobe.resources.declared import FlowServiceResource
from pulumi_adobe.resources.expiring import TOKEN_EXPIRY, DatabricksHooks
from pulumi_adobe.sources import connection_spec

_AUTH_SPEC: Final = "Access Token Authentication"
_SPEC: Final = connection_spec("databricks")
_EXAMPLE: Final = "https://adb-1234567890123456.7.azuredatabricks.net"


def _validate_domain(value: str) -> str | None:
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return f"is no URL; the workspace's is like {_EXAMPLE}"
    if parts.scheme != "https" or value != value.strip():
        return f"must begin with https://, as in {_EXAMPLE}"
    if parts.path or parts.query or parts.fragment or parts.username or parts.password or value.endswith(("?", "#")):
        return f"must be the workspace's address alone, without a path, a query or a user, as in {_EXAMPLE}"
    if not _is_host_name(host):
        return f"must name the workspace's host, as in {_EXAMPLE}"
    return None


def _is_host_name(host: str) -> bool:
    labels = host.split(".")
    return len(labels) > 1 and all(label and label.isascii() and label.replace("-", "a").isalnum() for label in labels)


def _remove_trailing_slash(value: str) -> str:
    return value.removesuffix("/")


_DOMAIN: Final = Field("domain", (), validate=_validate_domain, normalize=_remove_trailing_slash)
_CONNECTION: Final = build_base_connection_schema("DatabricksSourceConnection", _SPEC, _AUTH_SPEC, special_fields={"domain": _DOMAIN})


class DatabricksSourceConnectionProvider(DynamicProvider):
    """The provider that stands, as a reference to this class, in the state of every Databricks connection."""

    declaration: ClassVar[ResourceSchema] = replace(
        _CONNECTION, fields=(*_CONNECTION.fields, TOKEN_EXPIRY), hooks=DatabricksHooks()
    )


@dataclass(kw_only=True)
class DatabricksSourceConnectionArgs:
    """The arguments of a `DatabricksSourceConnection`; each may be an output of another resource."""

    name: pulumi.Input[str]
    """Its name in Experience Platform."""

    domain: pulumi.Input[str]
    """The URL of the Databricks workspace: https, a host alone."""

    cluster_id: pulumi.Input[str]
    """The id of an existing, interactive cluster."""

    access_token: pulumi.Input[str] = field(repr=False)
    """A Databricks token; always a secret in the state."""

    database: pulumi.Input[str]
    """The name of the database in the delta lake."""

    description: pulumi.Input[str] | None = None
    """What it is for."""

    catalog: pulumi.Input[str] | None = None
    """The catalog of Unity Catalog, where there is one."""

    access_token_expires_at: pulumi.Input[str] | None = None
    """When the token ends: ISO 8601, a date or a moment; never sent. From 14 days before, previews and updates warn."""

    adopt_id: pulumi.Input[str] | None = None
    """The id of a connection to take over, where this one is not made yet; without effect afterwards."""

    force_destroy: pulumi.Input[bool] | None = None
    """Whether a deletion deletes the dataflows on it too; only what an `up` has stored counts."""

    test: pulumi.Input[str] | None = None
    """What a failed test of it is: `auto`, `fail`, `warn` or `off`; in the place of `adobe:test`."""


class DatabricksSourceConnection(FlowServiceResource, module="adobe", name="DatabricksSourceConnection"):
    """A base connection from Experience Platform to a Databricks workspace.

    A change of any argument updates it in place.
    """

    provider_class = DatabricksSourceConnectionProvider
    fixed = build_fixed_inputs(_SPEC, _AUTH_SPEC)

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
        access_token_expires_at: pulumi.Input[str] | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        force_destroy: pulumi.Input[bool] | None = None,
        test: pulumi.Input[str] | None = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *args: Any, **keywords: Any) -> None:
        """Declare it, by `DatabricksSourceConnectionArgs` or by keywords.

        Raises pulumi.RunError where plain values are wrong: every problem, none with a value.
        """
        super().__init__(resource_name, *split_arguments(DatabricksSourceConnectionArgs, args, keywords))
