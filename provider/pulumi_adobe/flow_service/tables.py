"""The tables in the source of a base connection.

Adobe: tabular.md. Flow Service asks the source itself.
"""

from __future__ import annotations

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


def list_tables(client: FlowServiceClient, connection_id: str) -> list[Table]:
    """Return the tables, or files, at the root of the source; some sources list them under `items`."""
    return _parse_tables(client.explore(connection_id, (("objectType", "root"),)))


def list_folder(client: FlowServiceClient, connection_id: str, folder: str) -> list[Table]:
    """Return the files in a folder of a source of files (Adobe: cloud-storage.md)."""
    return _parse_tables(client.explore(connection_id, (("objectType", "folder"), ("object", folder))))


def explore_file(client: FlowServiceClient, connection_id: str, path: str, file_type: str) -> Mapping[str, Any]:
    """Return what the source says of a file of this type: its columns or its JSON schema (Adobe: cloud-storage.md)."""
    content = client.explore(connection_id, (("objectType", "file"), ("object", path), ("fileType", file_type)))
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
