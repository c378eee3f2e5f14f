"""What the source of a base connection holds: its tables, the columns of one, its first rows.

Adobe: tabular.md; a REST source describes a table as a JSON schema, and some list theirs under `items`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from adobe_flow.problem import Problem
from adobe_flow.reading import UNREADABLE
from pulumi_adobe.advice import advise
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import FlowServiceError, InvalidRequest, NoResponse, NotFound, Unavailable
from pulumi_adobe.flow_service.tables import Table, explore_table, list_tables
from pulumi_adobe.json_values import get_member, get_objects
from pulumi_adobe.suggestions import find_similar_names

_ASLEEP = "Flow Service asks the source itself: of Databricks the cluster must run, and this does not start it."


def tables(service: FlowServiceClient, connection: str) -> list[dict[str, Any]]:
    """All tables, or files, at the root. Raises Problem with what Flow Service says."""
    try:
        return [_table(each) for each in list_tables(service, connection)]
    except FlowServiceError as error:
        raise _told(error) from None


def _table(table: Table) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, str) else UNREADABLE for name, value in asdict(table).items()
    }


def one_table(service: FlowServiceClient, connection: str, path: str, *, rows: bool) -> dict[str, Any]:
    """Its columns, and the rows of its preview if they are wanted and shown. Raises Problem with the nearest table."""
    try:
        shown = explore_table(service, connection, path, with_rows=rows)
    except (InvalidRequest, NotFound) as error:
        raise _unknown(service, connection, path, error) from None
    except FlowServiceError as error:
        raise _told(error) from None
    return {
        "path": path,
        "columns": _columns(shown.get("schema")),
        "rows": get_objects(shown, "data") if rows and isinstance(shown.get("data"), list) else None,
    }


def _columns(schema: Any) -> list[dict[str, Any]]:
    given = schema if isinstance(schema, Mapping) else {}
    columns, properties = given.get("columns"), given.get("properties")
    if isinstance(columns, list):
        described = [(each.get("name"), each) for each in columns if isinstance(each, Mapping)]
    else:
        described = list(properties.items()) if isinstance(properties, Mapping) else []
    return [{"name": str(name), "type": get_member(each, "type"), "xdm": _xdm(each)} for name, each in described]


def _xdm(column: Any) -> str | None:
    """The type that the column has in a schema, such as `date-time`."""
    xdm = get_member(column, "xdm")
    found = get_member(column, "meta:xdmType") or get_member(xdm, "format") or get_member(xdm, "type")
    return str(found) if found else None


def _told(error: FlowServiceError) -> FlowServiceError | Problem:
    """What the client says of declarations does not help here."""
    if isinstance(error, (InvalidRequest, NotFound)):
        return Problem(error.message, _ASLEEP)
    return (
        Problem(error.message, f"{advise(error)} {_ASLEEP}") if isinstance(error, (Unavailable, NoResponse)) else error
    )


def _unknown(
    service: FlowServiceClient, connection: str, path: str, error: FlowServiceError
) -> FlowServiceError | Problem:
    known = [each["path"] for each in tables(service, connection)]
    if path in known or not known:
        return _told(error)
    near = find_similar_names(path, known, cutoff=0.4) or known[:10]
    return Problem(f'There is no table "{path}" there.', f"Did you mean {' or '.join(near)}?")
