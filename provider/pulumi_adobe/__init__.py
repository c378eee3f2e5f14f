"""Adobe Experience Platform's data-source connections, declared with Pulumi."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_adobe.lookups import (
        FlowRun,
        LandingZone,
        connection_spec,
        describe_table,
        explore_tables,
        find_connection,
        flow_runs,
        landing_zone_credentials,
    )
    from pulumi_adobe.resources.auth import Auth
    from pulumi_adobe.resources.azure_blob import (
        AzureBlobConnectionString,
        AzureBlobSasUri,
        AzureBlobServicePrincipal,
        AzureBlobSourceConnection,
    )
    from pulumi_adobe.resources.base_connection import BaseConnection
    from pulumi_adobe.resources.bigquery import BigQueryOAuth, BigQueryServiceAccount, BigQuerySourceConnection
    from pulumi_adobe.resources.databricks import DatabricksSourceConnection, DatabricksSourceConnectionArgs
    from pulumi_adobe.resources.dataflow import Dataflow
    from pulumi_adobe.resources.flow_service import FlowService
    from pulumi_adobe.resources.ingestion import Ingestion
    from pulumi_adobe.resources.mysql import MySQLConnectionString, MySQLPassword, MySQLSourceConnection
    from pulumi_adobe.resources.postgresql import (
        PostgreSQLConnectionString,
        PostgreSQLPassword,
        PostgreSQLSourceConnection,
    )
    from pulumi_adobe.resources.s3 import S3AccessKey, S3Role, S3SourceConnection
    from pulumi_adobe.resources.schedule import Schedule
    from pulumi_adobe.resources.snowflake import (
        SnowflakeConnectionString,
        SnowflakeKeyPair,
        SnowflakePassword,
        SnowflakeSourceConnection,
    )
    from pulumi_adobe.resources.source_connection import SourceConnection
    from pulumi_adobe.resources.target_connection import TargetConnection

__all__ = [
    "Auth",
    "AzureBlobConnectionString",
    "AzureBlobSasUri",
    "AzureBlobServicePrincipal",
    "AzureBlobSourceConnection",
    "BaseConnection",
    "BigQueryOAuth",
    "BigQueryServiceAccount",
    "BigQuerySourceConnection",
    "DatabricksSourceConnection",
    "DatabricksSourceConnectionArgs",
    "Dataflow",
    "FlowRun",
    "FlowService",
    "Ingestion",
    "LandingZone",
    "MySQLConnectionString",
    "MySQLPassword",
    "MySQLSourceConnection",
    "PostgreSQLConnectionString",
    "PostgreSQLPassword",
    "PostgreSQLSourceConnection",
    "S3AccessKey",
    "S3Role",
    "S3SourceConnection",
    "Schedule",
    "SnowflakeConnectionString",
    "SnowflakeKeyPair",
    "SnowflakePassword",
    "SnowflakeSourceConnection",
    "SourceConnection",
    "TargetConnection",
    "connection_spec",
    "describe_table",
    "explore_tables",
    "find_connection",
    "flow_runs",
    "landing_zone_credentials",
]

_MODULES = {
    "lookups": (
        "FlowRun",
        "LandingZone",
        "connection_spec",
        "describe_table",
        "explore_tables",
        "find_connection",
        "flow_runs",
        "landing_zone_credentials",
    ),
    "resources.auth": ("Auth",),
    "resources.azure_blob": (
        "AzureBlobConnectionString",
        "AzureBlobSasUri",
        "AzureBlobServicePrincipal",
        "AzureBlobSourceConnection",
    ),
    "resources.base_connection": ("BaseConnection",),
    "resources.bigquery": ("BigQueryOAuth", "BigQueryServiceAccount", "BigQuerySourceConnection"),
    "resources.databricks": ("DatabricksSourceConnection", "DatabricksSourceConnectionArgs"),
    "resources.dataflow": ("Dataflow",),
    "resources.flow_service": ("FlowService",),
    "resources.ingestion": ("Ingestion",),
    "resources.mysql": ("MySQLConnectionString", "MySQLPassword", "MySQLSourceConnection"),
    "resources.postgresql": ("PostgreSQLConnectionString", "PostgreSQLPassword", "PostgreSQLSourceConnection"),
    "resources.s3": ("S3AccessKey", "S3Role", "S3SourceConnection"),
    "resources.schedule": ("Schedule",),
    "resources.snowflake": (
        "SnowflakeConnectionString",
        "SnowflakeKeyPair",
        "SnowflakePassword",
        "SnowflakeSourceConnection",
    ),
    "resources.source_connection": ("SourceConnection",),
    "resources.target_connection": ("TargetConnection",),
}
"""Where each name is: a program and the plugin import what they use, and most use one or two."""

_WHERE = {name: module for module, names in _MODULES.items() for name in names}

if not TYPE_CHECKING:  # Else every name would be one.

    def __getattr__(name: str) -> object:
        """Import what is asked for the first time (PEP 562)."""
        if name not in _WHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found: object = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
