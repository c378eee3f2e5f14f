# The public names, each with the module that has it: `__init__.py` reads this, and imports one when it is asked for.

from pulumi_adobe.lookup_results import FlowRun as FlowRun, LandingZone as LandingZone
from pulumi_adobe.lookups import (
    connection_spec as connection_spec,
    describe_table as describe_table,
    explore_tables as explore_tables,
    find_connection as find_connection,
    find_dataset as find_dataset,
    flow_runs as flow_runs,
    landing_zone_credentials as landing_zone_credentials,
)
from pulumi_adobe.resources.auth import Auth as Auth
from pulumi_adobe.resources.azure_blob import (
    AzureBlobConnectionString as AzureBlobConnectionString,
    AzureBlobSasUri as AzureBlobSasUri,
    AzureBlobServicePrincipal as AzureBlobServicePrincipal,
    AzureBlobSourceConnection as AzureBlobSourceConnection,
)
from pulumi_adobe.resources.base_connection import BaseConnection as BaseConnection
from pulumi_adobe.resources.bigquery import (
    BigQueryOAuth as BigQueryOAuth,
    BigQueryServiceAccount as BigQueryServiceAccount,
    BigQuerySourceConnection as BigQuerySourceConnection,
)
from pulumi_adobe.resources.databricks import (
    DatabricksSourceConnection as DatabricksSourceConnection,
    DatabricksSourceConnectionArgs as DatabricksSourceConnectionArgs,
)
from pulumi_adobe.resources.dataflow import Dataflow as Dataflow
from pulumi_adobe.resources.flow_service import FlowService as FlowService
from pulumi_adobe.resources.ingestion import Ingestion as Ingestion
from pulumi_adobe.resources.landing_zone import (
    LandingZoneCredentials as LandingZoneCredentials,
    merge_spark_conf as merge_spark_conf,
)
from pulumi_adobe.resources.mapping import Mapping as Mapping
from pulumi_adobe.resources.mysql import (
    MySQLConnectionString as MySQLConnectionString,
    MySQLPassword as MySQLPassword,
    MySQLSourceConnection as MySQLSourceConnection,
)
from pulumi_adobe.resources.postgresql import (
    PostgreSQLConnectionString as PostgreSQLConnectionString,
    PostgreSQLPassword as PostgreSQLPassword,
    PostgreSQLSourceConnection as PostgreSQLSourceConnection,
)
from pulumi_adobe.resources.s3 import (
    S3AccessKey as S3AccessKey,
    S3Role as S3Role,
    S3SourceConnection as S3SourceConnection,
)
from pulumi_adobe.resource_types.schedule import Schedule as Schedule
from pulumi_adobe.resources.snowflake import (
    SnowflakeConnectionString as SnowflakeConnectionString,
    SnowflakeKeyPair as SnowflakeKeyPair,
    SnowflakePassword as SnowflakePassword,
    SnowflakeSourceConnection as SnowflakeSourceConnection,
)
from pulumi_adobe.resources.source_connection import SourceConnection as SourceConnection
from pulumi_adobe.resources.target_connection import TargetConnection as TargetConnection

__version__: str
__all__: list[str]  # noqa: PYI035 - `__init__.py` makes it of the lines above
