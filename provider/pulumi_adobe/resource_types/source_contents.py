"""What a source connection reads, and what the source says of it: the columns of a table or file, fields of records.

Adobe: tabular.md, cloud-storage.md, data-landing-zone.md, zendesk.md (explore).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pulumi_adobe.flow_service.errors import InvalidRequest, NotFound
from pulumi_adobe.flow_service.tables import Explorable, FileForm
from pulumi_adobe.json_values import get_member, get_object, get_objects
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.preview_checks import is_access_failure
from pulumi_adobe.resource_types.parameters import PARAMETER_PREFIX, PARAMETERS, is_parameter
from pulumi_adobe.resource_types.source_connection import FILE_FIELDS
from pulumi_adobe.resource_types.table_checks import look_up_table
from pulumi_adobe.schema.values import UNKNOWN
from pulumi_adobe.sources import find_spec_by_id

_WILDCARDS: Final = frozenset("*?[{")
_RECORDS: Final = "rest"


@dataclass(frozen=True)
class SourceContent:
    """What a source connection reads.

    Attributes:
        base_id: The base connection, if there is one and it is known.
        table: The table of a source of tables.
        columns: The columns that the program or the service names; empty if all are read, or if they are not known.
        file: The path of one file, if it is one whose content can be asked for.
        file_form: The format of the file, its delimiter, encoding and compression.
        explorable: What the content can be asked of; None if it is not known yet.
        records: The parameters of a source of records; None for other sources, or if one of them is not known yet.
    """

    base_id: Any
    table: Any
    columns: Sequence[Mapping[str, Any]]
    file: str = ""
    file_form: FileForm = field(default_factory=FileForm)
    explorable: Explorable | None = None
    records: Mapping[str, Any] | None = field(default=None, compare=False)


def build_source_content(properties: Mapping[str, Any]) -> SourceContent:
    """Return what a source connection reads, from its properties in the form of the state or of the service."""
    params = properties.get(PARAMETERS)
    values = params if isinstance(params, Mapping) else properties
    base_id, spec_id = properties.get("baseConnectionId"), get_member(properties, "connectionSpec", "id")
    format_ = get_member(properties, "data", "format") or properties.get("format")
    path, is_one = values.get("path"), values.get("recursive") is None
    form = _find_file_form(properties, format_)
    is_file = isinstance(path, str) and form is not None and format_ != "tabular" and is_one
    return SourceContent(
        base_id,
        values.get("tableName"),
        get_objects(values, "columns"),
        str(path) if is_file and not _WILDCARDS & set(str(path)) else "",
        form or FileForm(),
        find_explorable(base_id, spec_id),
        _find_records(properties, spec_id),
    )


def _find_file_form(properties: Mapping[str, Any], format_: Any) -> FileForm | None:
    """Return how a file is written; None if that is not known yet."""
    shown = get_object(properties, "data", "properties")
    names = [field.name for field in FILE_FIELDS]
    members = [shown.get(name) or properties.get(name) or "" for name in names]
    texts = [member for member in (format_, *members) if isinstance(member, str)]
    return FileForm(*texts) if len(texts) == len(names) + 1 else None


def find_explorable(base_id: Any, spec_id: Any) -> Explorable | None:
    """Return what the content of a source can be asked of; None if that is not known yet."""
    if isinstance(base_id, str):
        return Explorable(base_id)
    spec = find_spec_by_id(spec_id) if base_id is None and isinstance(spec_id, str) else None
    if spec is None or spec.source_connection.has_base_connection or not spec.source_connection.explore:
        return None
    return Explorable(spec.id, "connectionSpecs")


def look_up_columns(context: ProviderContext, resource: str, content: SourceContent) -> Sequence[Mapping[str, Any]]:
    """Return the columns that the source says the table or file has; none if it does not say, or cannot be asked."""
    if isinstance(content.base_id, str) and isinstance(content.table, str):
        return look_up_table(context, resource, content.base_id, content.table).columns
    return get_objects(_explore(context, resource, content), "schema", "columns")


def look_up_fields(context: ProviderContext, resource: str, content: SourceContent) -> frozenset[str]:
    """Return all names in the JSON schema that the source shows of its records or file; none if it shows none."""
    return frozenset(_list_names(get_object(_explore(context, resource, content), "schema")))


def _explore(context: ProviderContext, resource: str, content: SourceContent) -> Mapping[str, Any]:
    """Return what the source says of a file or of its records; nothing if it says that it has no such file."""
    explorable, records, file = content.explorable, content.records, content.file
    if explorable is None or (records is None and not file):
        return {}

    def request() -> Mapping[str, Any]:
        try:
            if records is not None:
                return context.metadata.explore_records(explorable.id, records)
            return context.metadata.explore_file(explorable, file, content.file_form)
        except (NotFound, InvalidRequest) as error:
            if records is not None or is_access_failure(error):
                raise
            # The check of the source connection says so.
            return {}

    topic = "the fields of the source" if records is not None else f"the file {file}"
    return context.preview_checks.ask(explorable.id, topic, resource, request) or {}


def _find_records(properties: Mapping[str, Any], spec_id: Any) -> Mapping[str, Any] | None:
    spec = find_spec_by_id(spec_id) if isinstance(spec_id, str) else None
    if spec is None or spec.source_connection.explore != _RECORDS or properties.get(PARAMETERS) is UNKNOWN:
        return None
    params = properties.get(PARAMETERS)
    flat = {name.removeprefix(PARAMETER_PREFIX): value for name, value in properties.items() if is_parameter(name)}
    records = params if isinstance(params, Mapping) else flat
    return None if UNKNOWN in records.values() else records


def _list_names(schema: Mapping[str, Any]) -> Iterator[str]:
    """Return the names of all members of a JSON schema, however deep."""
    for name, member in get_object(schema, "properties").items():
        yield str(name)
        if isinstance(member, Mapping):
            yield from _list_names(member)
    items = schema.get("items")
    if isinstance(items, Mapping):
        yield from _list_names(items)
