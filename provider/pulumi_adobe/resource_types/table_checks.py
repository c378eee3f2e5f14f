"""What the source of a base connection says of a table: its columns, or that it does not exist.

Adobe: tabular.md (explore). No document says how explore answers for a table that does not exist, so an answer that
does not say it is compared with the list of the source's tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pulumi_adobe.flow_service.errors import FlowServiceError, InvalidRequest, NotFound
from pulumi_adobe.flow_service.tables import Table
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.preview_checks import is_access_failure, says_object_is_missing
from pulumi_adobe.resource_types.source_connection import SCHEMA
from pulumi_adobe.suggestions import suggest_name

_CONTAINERS: Final = frozenset({"folder", "schema", "database", "catalog"})
"""Types of entries whose content a list of the root does not show."""


@dataclass(frozen=True)
class TableAnswer:
    """The columns of a table, empty if they are not known, and what is wrong with its name, if anything is."""

    columns: Sequence[Mapping[str, Any]] = ()
    problem: str = ""


def look_up_table(context: ProviderContext, resource: str, base_id: str, table: str) -> TableAnswer:
    """Return what the source says of a table."""

    def request() -> TableAnswer:
        try:
            columns = context.metadata.get_columns(base_id, table)
        except (NotFound, InvalidRequest) as error:
            if is_access_failure(error):
                raise
            return TableAnswer(problem=_explain_missing_table(context, base_id, table, error))
        return TableAnswer(columns, "" if columns else _explain_missing_table(context, base_id, table, None))

    return context.preview_checks.ask(base_id, f"the table {table}", resource, request) or TableAnswer()


def _explain_missing_table(context: ProviderContext, base_id: str, table: str, error: FlowServiceError | None) -> str:
    """Return the problem if the source lacks the table, an empty text if nothing is wrong; raise an unclear ``error``.

    ``error`` is what explore answered for the table; None stands for a table without columns.
    """
    tables = _list_tables(context, base_id, error)
    if isinstance(tables, str):
        return tables
    paths = [entry.path for entry in tables]
    if table not in paths:
        is_complete = bool(paths) and not any(str(entry.type).lower() in _CONTAINERS for entry in tables)
        # Sources differ in quotes and case: only a name that is not there in any spelling is missing for certain.
        is_absent = is_complete and _simplify(table) not in {_simplify(path) for path in paths}
        if is_absent or (error is not None and says_object_is_missing(error)):
            label = context.get_labels(SCHEMA)["tableName"]
            return f"{label}: the source has no table {table}{suggest_name(table, paths)}"
    if error is None:
        return ""
    raise error


def _simplify(table: str) -> str:
    return "".join(character for character in table.lower() if character.isalnum())


def _list_tables(context: ProviderContext, base_id: str, error: FlowServiceError | None) -> Sequence[Table] | str:
    """Return the tables at the root, none if they cannot be read, or the problem that there is no such connection."""
    try:
        return context.metadata.list_tables(base_id)
    except NotFound:
        is_missing = isinstance(error, NotFound)
        label = context.get_labels(SCHEMA)["baseConnectionId"]
        return f"{label}: this sandbox has no connection {base_id}" if is_missing else ()
    except FlowServiceError:
        return ()
