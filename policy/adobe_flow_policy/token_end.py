"""When the access token of a connection ends, as far as the program declares it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from adobe_flow_policy.seen import Seen
from pulumi_adobe.expiry import parse_expiry

EXPIRES: Final = "accessTokenExpiresAt"


def has_token(connection: Seen) -> bool:
    """Whether it is a kind of connection whose token's end can be declared: Databricks, with a token of its own."""
    return connection.kind == "DatabricksSourceConnection" and not connection.lacks("accessToken")


def end(connection: Seen) -> datetime | None:
    """The declared end; None where there is none that is known, or where it is no time."""
    try:
        return parse_expiry(connection.text(EXPIRES) or "")
    except ValueError:
        return None
