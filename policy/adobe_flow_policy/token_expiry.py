"""The declared end of the access token of a connection."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from adobe_flow_policy.resource import DeclaredResource
from pulumi_adobe.expiry import parse_expiry

EXPIRES: Final = "accessTokenExpiresAt"


def has_declarable_token_expiry(connection: DeclaredResource) -> bool:
    """Return whether the connection has a token whose end can be declared: Databricks, with an access token."""
    return connection.kind == "DatabricksSourceConnection" and not connection.lacks("accessToken")


def parse_token_expiry(connection: DeclaredResource) -> datetime | None:
    """Return the declared end, or None if it is absent, unknown or not a time."""
    try:
        return parse_expiry(connection.get_text(EXPIRES) or "")
    except ValueError:
        return None
