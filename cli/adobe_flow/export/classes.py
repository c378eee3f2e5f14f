"""The public classes of `pulumi_adobe` that a program uses: typed ones for some sources, `BaseConnection` for the rest.

A test compares this with the provider: the command line itself does not import Pulumi.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

DATABRICKS: Final = "databricks"

TYPED: Final = {
    "azure-blob-storage": "AzureBlobSourceConnection",
    DATABRICKS: "DatabricksSourceConnection",
    "amazon-s3": "S3SourceConnection",
    "google-bigquery": "BigQuerySourceConnection",
    "mysql": "MySQLSourceConnection",
    "postgresql": "PostgreSQLSourceConnection",
    "snowflake": "SnowflakeSourceConnection",
}
"""The class of each source that has one of its own."""

AUTH: Final = {
    ("azure-blob-storage", "ConnectionString"): "AzureBlobConnectionString",
    ("azure-blob-storage", "SAS URI Authentication"): "AzureBlobSasUri",
    ("azure-blob-storage", "Service Principal Based Authentication"): "AzureBlobServicePrincipal",
    ("amazon-s3", "Access Key"): "S3AccessKey",
    ("amazon-s3", "IAMRole Based"): "S3Role",
    ("google-bigquery", "Basic Authentication"): "BigQueryOAuth",
    ("google-bigquery", "Service Authentication"): "BigQueryServiceAccount",
    ("mysql", "Basic Authentication"): "MySQLPassword",
    ("mysql", "Connection String Based Authentication"): "MySQLConnectionString",
    ("postgresql", "Basic Authentication"): "PostgreSQLPassword",
    ("postgresql", "Connection String Based Authentication"): "PostgreSQLConnectionString",
    ("snowflake", "Basic Authentication"): "SnowflakePassword",
    ("snowflake", "ConnectionString"): "SnowflakeConnectionString",
    ("snowflake", "KeyPair Authentication"): "SnowflakeKeyPair",
}
"""The typed way to authenticate, by source and Adobe's auth spec. Databricks has one way, as plain arguments."""

NUMBERS: Final = ("port",)
"""The typed parameters that are numbers; the others are texts."""


def to_snake_case(name: str) -> str:
    """``clusterId`` as the arguments of a typed class are written."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


@dataclass(frozen=True)
class DeclaredClass:
    """The class that writes a connection, or `BaseConnection` with these arguments of its own."""

    kind: str
    auth: str | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def is_class_of_one_source(self) -> bool:
        """True if the class is written for one source."""
        return self.kind != "BaseConnection"
