"""The bodies of connections and dataflows as people make them: many sources, awkward names, all forms of schedules."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, Final

from pulumi_adobe.sources import ConnectionSpec, connection_specs
from tests.cli.filled_sources import AUTH

MARKER: Final = "planted-secret"
"""Stands in every secret: a place where it is found shows a secret."""

TABLES_TO_LAKE: Final = "14518937-270c-4525-bdec-c2ba7cce3860"
FILES_TO_LAKE: Final = "9753525b-82c7-4dce-8a9b-5ccfce2b9876"
"""The flow specs CRMToAEP and CloudStorageToAEP."""

FILE_SOURCES: Final = ("amazon-s3", "azure-blob-storage", "sftp", "apache-hdfs", "google-cloud-storage", "ftp")
TABLE_SOURCES: Final = (
    "databricks",
    "postgresql",
    "snowflake",
    "mysql",
    "google-bigquery",
    "salesforce",
    "oracle-db",
    "mariadb",
    "ibm-db2",
    "microsoft-sql-server",
    "greenplum",
    "teradata-vantage",
    "amazon-redshift",
    "hubspot",
)
SOURCES: Final = tuple(
    # Tables and files in turn, so that a few connections have both.
    source
    for pair in zip(TABLE_SOURCES, (*FILE_SOURCES, *[None] * (len(TABLE_SOURCES) - len(FILE_SOURCES))), strict=True)
    for source in pair
    if source is not None
)
"""The twenty sources, in the order in which they are used."""

SCHEMA: Final = "https://ns.adobe.com/acme/schemas/orders"
SCHEMA_VERSION: Final = "application/vnd.adobe.xed-full+json;version=1"
LAKE_SPEC: Final = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"

_NAMES: Final = (
    "Orders",
    "Köln/Straße 5, ÄÖÜ",
    'the "good" one',
    "日本 データ",
    "class",
    "2024",
    "🚚",
    "Заказы",
    "back\\slash",
    "x" * 90,
    "$(date) `id` {{ x }} ${y}",
    "orders-flow",
)
_DESCRIPTIONS: Final = (
    None,
    "Made by hand.",
    'Ask "Jürgen" <jb@acme.example>\nbefore you change it; 50 % | rest',
    "  ",
)
TABLE: Final = "acme.orders"
"""The table, and the file, of the emulator."""
COLUMNS: Final = ("order_id", "customer_id", "amount", "ordered_at")
"""The columns of the table: what reads them can be created again in another sandbox."""
AWKWARD_COLUMNS: Final = ("order_id", "First Name", "unit.price", "ordered_at")
"""Columns that the table lacks: who asks about them is refused. Data Prep takes two of them only in quotes."""
_SCHEDULES: Final[Sequence[dict[str, Any]]] = (
    {"frequency": "day", "interval": 1},
    {"frequency": "hour", "interval": "1", "backfill": "false"},
    {"frequency": "week", "interval": 1, "backfill": True},
    {"frequency": "minute", "interval": 15},
    {"frequency": "day", "interval": "2"},
    {"frequency": "once"},
)
_OPTIONS: Final[Sequence[dict[str, Any] | None]] = (
    None,
    {"errorDiagnosticsEnabled": True},
    {"errorDiagnosticsEnabled": True, "partialIngestionPercent": 5},
    {"partialIngestionPercent": 10},
    {"errorDiagnosticsEnabled": False},
)


def build_name(number: int) -> str:
    """Return a name that is unique among those of its kind."""
    name = _NAMES[number % len(_NAMES)]
    return name if number < len(_NAMES) else f"{name} {number // len(_NAMES)}"


def build_connection(number: int, sandbox: str) -> dict[str, Any]:
    """Return the body of a base connection; each source has its turn."""
    source = SOURCES[number % len(SOURCES)]
    spec, secret = connection_specs()[source], f"{MARKER}-{sandbox}-{number}"
    auth_spec, params = _build_auth(spec, number // len(SOURCES), number, secret)
    body = {
        "name": build_name(number),
        "description": _DESCRIPTIONS[number % len(_DESCRIPTIONS)],
        "auth": {"specName": auth_spec, "params": params},
        "connectionSpec": {"id": spec.id, "version": spec.version},
    }
    return {name: value for name, value in body.items() if value is not None}


def _build_auth(spec: ConnectionSpec, turn: int, number: int, secret: str) -> tuple[str, dict[str, Any]]:
    ways = AUTH.get(spec.source)
    if ways:
        name = list(ways)[turn % len(ways)]
        filled = {
            key: value.format(n=number, secret=secret) if isinstance(value, str) else value
            for key, value in copy.deepcopy(ways[name]).items()
        }
        return name, filled
    name, parameters = next(iter(spec.auth_specs.items()))
    values = {each.name: secret if each.secret else f"{each.name}-{number}" for each in parameters if each.required}
    return name, {key: 1521 if key == "port" else value for key, value in values.items()}


def build_source(number: int, base: dict[str, Any], base_id: str, columns: Sequence[str]) -> dict[str, Any]:
    """Return the body of a source connection on a base connection: these columns of a table, or files."""
    body = {
        "name": build_name(number),
        "description": _DESCRIPTIONS[(number + 1) % len(_DESCRIPTIONS)],
        "baseConnectionId": base_id,
        "connectionSpec": base["connectionSpec"],
    }
    if reads_files(base):
        folder: dict[str, Any] = {"path": f"/in/orders {number}/", "recursive": number % 2 == 0}
        body |= {"data": {"format": "delimited"}, "params": folder if number % 5 else {"path": TABLE}}
        if number % 3 == 0:
            body["data"]["properties"] = {"columnDelimiter": ";"}
    else:
        listed = [
            {"name": name, "type": "string", "xdm": {"type": "string"}} if number % 2 else {"name": name}
            for name in columns
        ]
        body |= {"data": {"format": "tabular"}, "params": {"tableName": TABLE, "columns": listed}}
        if base["connectionSpec"]["id"] == connection_specs()["databricks"].id and number % 4 == 0:
            body["params"]["cdcEnabled"] = False
    return {name: value for name, value in body.items() if value is not None}


def reads_files(base: dict[str, Any]) -> bool:
    """Return whether a base connection is one to files."""
    return base["connectionSpec"]["id"] in {connection_specs()[source].id for source in FILE_SOURCES}


def build_target(number: int, dataset_id: str) -> dict[str, Any]:
    """Return the body of a target connection."""
    data: dict[str, Any] = {"schema": {"id": SCHEMA, "version": SCHEMA_VERSION}}
    if number % 2:
        data["format"] = "parquet_xdm"
    return {
        "name": build_name(number),
        "data": data,
        "params": {"dataSetId": dataset_id},
        "connectionSpec": {"id": LAKE_SPEC, "version": "1.0"},
    }


def build_mapping_set(number: int, columns: Sequence[str] = COLUMNS) -> dict[str, Any]:
    """Return the body of a mapping set that reads these columns, in one of the forms that Adobe's pages print."""
    key, first, second, delta = map(_quote, columns)
    forms: Sequence[dict[str, Any]] = (
        {
            "version": 0,
            "xdmSchema": SCHEMA,
            "xdmVersion": "1.0",
            "mappings": [
                {"sourceAttribute": key, "destinationXdmPath": "_id"},
                {"sourceAttribute": first, "destinationXdmPath": "_acme.customerId"},
            ],
        },
        {
            "outputSchema": {"schemaRef": {"id": SCHEMA, "contentType": SCHEMA_VERSION}},
            "mappings": [
                {"sourceType": "ATTRIBUTE", "source": key, "destination": "_id"},
                {"sourceType": "EXPRESSION", "source": f"upper({first})", "destination": "_acme.customerId"},
                {"sourceType": "STATIC", "source": "web", "destination": "_acme.status"},
                {"sourceType": "ATTRIBUTE", "source": delta, "destination": "timestamp"},
            ],
        },
        {
            "version": 0,
            "xdmSchema": SCHEMA,
            "xdmVersion": "1.0",
            "mappings": [
                {"sourceAttribute": key, "destinationXdmPath": "_id"},
                {"sourceAttribute": second, "destinationXdmPath": "_acme.amount"},
                {
                    "sourceExpression": f"lower({key})",
                    "sourceType": "EXPRESSION",
                    "destinationXdmPath": "_acme.customerId",
                },
            ],
        },
    )
    return forms[number % len(forms)]


