"""What a base connection's source says of the table, file and columns that a source connection declares.

Adobe: tabular.md, cloud-storage.md (explore). No document says how explore answers for a table that does not exist, so
an answer that does not say it is compared with the list of the source's tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pulumi_adobe.flow_service.errors import FlowServiceError, InvalidRequest, NotFound
from pulumi_adobe.flow_service.tables import Table
from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.preview_checks import is_access_failure, says_object_is_missing
from pulumi_adobe.suggestions import suggest_name

_CONTAINERS: Final = frozenset({"folder", "schema", "database", "catalog"})
"""Types of entries whose content a list of the root does not show."""

_WILDCARDS: Final = frozenset("*?[{")


@dataclass(frozen=True)
class TableAnswer:
    """The columns of a table, empty if they are not known, and what is wrong with its name, if anything is."""

    columns: Sequence[Mapping[str, Any]] = ()
    problem: str = ""


def find_source_problems(context: ProviderContext, resource: str, inputs: Mapping[str, Any]) -> Iterator[str]:
    """Return what the source says is wrong with table, columns or path. Asks nothing about what is not known yet."""
    base_id, table, path = (inputs.get(name) for name in ("baseConnectionId", "tableName", "path"))
    if not isinstance(base_id, str):
        return
    if isinstance(table, str):
        yield from _find_table_problems(context, resource, base_id, inputs)
    elif isinstance(path, str) and _names_one_file(inputs):
        problem = context.preview_checks.ask(
            base_id, f"the file {path}", resource, lambda: _find_file_problem(context, base_id, inputs)
        )
        if problem:
            yield problem


def _names_one_file(inputs: Mapping[str, Any]) -> bool:
    """Return whether the path can be asked for: not a pattern, and not a folder with all that is below it."""
    format_ = inputs.get("format")
    is_known = isinstance(format_, str) and format_ != "tabular"
    return is_known and inputs.get("recursive") is None and not _WILDCARDS & set(str(inputs["path"]))


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


def _find_table_problems(
    context: ProviderContext, resource: str, base_id: str, inputs: Mapping[str, Any]
) -> Iterator[str]:
    table, columns = str(inputs["tableName"]), inputs.get("columns")
    answer = look_up_table(context, resource, base_id, table)
    if answer.problem:
        yield answer.problem
        return
    names = [str(column.get("name")) for column in answer.columns]
    for column in columns if names and isinstance(columns, list) else ():
        name = get_member(column, "name")
        if isinstance(name, str) and name not in names:
            yield f"columns: {table} has no column {name}{suggest_name(name, names)}"


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
            return f"table: the source has no table {table}{suggest_name(table, paths)}"
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
        return f"base_connection_id: this sandbox has no connection {base_id}" if is_missing else ()
    except FlowServiceError:
        return ()


def _find_file_problem(context: ProviderContext, base_id: str, inputs: Mapping[str, Any]) -> str:
    """Return the problem if the source lacks the file or folder; raise an answer that does not say it."""
    path, format_ = str(inputs["path"]), inputs.get("format")
    try:
        context.metadata.explore_file(base_id, path, str(format_))
    except (NotFound, InvalidRequest) as error:
        if is_access_failure(error):
            raise
        return _explain_missing_file(context, base_id, path, error)
    return ""


def _explain_missing_file(context: ProviderContext, base_id: str, path: str, error: FlowServiceError) -> str:
    folder, _, name = path.rstrip("/").rpartition("/")
    problem = f"path: the source has no file or folder {path}"
    try:
        entries = context.metadata.list_folder(base_id, folder) if folder else context.metadata.list_tables(base_id)
    except NotFound:
        return problem if folder else f"base_connection_id: this sandbox has no connection {base_id}"
    except FlowServiceError:
        raise error from None
    types = {entry.path.rstrip("/").rpartition("/")[2]: str(entry.type).lower() for entry in entries}
    if name not in types and (types or says_object_is_missing(error)):
        return f"{problem}{suggest_name(name, types)}"
    if types.get(name) == "folder":
        return ""
    raise error
