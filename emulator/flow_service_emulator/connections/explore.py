"""What a source holds: the tables of the workspace, the same for every source of tables.

Adobe: "Explore your data tables" (tabular.md) for the shapes; "Sources error codes" for the errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flow_service_emulator import catalogue
from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.workspace import UnreadableTableError

if TYPE_CHECKING:
    from flow_service_emulator.workspace import Workspace

WITH_TABLES = frozenset({"databases", "crm", "analytics", "advertising", "customer-success", "marketing-automation"})

_PREVIEW = 100


def explored(workspace: Workspace, spec_id: str, query: Mapping[str, str]) -> list[dict[str, Any]] | dict[str, Any]:
    """The tables for ``objectType=root``, the columns of one for ``objectType=table&object=<path>``."""
    category = catalogue.specs()[spec_id]["attributes"]["category"]
    if category not in WITH_TABLES:
        raise FlowServiceError(
            "CONNECTOR-1336-400", f"explore is not supported here for sources of category [{category}]"
        )
    kind = query.get("objectType", "").lower()
    if kind == "root":
        return [_table_entry(path) for path in workspace.tables()]
    if kind != "table":
        raise FlowServiceError("CONNECTOR-1358-400", f"objectType [{query.get('objectType', '')}] is not supported")
    return _table(workspace, query.get("object", ""), preview=query.get("preview", "false").lower() == "true")


def _table_entry(path: str) -> dict[str, Any]:
    return {"type": "table", "name": path.partition(".")[2], "path": path, "canPreview": True, "canFetchSchema": True}


def _table(workspace: Workspace, path: str, *, preview: bool) -> dict[str, Any]:
    if not path:
        raise FlowServiceError("CONNECTOR-1337-400", "object must not be empty for objectType [table]")
    try:
        table = workspace.table(path)
    except UnreadableTableError as error:
        raise FlowServiceError("1100-400", f"Error from flow provider: {error}") from None
    if table is None:
        raise FlowServiceError("CONNECTOR-1330-400", f"no columns found for the table [{path}]")
    schema = {"columns": [{"name": name, **kind} for name, kind in table.columns.items()]}
    rows = {"data": table.rows[:_PREVIEW]} if preview else {}
    return {"format": "flat", "schema": schema, **rows}
