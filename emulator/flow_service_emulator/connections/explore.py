"""What a source holds: a small made-up catalogue, the same for every source of tables.

Adobe: "Explore your data tables" (tabular.md) for the shapes; "Sources error codes" for the errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flow_service_emulator import catalogue
from flow_service_emulator.errors import FlowServiceError

_STRING: dict[str, Any] = {"type": "string", "xdm": {"type": "string"}}
_NUMBER: dict[str, Any] = {"type": "double", "meta:xdmType": "number", "xdm": {"type": "number"}}
_TIME: dict[str, Any] = {
    "type": "string",
    "meta:xdmType": "date-time",
    "xdm": {"type": "string", "format": "date-time"},
}

_TABLES: dict[str, dict[str, tuple[dict[str, Any], str | float]]] = {
    "acme.customers": {
        "customer_id": (_STRING, "C-1001"),
        "email": (_STRING, "ada@example.com"),
        "updated_at": (_TIME, "2026-01-31T12:00:00Z"),
    },
    "acme.orders": {
        "order_id": (_STRING, "O-5001"),
        "customer_id": (_STRING, "C-1001"),
        "amount": (_NUMBER, 19.9),
        "ordered_at": (_TIME, "2026-02-01T08:30:00Z"),
    },
    "acme.spring_campaign": {
        "campaign_id": (_STRING, "spring"),
        "opened_at": (_TIME, "2026-03-01T00:00:00Z"),
    },
}
_WITH_TABLES = frozenset({"databases", "crm", "analytics", "advertising", "customer-success", "marketing-automation"})


def explored(spec_id: str, query: Mapping[str, str]) -> list[dict[str, Any]] | dict[str, Any]:
    """The tables for ``objectType=root``, the columns of one for ``objectType=table&object=<path>``."""
    category = catalogue.specs()[spec_id]["attributes"]["category"]
    if category not in _WITH_TABLES:
        raise FlowServiceError(
            "CONNECTOR-1336-400", f"explore is not supported here for sources of category [{category}]"
        )
    kind = query.get("objectType", "").lower()
    if kind == "root":
        return [_table_entry(path) for path in _TABLES]
    if kind != "table":
        raise FlowServiceError("CONNECTOR-1358-400", f"objectType [{query.get('objectType', '')}] is not supported")
    return _table(query.get("object", ""), preview=query.get("preview", "false").lower() == "true")


def _table_entry(path: str) -> dict[str, Any]:
    return {"type": "table", "name": path.partition(".")[2], "path": path, "canPreview": True, "canFetchSchema": True}


def _table(path: str, *, preview: bool) -> dict[str, Any]:
    if not path:
        raise FlowServiceError("CONNECTOR-1337-400", "object must not be empty for objectType [table]")
    columns = _TABLES.get(path)
    if columns is None:
        raise FlowServiceError("CONNECTOR-1330-400", f"no columns found for the table [{path}]")
    schema = {"columns": [{"name": name, **kind} for name, (kind, _) in columns.items()]}
    rows = {"data": [{name: value for name, (_, value) in columns.items()}]} if preview else {}
    return {"format": "flat", "schema": schema, **rows}
