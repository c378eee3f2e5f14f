"""The tables of the source of a base connection, their columns, and the first rows.

Adobe: tabular.md; a REST source describes a table as a JSON Schema, and some list theirs under `items`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from adobe_flow.aep.reading import UNREADABLE
from adobe_flow.problem import Problem
from pulumi_adobe.advice import advise
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import FlowServiceError, InvalidRequest, NoResponse, NotFound, Unavailable
from pulumi_adobe.flow_service.tables import Table, explore_table
from pulumi_adobe.flow_service.tables import list_tables as request_tables
from pulumi_adobe.json_values import get_member, get_objects
from pulumi_adobe.suggestions import find_similar_names

_CLUSTER_ADVICE: Final = (
    "Flow Service asks the source itself: for Databricks, the cluster must run, and this request does not start it."
)


def list_tables(service: FlowServiceClient, connection_id: str) -> list[dict[str, Any]]:
    """Return all tables, or the files at the root. Raises `Problem` with the message of Flow Service."""
    try:
        return [_table_to_json(table) for table in request_tables(service, connection_id)]
    except FlowServiceError as error:
        raise _explain_source_error(error) from None


def _table_to_json(table: Table) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, str) else UNREADABLE for name, value in asdict(table).items()
    }


def describe_table(service: FlowServiceClient, connection_id: str, path: str, *, rows: bool) -> dict[str, Any]:
    """Return the columns of a table; with ``rows`` also its first rows, if the service shows them.

    Raises:
        Problem: There is no such table; the hint names similar ones.
    """
    try:
        response = explore_table(service, connection_id, path, with_rows=rows)
    except (InvalidRequest, NotFound) as error:
        raise _explain_missing_table(service, connection_id, path, error) from None
    except FlowServiceError as error:
        raise _explain_source_error(error) from None
    return {
        "path": path,
        "columns": _list_columns(response.get("schema")),
        "rows": get_objects(response, "data") if rows and isinstance(response.get("data"), list) else None,
    }


def _list_columns(schema: Any) -> list[dict[str, Any]]:
    members = schema if isinstance(schema, Mapping) else {}
    columns, properties = members.get("columns"), members.get("properties")
    if isinstance(columns, list):
        described = [(column.get("name"), column) for column in columns if isinstance(column, Mapping)]
    else:
        described = list(properties.items()) if isinstance(properties, Mapping) else []
    return [
        {"name": str(name), "type": get_member(column, "type"), "xdm": _get_xdm_type(column)}
        for name, column in described
    ]


def _get_xdm_type(column: Any) -> str | None:
    """Return the type of the column in an XDM schema, such as `date-time`."""
    xdm = get_member(column, "xdm")
    xdm_type = get_member(column, "meta:xdmType") or get_member(xdm, "format") or get_member(xdm, "type")
    return str(xdm_type) if xdm_type else None


def _explain_source_error(error: FlowServiceError) -> FlowServiceError | Problem:
    """Return the error with advice about the source, in place of the client's advice about the program."""
    if isinstance(error, (InvalidRequest, NotFound)):
        return Problem(error.message, _CLUSTER_ADVICE)
    if isinstance(error, (Unavailable, NoResponse)):
        return Problem(error.message, f"{advise(error)} {_CLUSTER_ADVICE}")
    return error


def _explain_missing_table(
    service: FlowServiceClient, connection_id: str, path: str, error: FlowServiceError
) -> FlowServiceError | Problem:
    paths = [table["path"] for table in list_tables(service, connection_id)]
    if path in paths or not paths:
        return _explain_source_error(error)
    similar = find_similar_names(path, paths, cutoff=0.4) or paths[:10]
    return Problem(f'The source has no table "{path}".', f"Did you mean {' or '.join(similar)}?")
