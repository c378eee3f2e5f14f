"""What the source connections of each source take, by the catalogue. Nothing here sends a request.

Adobe: cloud-storage.md (delimiter and encoding of delimited files, compression of delimited and JSON files); the page
of each source for its parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi_adobe.resource_types.parameters import PARAMETER_PREFIX, PARAMETERS, is_parameter
from pulumi_adobe.resource_types.source_connection import FILE_FIELDS, PARAMETER_FIELDS, list_taken_fields
from pulumi_adobe.schema.values import UNKNOWN
from pulumi_adobe.sources import ConnectionSpec, find_declared_spec
from pulumi_adobe.sources.families import SourceParameter
from pulumi_adobe.suggestions import suggest_name

_DELIMITED: Final = "delimited"
_COMPRESSED_FORMATS: Final = ("delimited", "json")
_NAMES: Final = {field.path[-1]: field.name for field in PARAMETER_FIELDS}


def find_form_problems(labels: Mapping[str, str], inputs: Mapping[str, Any]) -> Iterator[str]:
    """Return what the source of a source connection does not take, and what is missing of what it needs.

    ``labels`` has what the program calls the fields of a source connection.
    """
    spec = find_declared_spec(inputs)
    yield from _find_misplaced_parameters(spec, labels, inputs)
    if spec is None:
        yield from _find_general_problems(labels, inputs)
        return
    yield from _find_format_problems(spec, labels["format"], inputs)
    taken = list_taken_fields(spec.source_connection)
    for field in (*PARAMETER_FIELDS, *FILE_FIELDS):
        if inputs.get(field.name) is not None and field.name not in taken:
            yield f"{labels[field.name]}: source connections of {spec.title} have none. Remove it"
    for parameter in spec.source_connection.params or ():
        if parameter.argument:
            yield from _find_value_problems(
                parameter, labels[_NAMES[parameter.name]], inputs.get(_NAMES[parameter.name])
            )
    yield from _find_file_problems(spec, labels, inputs, taken)


def find_parameter_problems(labels: Mapping[str, str], inputs: Mapping[str, Any]) -> Iterator[str]:
    """Return what is wrong with the parameters that have no argument of their own."""
    spec = find_declared_spec(inputs)
    if spec is None or inputs.get(PARAMETERS) is UNKNOWN:
        return
    for parameter in spec.source_connection.params or ():
        if not parameter.argument:
            yield from _find_value_problems(
                parameter, f"{labels[PARAMETERS]}.{parameter.name}", inputs.get(f"{PARAMETER_PREFIX}{parameter.name}")
            )


def describe_unknown_parameters(inputs: Mapping[str, Any]) -> Iterator[str]:
    """Return a warning for each parameter that Adobe's page of the source does not have."""
    spec = find_declared_spec(inputs)
    if spec is None or spec.source_connection.params is None:
        return
    names = [parameter.name for parameter in spec.source_connection.params if not parameter.argument]
    for name in sorted(name.removeprefix(PARAMETER_PREFIX) for name in inputs if is_parameter(name)):
        if name not in names:
            yield f"{PARAMETERS}.{name}: Adobe's page of {spec.title} has no such parameter{suggest_name(name, names)}"


def _find_misplaced_parameters(
    spec: ConnectionSpec | None, labels: Mapping[str, str], inputs: Mapping[str, Any]
) -> Iterator[str]:
    """Return the members of `params` that have an argument: declared there, they would look changed after a refresh."""
    taken = None if spec is None else list_taken_fields(spec.source_connection)
    for name in sorted(name.removeprefix(PARAMETER_PREFIX) for name in inputs if is_parameter(name)):
        if name in _NAMES and (taken is None or _NAMES[name] in taken):
            label = labels[_NAMES[name]]
            yield f"{labels[PARAMETERS]}.{name}: give {label} instead, which has the same effect"


def _find_general_problems(labels: Mapping[str, str], inputs: Mapping[str, Any]) -> Iterator[str]:
    """Return what is missing for a source that the catalogue lacks, or that is not known yet, by the format alone."""
    format_ = inputs.get("format")
    has_parameters = PARAMETERS in inputs or any(map(is_parameter, inputs))
    if format_ == "tabular" and inputs.get("tableName") is None:
        yield f"{labels['tableName']}: is missing"
    elif format_ not in {None, "tabular", UNKNOWN} and inputs.get("path") is None and not has_parameters:
        yield f"{labels['path']}: is missing"


def _find_format_problems(spec: ConnectionSpec, label: str, inputs: Mapping[str, Any]) -> Iterator[str]:
    format_, formats = inputs.get("format"), spec.source_connection.formats
    if format_ is UNKNOWN or not formats or format_ in formats:
        return
    problem = "is missing" if format_ is None else f"must not be {format_}"
    yield f"{label}: {problem}. {spec.title} has {_join(formats)}"


def _find_value_problems(parameter: SourceParameter, label: str, value: Any) -> Iterator[str]:
    if value is None and parameter.required:
        about = f" ({parameter.description})" if parameter.description else ""
        yield f"{label}: is missing{about}"
    elif value is not None and value is not UNKNOWN and parameter.values and value not in parameter.values:
        yield f"{label}: must be {_join(parameter.values)}"


def _find_file_problems(
    spec: ConnectionSpec, labels: Mapping[str, str], inputs: Mapping[str, Any], taken: frozenset[str]
) -> Iterator[str]:
    """Return the properties of files that do not fit the format."""
    form, format_ = spec.source_connection, inputs.get("format")
    delimiter, encoding, compression = (
        inputs.get(field.name) if field.name in taken and inputs.get(field.name) is not UNKNOWN else None
        for field in FILE_FIELDS
    )
    if delimiter is not None and len(delimiter) != 1:
        yield f"{labels['columnDelimiter']}: must be one character"
    if encoding is not None and encoding not in form.encodings:
        yield f"{labels['encoding']}: must be {_join(form.encodings)}"
    if compression is not None and compression not in form.compression_types:
        yield f"{labels['compressionType']}: must be {_join(form.compression_types)}"
    if format_ is UNKNOWN:
        return
    for name, value, formats in (
        ("columnDelimiter", delimiter, (_DELIMITED,)),
        ("encoding", encoding, (_DELIMITED,)),
        ("compressionType", compression, _COMPRESSED_FORMATS),
    ):
        if value is not None and format_ not in formats:
            yield f"{labels[name]}: only files of the format {_join(formats)} have one, not {format_}. Remove it"


def _join(values: tuple[str, ...]) -> str:
    return " or ".join(filter(None, (", ".join(values[:-1]), values[-1])))
