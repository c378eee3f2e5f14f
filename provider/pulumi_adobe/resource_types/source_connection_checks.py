"""What a base connection's source says of the table, file and columns that a source connection declares.

Adobe: tabular.md, cloud-storage.md (explore).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi_adobe.flow_service.errors import FlowServiceError, InvalidRequest, NotFound
from pulumi_adobe.json_values import get_member, get_objects
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.preview_checks import is_access_failure, says_object_is_missing
from pulumi_adobe.resource_types.column_checks import ColumnSource, UsedColumns, find_column_problems
from pulumi_adobe.resource_types.source_connection import DATAFLOW_COLUMNS
from pulumi_adobe.resource_types.table_checks import look_up_table
from pulumi_adobe.sources import find_spec_by_id
from pulumi_adobe.suggestions import suggest_name

_WILDCARDS: Final = frozenset("*?[{")


def find_base_connection_problem(inputs: Mapping[str, Any]) -> str:
    """Return what is wrong with the presence of a base connection, as far as the catalogue knows. Sends no request."""
    base_id, spec_id = inputs.get("baseConnectionId"), get_member(inputs, "connectionSpec", "id")
    spec = find_spec_by_id(spec_id) if isinstance(spec_id, str) else None
    if spec is None or spec.source_connection.has_base_connection == (base_id is not None):
        return ""
    if base_id is None:
        return f'base_connection: is missing. {spec.title} needs one: BaseConnection(source="{spec.source}")'
    return (
        f"base_connection: {spec.title} has no base connections (code 1332). Remove base_connection, and give "
        f'source="{spec.source}"'
    )


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
    source = ColumnSource(base_id, table, get_objects(inputs, "columns"))
    yield from _find_dataflow_problems(context, resource, source, inputs)


def _find_dataflow_problems(
    context: ProviderContext, resource: str, source: ColumnSource, inputs: Mapping[str, Any]
) -> Iterator[str]:
    """Return the columns that a dataflow of the same program uses and this source connection would not read.

    With everything new, the check of the dataflow is too late: it comes when the source connection exists.
    """
    for dataflow in get_objects(inputs, DATAFLOW_COLUMNS):
        used = UsedColumns(dataflow.get("mapped") or (), dataflow.get("deltaColumn") or "")
        for argument, problem in find_column_problems(context, resource, source, used):
            yield f'{argument} of Dataflow "{dataflow.get("dataflow")}": {problem}'


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
        return problem if folder else f"base_connection: this sandbox has no connection {base_id}"
    except FlowServiceError:
        raise error from None
    types = {entry.path.rstrip("/").rpartition("/")[2]: str(entry.type).lower() for entry in entries}
    if name not in types and (types or says_object_is_missing(error)):
        return f"{problem}{suggest_name(name, types)}"
    if types.get(name) == "folder":
        return ""
    raise error
