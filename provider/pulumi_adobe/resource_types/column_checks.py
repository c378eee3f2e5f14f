"""The columns that a dataflow uses, against those that its source connection reads.

Adobe: crm.md (delta column, mapping); the values of a delta column must be readable as `yyyy-MM-dd HH:mm:ss`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.resource_types.dataflow import SCHEMA
from pulumi_adobe.resource_types.mapping_paths import resolve_source
from pulumi_adobe.resource_types.source_contents import SourceContent, look_up_columns, look_up_fields
from pulumi_adobe.suggestions import suggest_name

_DATE_TIME, _DATE = "date-time", "date"
_NO_TIMES: Final = frozenset({"integer", "int", "long", "double", "float", "number", "decimal", "boolean"})


@dataclass(frozen=True)
class UsedColumns:
    """The columns that a dataflow uses, as far as they are known: those of its mapping, and its delta column."""

    mapped: Sequence[str]
    delta_column: str


def find_column_problems(
    context: ProviderContext, resource: str, source: SourceContent, used: UsedColumns
) -> Iterator[tuple[str, str]]:
    """Return a problem for each column that the source connection does not read, after the label of the field.

    A delta column that cannot be a time is a problem too.
    """
    by_name, labels = find_columns(context, resource, source), context.get_labels(SCHEMA)
    if not by_name:
        _warn_about_unseen_fields(context, resource, source, used.mapped)
        return
    for column in used.mapped:
        name = resolve_source(column, by_name)[0].name
        if name not in by_name:
            yield (
                f"{labels['mapping']}.{column}",
                f"the source connection does not read this column{suggest_name(name, by_name)}",
            )
    delta_column = used.delta_column
    if not delta_column:
        return
    if delta_column not in by_name:
        suggestion = suggest_name(delta_column, by_name)
        yield labels["deltaColumn"], f"the source connection does not read the column {delta_column}{suggestion}"
        return
    column_type = _describe_wrong_type(context, resource, source, by_name[delta_column])
    if column_type:
        problem = f"{delta_column} is not a time: its type is {column_type}. Its values must be readable as "
        advice = "yyyy-MM-dd HH:mm:ss. If they are, set adobe:previewChecks to warn"
        yield labels["deltaColumn"], f"{problem}{advice}"


def _warn_about_unseen_fields(
    context: ProviderContext, resource: str, source: SourceContent, mapped: Sequence[str]
) -> None:
    """Warn about mapped fields that are nowhere in what the source shows of its records.

    It is no error: the schema is made of some records, so that a field which few records have is not in it (release
    notes of May 2026, Shopify). Nor does it tell at which level the records begin (mailchimp-members.md).
    """
    names = look_up_fields(context, resource, source) if mapped else frozenset()
    for column in mapped if names else ():
        name = resolve_source(column, None)[0].name
        if name not in names:
            context.show_message_once(
                f"warning: {resource}: mapping.{column}: Flow Service shows no field {name} of this source"
                f"{suggest_name(name, names)}. It shows some records only: others may have it"
            )


def find_columns(context: ProviderContext, resource: str, source: SourceContent) -> Mapping[str, Mapping[str, Any]]:
    """Return the columns that a source connection reads, by name; none if they are not known."""
    columns = source.columns or look_up_columns(context, resource, source)
    return {str(column.get("name")): column for column in columns}


def _describe_wrong_type(
    context: ProviderContext, resource: str, source: SourceContent, column: Mapping[str, Any]
) -> str | None:
    """Return the type of a column that cannot be a time; None if it can be one, or the type is not known.

    A declared column often has no type; the source's table has.
    """
    if _get_type(column) is None:
        columns = look_up_columns(context, resource, source)
        column = next((each for each in columns if each.get("name") == column.get("name")), column)
    return find_wrong_type(column)


def find_wrong_type(column: Mapping[str, Any]) -> str | None:
    """Return the type of a column if it says that the values are no times; None if they can be, or it says nothing."""
    column_type = _get_type(column)
    return None if column_type in {None, _DATE_TIME, _DATE} else column_type


def _get_type(column: Mapping[str, Any]) -> str | None:
    """Return the XDM type of a column: what explore says of it, or its own type if that alone excludes a time."""
    xdm_type = get_member(column, "xdm", "format") or column.get("meta:xdmType") or get_member(column, "xdm", "type")
    if isinstance(xdm_type, str):
        return xdm_type
    own_type = column.get("type")
    return own_type if isinstance(own_type, str) and own_type.lower() in _NO_TIMES else None
