"""Checks of declared properties that need nothing but their values. No problem quotes a secret."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.values import UNKNOWN, Properties
from pulumi_adobe.secret_values import validate_secret

_TYPE_NAMES = {str: "a string", dict: "an object", bool: "true or false", int: "a whole number", list: "a list"}


def normalize(resource_schema: ResourceSchema, properties: Mapping[str, Any]) -> Properties:
    """Return the properties as they go into the state: absent ones left out, known ones in their one spelling."""
    fields = {field.name: field for field in resource_schema.fields}
    normalized: Properties = {}
    for name, value in properties.items():
        field = fields.get(name)
        if value is None or (value == "" and field is not None and not field.required):
            continue
        normalized_value = value if field is None else _normalize_value(field, value)
        if normalized_value is not None:
            normalized[name] = normalized_value
    return normalized


def validate(resource_schema: ResourceSchema, properties: Mapping[str, Any]) -> list[tuple[Field, str]]:
    """Return every problem of these (normalized) properties, in the order of the fields.

    A value that is not known yet has no problem.
    """
    return list(_find_problems(resource_schema, properties))


def validate_secrets(resource_schema: ResourceSchema, properties: Mapping[str, Any]) -> Iterator[tuple[Field, str]]:
    """Return the secrets that redaction cannot remove from messages without harm, each with the reason.

    A value that only counts as a secret because nobody has described it may be anything.
    """
    for field in resource_schema.secret_fields:
        value = properties.get(field.name)
        problem = validate_secret(value) if isinstance(value, str) and not field.presumed_secret else None
        if problem:
            yield field, problem


def _normalize_value(field: Field, value: Any) -> Any:
    return field.normalize(value) if field.normalize is not None and isinstance(value, field.type) else value


def _find_problems(resource_schema: ResourceSchema, properties: Mapping[str, Any]) -> Iterator[tuple[Field, str]]:
    for field in resource_schema.fields:
        value = properties.get(field.name)
        if value is UNKNOWN:
            continue
        problem = _check_missing(field) if value is None else _check_value(field, value)
        if problem:
            yield field, problem


def _check_missing(field: Field) -> str | None:
    return "is missing" if field.required else None


def _check_value(field: Field, value: Any) -> str | None:
    if not isinstance(value, field.type):
        types = field.type if isinstance(field.type, tuple) else (field.type,)
        expected = " or ".join(_TYPE_NAMES[type_] for type_ in types)
        return f"must be {expected}, not {_TYPE_NAMES.get(type(value), 'a ' + type(value).__name__)}"
    if isinstance(value, str) and not value.strip() and not field.allows_blanks:
        return "must not be empty or blank"
    return field.validate(value) if field.validate else None
