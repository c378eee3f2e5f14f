"""Texts of the package schema about what only the native provider has; the others are those of the Python classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PACKAGE_DESCRIPTION: Final = (
    "Data-source connections and dataflows of Adobe Experience Platform, through Adobe's Flow Service API."
)

INPUT_TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "BaseConnection": {
        "source": "The source's name in the catalogue, such as `snowflake`. Give either this or `connectionSpec`.",
        "connectionSpec": (
            "Id and version of a connection spec that the catalogue lacks. Without a version, a create sends 1.0, and "
            "a version that Flow Service moves later is no change."
        ),
        "authSpec": "The name of Adobe's auth spec; by default that of the source, if it has only one.",
        "params": (
            "The parameters of the auth spec under Adobe's names. The provider marks those as secrets that the "
            "catalogue knows as secrets, and all of a source that the catalogue lacks."
        ),
    },
    "SourceConnection": {
        "baseConnectionId": (
            "The id of the base connection. Omit it for a source that has no base connections, such as the Data "
            "Landing Zone."
        ),
        "source": "The source's name in the catalogue. Give either this or `connectionSpec`.",
        "connectionSpec": (
            "Id and version of the connection spec: that of the base connection, as its output `connectionSpec` has it."
        ),
        "format": ("`delimited`, `json` or `parquet` for files; other sources have one format, which is the default."),
    },
    "Dataflow": {
        "sourceConnectionIds": "The id of the source connection, in a list.",
        "targetConnectionIds": "The id of the target connection, in a list.",
        "flowSpecName": "The name of Adobe's flow spec; by default `CRMToAEP`, which is for tables.",
        "startTime": (
            "When the dataflow first runs: ISO 8601, UTC without an offset. By default right after its creation."
        ),
        "frequency": "`once`, `minute`, `hour`, `day` or `week`. Omit it for a source that streams.",
        "interval": "How many of these lie between two runs.",
        "backfill": "Whether the first run also reads the rows from before the start. Adobe's default is yes.",
        "deltaColumn": (
            "The column that tells a run which rows are new. Required for a recurring dataflow from a table, unless "
            "its source connection has change data capture."
        ),
        "mapping": (
            "The path in the XDM schema for each column, as an object, or a list of objects with `source`, "
            "`destination` and `sourceType` (`ATTRIBUTE`, `EXPRESSION` or `STATIC`). Omit it for streams whose data "
            "are XDM already."
        ),
        "enabled": "If `false`, the dataflow does not run. The first run after that reads what was missed.",
    },
    "LandingZoneCredentials": {
        "kind": "Adobe's type of the landing zone: `dlz_databricks_source` (the default) or `user_drop_zone`."
    },
}
"""By resource type: the inputs that the Python class has under another name, or not at all."""

OUTPUT_TEXTS: Final[Mapping[str, str]] = {
    "connectionSpec": "Id and version of the connection spec.",
    "authSpec": "The name of Adobe's auth spec.",
    "etag": "The version in Flow Service, quotes included. An update with an older etag than the service's is refused.",
    "state": "Flow Service's state of the entity, such as `enabled`.",
    "createdAt": "When the entity was created: ISO 8601, UTC.",
    "createdBy": "The account that created the entity.",
    "sandboxName": "The sandbox of the resource.",
    "orgId": "The organization of the resource.",
    "flowSpec": "Id and version of the flow spec.",
    "effectiveStart": "The start that was sent to Flow Service.",
    "mappingSetId": "The id of the mapping set.",
    "mappingSetVersion": "The version of the mapping set.",
    "transformations": "The transformations, as Flow Service has them.",
    "inletUrl": "The address to which the source, or your program, sends its data.",
}

PROVIDER_TEXTS: Final[Mapping[str, str]] = {
    "credentialsFrom": (
        'The prefix of its own environment variables: with "EU", every command reads ADOBE_EU_CLIENT_ID, '
        "ADOBE_EU_CLIENT_SECRET, ADOBE_EU_ACCESS_TOKEN and ADOBE_EU_SCOPES first."
    ),
}

FUNCTION_TEXTS: Final[Mapping[str, str]] = {
    "exploreTables": "Return the paths of the tables of a base connection.",
    "describeTable": "Return the columns of a table, in the form that the columns of a SourceConnection have.",
    "findConnection": "Return the id of the base connection that has this name. None, or several, is an error.",
    "findDataset": "Return the id of the dataset that has this name. None, or several, is an error.",
    "getConnectionSpec": "Return the catalogue's entry of a source. Sends no request.",
    "getFlowRuns": "Return the last runs of a dataflow, the newest first.",
}

ARGUMENT_TEXTS: Final[Mapping[str, str]] = {
    "connectionId": "The id of the base connection.",
    "table": "The table's path, as `exploreTables` returns it.",
    "name": "The name in Experience Platform, in the same spelling.",
    "source": "The source's name in the catalogue.",
    "dataflowId": "The id of the dataflow.",
    "limit": "How many runs to return at most; 10 by default.",
    "tables": "The paths of the tables.",
    "columns": "The columns.",
    "id": "The id.",
    "version": "The version.",
    "title": "The title of the source.",
    "authSpecs": "The parameters of each auth spec, by its name.",
    "runs": (
        "The runs: `id`, `status` (`success`, `partialSuccess`, `failed`, `inProgress`, `queued` or `scheduled`), "
        "`startedAt`, `completedAt`, `recordsRead`, `recordsWritten`, `recordsFailed` and `errors`."
    ),
}
