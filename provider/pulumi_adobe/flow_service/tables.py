"""The tables, files and records of a source.

Adobe: tabular.md, cloud-storage.md, zendesk.md (a REST source). Flow Service asks the source itself.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_adobe.json_values import get_objects

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient


@dataclass(frozen=True)
class Table:
    """A table or a file; ``name`` and ``type`` are Adobe's, of any shape."""

    path: str
    name: Any
    type: Any


@dataclass(frozen=True)
class Explorable:
    """What `explore` is asked of: a base connection or, for a source without any, its connection spec."""

    id: str
    collection: str = "connections"


def list_tables(client: FlowServiceClient, connection_id: str) -> list[Table]:
    """Return the tables, or files, at the root of the source; some sources list them under `items`."""
    return list_root(client, Explorable(connection_id))


def list_root(client: FlowServiceClient, explorable: Explorable) -> list[Table]:
    """Return what is at the root of a source."""
    return _parse_tables(client.explore(explorable.id, (("objectType", "root"),), explorable.collection))


def list_folder(client: FlowServiceClient, explorable: Explorable, folder: str) -> list[Table]:
    """Return the files in a folder of a source of files (Adobe: cloud-storage.md)."""
    query = (("objectType", "folder"), ("object", folder))
    return _parse_tables(client.explore(explorable.id, query, explorable.collection))


@dataclass(frozen=True)
class FileForm:
    """How a file is written; an empty member stands for Adobe's default."""

    file_type: str = ""
    column_delimiter: str = ""
    encoding: str = ""
    compression_type: str = ""


def explore_file(client: FlowServiceClient, explorable: Explorable, path: str, form: FileForm) -> Mapping[str, Any]:
    """Return what the source says of a file of this form: its columns or its JSON schema.

    Without the delimiter, Flow Service reads a file with semicolons as one column (Adobe: "Explore your cloud storage
    folders", cloud-storage.md, "Using query parameters").
    """
    members = {
        "fileType": form.file_type,
        "columnDelimiter": form.column_delimiter,
        "encoding": form.encoding,
        "compressionType": form.compression_type,
    }
    options = tuple((name, value) for name, value in members.items() if value)
    content = client.explore(explorable.id, (("objectType", "file"), ("object", path), *options), explorable.collection)
    return content if isinstance(content, Mapping) else {}


def explore_records(client: FlowServiceClient, connection_id: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a REST source says of its records, their JSON schema (Adobe: zendesk.md).

    Args:
        client: The client.
        connection_id: The id of the base connection.
        params: The `params` of the source connection.
    """
    source_params = b64encode(json.dumps(dict(params)).encode()).decode()
    query = (("objectType", "rest"), ("object", "json"), ("fileType", "json"), ("sourceParams", source_params))
    content = client.explore(connection_id, (*query, ("preview", "true")))
    return content if isinstance(content, Mapping) else {}


def explore_table(
    client: FlowServiceClient, connection_id: str, table: str, *, with_rows: bool = False
) -> Mapping[str, Any]:
    """Return what the source says of a table, by its path: its schema, and its first rows if asked for."""
    query = (("objectType", "table"), ("object", table), *((("preview", "true"),) if with_rows else ()))
    content = client.explore(connection_id, query)
    return content if isinstance(content, Mapping) else {}


def get_columns(client: FlowServiceClient, connection_id: str, table: str) -> Sequence[Mapping[str, Any]]:
    """Return the columns of a table as a source connection takes them; none where the response has another shape."""
    return get_objects(explore_table(client, connection_id, table), "schema", "columns")


def _parse_tables(content: Any) -> list[Table]:
    items = get_objects(content, "items") if isinstance(content, Mapping) else get_objects(content)
    return [Table(str(item.get("path", item.get("name"))), item.get("name"), item.get("type")) for item in items]
