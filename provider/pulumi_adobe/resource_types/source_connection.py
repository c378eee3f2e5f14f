"""The resource schema of a source connection: what is read of a source. What it takes is in the catalogue of sources.

Adobe: database-nosql.md ("Create a dataflow for database sources"), cloud-storage.md; change-data-capture.md; the page
of each source for its parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from pulumi_adobe.json_values import get_member, get_object
from pulumi_adobe.resource_types.fields import ADOPT_ID, CONNECTION_SPEC, DEFAULT_NAME_AND_DESCRIPTION, DRAFT
from pulumi_adobe.resource_types.parameters import (
    PARAMETER_PREFIX,
    PARAMETERS,
    flatten_parameters,
    is_parameter,
    unflatten_parameters,
)
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.values import UNKNOWN, Properties, is_masked
from pulumi_adobe.sources import ConnectionSpec, find_declared_spec, find_spec_by_id
from pulumi_adobe.sources.families import SourceConnectionSpec

DATAFLOW_COLUMNS: Final = "dataflowColumns"
"""The input with the columns that the program's dataflows use of this source connection, which only a check reads."""

FORMATS: Final = ("tabular", "delimited", "json", "parquet")


def _validate_format(value: str) -> str | None:
    return None if value in FORMATS else f"must be one of {', '.join(FORMATS)}"


def _choose_format(properties: Mapping[str, Any]) -> Any:
    if properties.get("connectionSpec") is UNKNOWN:
        return UNKNOWN
    reads_table = properties.get("path") is None and properties.get(PARAMETERS) is None
    return find_default_format(find_declared_spec(properties), reads_table=reads_table)


def _validate_parameter(value: Any) -> str | None:
    return None if isinstance(value, (str, int, float, bool)) else "must be a text, a number, true or false"


def _leave_to_the_fields(_params: Any) -> None:
    """Return nothing: each parameter is read by a field of its own."""


def _build_property(name: str, argument: str) -> Field:
    # A tab may separate columns.
    return Field(name, ("data", "properties", name), argument, replace_on_changes=True, allows_blanks=True)


PARAMETER_FIELDS: Final = (
    Field("tableName", ("params", "tableName"), "table", replace_on_changes=True),
    Field("columns", ("params", "columns"), "columns", replace_on_changes=True, type=list, computed=True),
    Field("cdcEnabled", ("params", "cdcEnabled"), "cdc", replace_on_changes=True, type=bool),
    Field("path", ("params", "path"), "path", replace_on_changes=True),
    Field("pathType", ("params", "type"), "path_type", replace_on_changes=True),
    Field("recursive", ("params", "recursive"), "recursive", replace_on_changes=True, type=bool),
)
"""The members of `params` that programs give by an argument of their own."""

FILE_FIELDS: Final = (
    _build_property("columnDelimiter", "column_delimiter"),
    _build_property("encoding", "encoding"),
    _build_property("compressionType", "compression_type"),
)
"""How files are written."""

_PARAMETERS: Final = Field(
    PARAMETERS, ("params",), PARAMETERS, replace_on_changes=True, type=dict, decode=_leave_to_the_fields
)

# Adobe: update-dataflows.md: what a source connection reads must not be updated under a dataflow, so it replaces.
_FIELDS: Final = (
    # A few sources have no base connection, which the hooks know.
    Field(
        "baseConnectionId",
        ("baseConnectionId",),
        "base_connection_id",
        "base_connection",
        replace_on_changes=True,
    ),
    Field(
        "format",
        ("data", "format"),
        "format",
        replace_on_changes=True,
        validate=_validate_format,
        default=_choose_format,
    ),
    *FILE_FIELDS,
)


def list_taken_fields(spec: SourceConnectionSpec) -> frozenset[str]:
    """Return the names of the fields for parameters and files that the source connections of a source take."""
    parameters = {parameter.name for parameter in spec.params or () if parameter.argument}
    are_taken = (bool(spec.column_delimiter), bool(spec.encodings), bool(spec.compression_types))
    files = {field.name for field, is_taken in zip(FILE_FIELDS, are_taken, strict=True) if is_taken}
    return frozenset(field.name for field in PARAMETER_FIELDS if field.path[-1] in parameters) | files


