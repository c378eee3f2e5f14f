"""What a base connection's source says of the table, file and columns that a source connection declares.

Adobe: tabular.md, cloud-storage.md (explore).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_adobe.flow_service.errors import FlowServiceError, InvalidRequest, NotFound
from pulumi_adobe.flow_service.tables import Explorable
from pulumi_adobe.json_values import get_member, get_objects
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.preview_checks import is_access_failure, says_object_is_missing
from pulumi_adobe.resource_types.column_checks import UsedColumns, find_column_problems
from pulumi_adobe.resource_types.fields import SPEC_BY_ID
from pulumi_adobe.resource_types.source_connection import DATAFLOW_COLUMNS, SCHEMA
from pulumi_adobe.resource_types.source_contents import SourceContent, build_source_content
from pulumi_adobe.resource_types.table_checks import look_up_table
from pulumi_adobe.sources import find_declared_spec, find_spec_by_id
from pulumi_adobe.suggestions import suggest_name


def find_base_connection_problem(label: str, inputs: Mapping[str, Any]) -> str:
    """Return what is wrong with the presence of a base connection, as far as the catalogue knows. Sends no request.

    ``label`` is what the program calls the field.
    """
    base_id, spec = inputs.get("baseConnectionId"), find_declared_spec(inputs)
    if spec is None or spec.source_connection.has_base_connection == (base_id is not None):
        return ""
    if base_id is None:
        return f'{label}: is missing. {spec.title} needs one: BaseConnection(source="{spec.source}")'
    return f'{label}: {spec.title} has no base connections (code 1332). Remove {label}, and give source="{spec.source}"'


def find_spec_problem(context: ProviderContext, resource: str, inputs: Mapping[str, Any]) -> str:
    """Return the problem if Flow Service lacks the connection spec. One of the catalogue is not asked for."""
    spec_id = get_member(inputs, "connectionSpec", "id")
    if not isinstance(spec_id, str) or find_spec_by_id(spec_id) is not None:
        return ""

    def request() -> str:
        try:
            context.connection_specs.get_spec(spec_id)
        except NotFound as error:
            if is_access_failure(error):
                raise
            return f"{context.get_label(SPEC_BY_ID)}: Flow Service has no connection spec {spec_id}"
        return ""

    return context.preview_checks.ask(spec_id, f"the connection spec {spec_id}", resource, request) or ""


def find_source_problems(context: ProviderContext, resource: str, inputs: Mapping[str, Any]) -> Iterator[str]:
    """Return what the source says is wrong with table, columns or path, and with what dataflows use of them.

    Asks nothing about what is not known yet.
    """
    content = build_source_content(inputs)
    if content.explorable is None:
        return
    if isinstance(content.table, str):
        yield from _find_table_problems(context, resource, content, inputs)
        return
    explorable, path = content.explorable, content.file
    problem = path and context.preview_checks.ask(
        explorable.id, f"the file {path}", resource, lambda: _find_file_problem(context, explorable, content)
    )
    if problem:
        yield problem
        return
    yield from _find_dataflow_problems(context, resource, content, inputs)


def _find_table_problems(
    context: ProviderContext, resource: str, content: SourceContent, inputs: Mapping[str, Any]
) -> Iterator[str]:
    table = str(content.table)
    answer = look_up_table(context, resource, str(content.base_id), table)
    if answer.problem:
        yield answer.problem
        return
    labels = context.get_labels(SCHEMA)
    names = [str(column.get("name")) for column in answer.columns]
    for column in content.columns if names else ():
        name = get_member(column, "name")
        if isinstance(name, str) and name not in names:
            yield f"{labels['columns']}: {table} has no column {name}{suggest_name(name, names)}"
    yield from _find_dataflow_problems(context, resource, content, inputs)


def _find_dataflow_problems(
    context: ProviderContext, resource: str, source: SourceContent, inputs: Mapping[str, Any]
) -> Iterator[str]:
    """Return the columns that a dataflow of the same program uses and this source connection would not read.

    With everything new, the check of the dataflow is too late: it comes when the source connection exists.
    """
    for dataflow in get_objects(inputs, DATAFLOW_COLUMNS):
        used = UsedColumns(dataflow.get("mapped") or (), dataflow.get("deltaColumn") or "")
        for label, problem in find_column_problems(context, resource, source, used):
            yield f'{label} of Dataflow "{dataflow.get("dataflow")}": {problem}'


def _find_file_problem(context: ProviderContext, explorable: Explorable, content: SourceContent) -> str:
    """Return the problem if the source lacks the file or folder; raise an answer that does not say it."""
    try:
        context.metadata.explore_file(explorable, content.file, content.file_form)
    except (NotFound, InvalidRequest) as error:
        if is_access_failure(error):
            raise
        return _explain_missing_file(context, explorable, content.file, error)
    return ""


def _explain_missing_file(context: ProviderContext, explorable: Explorable, path: str, error: FlowServiceError) -> str:
    labels = context.get_labels(SCHEMA)
    folder, _, name = path.rstrip("/").rpartition("/")
    problem = f"{labels['path']}: the source has no file or folder {path}"
    try:
        entries = context.metadata.list_folder(explorable, folder)
    except NotFound:
        return problem if folder else f"{labels['baseConnectionId']}: this sandbox has no connection {explorable.id}"
    except FlowServiceError:
        raise error from None
    types = {entry.path.rstrip("/").rpartition("/")[2]: str(entry.type).lower() for entry in entries}
    if name not in types and (types or says_object_is_missing(error)):
        return f"{problem}{suggest_name(name, types)}"
    if types.get(name) == "folder":
        return ""
    raise error
