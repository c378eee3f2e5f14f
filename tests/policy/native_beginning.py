"""The common beginning of the pages' examples for the native provider: the same names, with its classes."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pulumi

from pulumi_adobe import Schedule, native

LandingZoneCredentials = native.LandingZoneCredentials
PROTECTED = pulumi.ResourceOptions(protect=True)
config = pulumi.Config("adobe")
token = pulumi.Config().require_secret("databricksToken")


def in_days(days: int) -> str:
    return (datetime.now(timezone.utc) + timedelta(days=days, hours=1)).isoformat()


def lake(
    logical_name: str, *, opts: pulumi.ResourceOptions | None = PROTECTED, **changed: Any
) -> native.DatabricksSourceConnection:
    arguments: dict[str, Any] = {
        "name": f"Lake {logical_name}",
        "description": "Orders. Owner: data-platform@acme.example",
        "domain": "https://adb-1234567890123456.7.azuredatabricks.net",
        "cluster_id": "0612-200003-abc123",
        "access_token": token,
        "access_token_expires_at": in_days(60),
        "database": logical_name,
    }
    return native.DatabricksSourceConnection(logical_name, **{**arguments, **changed}, opts=opts)


def BaseConnection(  # noqa: N802 - the name of the class in the examples
    logical_name: str, *, auth: dict[str, Any], **arguments: Any
) -> native.BaseConnection:
    return native.BaseConnection(logical_name, params=auth, **arguments)


def flow(logical_name: str, schedule: Schedule) -> native.Dataflow:
    base = lake(f"{logical_name}-lake")
    source = native.SourceConnection(
        f"{logical_name}-source", source="databricks", base_connection_id=base.id, table_name="acme.orders"
    )
    target = native.TargetConnection(f"{logical_name}-target", data_set_id="6889f4f89b982b2b90bc1207")
    return native.Dataflow(
        logical_name,
        source_connection_ids=[source.id],
        target_connection_ids=[target.id],
        mapping={"order_id": "_id"},
        frequency=schedule.frequency,
        interval=schedule.interval,
        delta_column=schedule.delta_column,
        description="Orders. Owner: data-platform@acme.example",
    )


def place(sandbox: str) -> native.Provider:
    return native.Provider(
        f"place-{sandbox}",
        org_id=config.require("orgId"),
        sandbox=sandbox,
        endpoint=config.get("endpoint"),
        ims_endpoint=config.get("imsEndpoint"),
        client_id=config.require("clientId"),
        client_secret=config.require_secret("clientSecret"),
    )