def _quote(column: str) -> str:
    """Return the name of a column as Data Prep takes it."""
    return column if column.isidentifier() else f"${{{column.replace('.', chr(92) + '.')}}}"


def build_flow(  # noqa: PLR0913 - what a dataflow is made of
    number: int, source_id: str, target_id: str, mapping_set_id: str, start: int, *, of_files: bool
) -> dict[str, Any]:
    """Return the body of a dataflow; ``start`` is in epoch seconds."""
    schedule = {**_SCHEDULES[number % len(_SCHEDULES)], "startTime": str(start) if number % 2 else start}
    version: Any = "0" if number % 3 == 0 else 0
    transformations: list[dict[str, Any]] = [
        {"name": "Mapping", "params": {"mappingId": mapping_set_id, "mappingVersion": version}}
    ]
    if not of_files and schedule["frequency"] != "once":
        transformations.insert(number % 2, {"name": "Copy", "params": {"deltaColumn": {"name": "ordered_at"}}})
    body = {
        "name": build_name(number),
        "description": _DESCRIPTIONS[(number + 2) % len(_DESCRIPTIONS)],
        "flowSpec": {"id": FILES_TO_LAKE if of_files else TABLES_TO_LAKE, "version": "1.0"},
        "sourceConnectionIds": [source_id],
        "targetConnectionIds": [target_id],
        "transformations": transformations,
        "scheduleParams": schedule,
        "options": _OPTIONS[number % len(_OPTIONS)],
    }
    return {name: value for name, value in body.items() if value is not None}
