"""The declared end of the access token of a connection."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from adobe_flow_policy.resource import DeclaredResource
from pulumi_adobe.expiry import parse_expiry

EXPIRES: Final = "accessTokenExpiresAt"


def has_declarable_token_expiry(connection: DeclaredResource) -> bool:
    """Return whether the program can declare the token's expiry: Databricks connections with an access token."""
    return connection.kind == "DatabricksSourceConnection" and not connection.lacks("accessToken")


def parse_token_expiry(connection: DeclaredResource) -> datetime | None:
    """Return the declared expiry, or None if it is absent, unknown or not a time."""
    try:
        return parse_expiry(connection.get_text(EXPIRES) or "")
    except ValueError:
        return None
