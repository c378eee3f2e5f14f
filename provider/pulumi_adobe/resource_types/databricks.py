"""The resource schema of a base connection to Databricks.

Adobe: "Create an Azure Databricks base connection using the Flow Service API", with its parameters and their meaning.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from pulumi_adobe.expiry import normalize_expiry, validate_expiry
from pulumi_adobe.resource_types.fields import build_base_connection_schema
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.sources import connection_spec

_AUTH_SPEC: Final = "Access Token Authentication"
_EXAMPLE: Final = "https://adb-1234567890123456.7.azuredatabricks.net"


def _validate_domain(value: str) -> str | None:
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return f"is not a URL; the workspace's URL looks like {_EXAMPLE}"
    if parts.scheme != "https" or value != value.strip():
        return f"must begin with https://, as in {_EXAMPLE}"
    if parts.path or parts.query or parts.fragment or parts.username or parts.password or value.endswith(("?", "#")):
        return f"must be only the workspace's address, without a path, a query or a user, as in {_EXAMPLE}"
    if not _is_host_name(host):
        return f"must name the workspace's host, as in {_EXAMPLE}"
    return None


def _is_host_name(host: str) -> bool:
    labels = host.split(".")
    return len(labels) > 1 and all(label and label.isascii() and label.replace("-", "a").isalnum() for label in labels)


def _remove_trailing_slash(value: str) -> str:
    return value.removesuffix("/")


TOKEN_EXPIRY: Final = Field(
    "accessTokenExpiresAt",
    argument="access_token_expires_at",
    type=object,
    validate=validate_expiry,
    normalize=normalize_expiry,
)
"""Only the state has it. Adobe does not know when a token expires; the program that creates the token does."""

_SPEC: Final = connection_spec("databricks")
_DOMAIN: Final = Field("domain", (), validate=_validate_domain, normalize=_remove_trailing_slash)
_BASE: Final = build_base_connection_schema("DatabricksSourceConnection", _SPEC, _AUTH_SPEC, {"domain": _DOMAIN})

SCHEMA: Final[ResourceSchema] = replace(_BASE, fields=(*_BASE.fields, TOKEN_EXPIRY))
