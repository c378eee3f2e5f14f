"""Adobe Experience Platform's data-source connections, declared with Pulumi."""

from __future__ import annotations

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
from pulumi_adobe.resources.postgresql import PostgreSQLConnectionString, PostgreSQLPassword, PostgreSQLSourceConnection
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