def select_parameters(entity: Mapping[str, Any], spec: ConnectionSpec | None) -> Properties:
    """Return the parameters of an entity that have no argument of their own, under their flat names.

    An object, a list or a masked value is none that a program can give.

    Args:
        entity: The source connection.
        spec: Its source; None if the catalogue lacks it.
    """
    taken = None if spec is None else list_taken_fields(spec.source_connection)
    with_argument = {field.path[-1] for field in PARAMETER_FIELDS if taken is None or field.name in taken}
    return {
        f"{PARAMETER_PREFIX}{name}": value
        for name, value in get_object(entity, PARAMETERS).items()
        if name not in with_argument
        and isinstance(value, (str, int, float))
        and not (isinstance(value, str) and is_masked(value))
    }


def find_default_format(spec: ConnectionSpec | None, *, reads_table: bool) -> str | None:
    """Return the format of a source connection whose program gives none; None if there is no default.

    Args:
        spec: The source; None if the catalogue lacks it.
        reads_table: Whether the program gives neither a path nor parameters, and so can mean a table only.
    """
    if spec is None:
        return "tabular" if reads_table else None
    return spec.source_connection.default_format or None


def needs_format(spec: ConnectionSpec | None) -> bool:
    """Return whether each source connection of a source has a format."""
    return spec is None or bool(spec.source_connection.formats)


@cache
def _build_schema(spec_id: str, parameter_names: tuple[str, ...], *, are_unknown: bool) -> ResourceSchema:
    """Return the schema with a field for each parameter; without the fields that the source does not take.

    Args:
        spec_id: The id of the connection spec.
        parameter_names: The parameters that the program gives.
        are_unknown: Whether the parameters are not known yet, so that one field stands for all of them.
    """
    spec = find_spec_by_id(spec_id)
    parameters = tuple(_build_parameter(name) for name in parameter_names)
    all_parameters = (*PARAMETER_FIELDS, *parameters, *((_PARAMETERS,) if are_unknown else ()))
    fields = (*DEFAULT_NAME_AND_DESCRIPTION, *_FIELDS, *all_parameters, CONNECTION_SPEC, DRAFT, ADOPT_ID)
    if spec is None:
        return replace(SCHEMA, fields=fields, variant=None)
    form = spec.source_connection
    absent = {field.name for field in (*PARAMETER_FIELDS, *FILE_FIELDS)} - list_taken_fields(form)
    empty_params: dict[str, Any] = {PARAMETERS: {}} if form.has_empty_params else {}
    provider = {"providerId": form.provider_id} if form.provider_id else {}
    return replace(
        SCHEMA,
        fields=tuple(field for field in fields if field.name not in absent),
        create_members={**empty_params, **provider},
        variant=None,
    )


def _build_parameter(name: str) -> Field:
    return Field(
        f"{PARAMETER_PREFIX}{name}",
        ("params", name),
        f"{PARAMETERS}.{name}",
        replace_on_changes=True,
        type=object,
        validate=_validate_parameter,
    )


def _build_variant(properties: Mapping[str, Any]) -> ResourceSchema:
    spec_id = get_member(properties, "connectionSpec", "id")
    names = tuple(sorted(name.removeprefix(PARAMETER_PREFIX) for name in properties if is_parameter(name)))
    return _build_schema(spec_id if isinstance(spec_id, str) else "", names, are_unknown=PARAMETERS in properties)


SCHEMA: Final = ResourceSchema(
    "SourceConnection",
    "sourceConnections",
    (*DEFAULT_NAME_AND_DESCRIPTION, *_FIELDS, _PARAMETERS, *PARAMETER_FIELDS, CONNECTION_SPEC, DRAFT, ADOPT_ID),
    check_inputs=(DATAFLOW_COLUMNS,),
    atomic_pointers=(),
    duplicate_scope=("baseConnectionId",),
    fallback_duplicate_scope=("connectionSpec", "id"),
    has_connection_test=False,
    variant=_build_variant,
    flatten=flatten_parameters,
    unflatten=unflatten_parameters,
)
