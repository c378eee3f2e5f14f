"""Checks declared properties before anything is sent: every problem is named with its field, no secret is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_adobe.declaration import UNKNOWN, Declaration, Field, Properties

_TYPE_NAMES = {str: "a string", dict: "an object", bool: "true or false", int: "a whole number", list: "a list"}


def normalized(declaration: Declaration, properties: Mapping[str, Any]) -> Properties:
    """The properties as they go into the state: absent ones left out, known ones in their one spelling."""
    fields = {field.name: field for field in declaration.fields}
    kept: Properties = {}
    for name, value in properties.items():
        field = fields.get(name)
        if value is None or (value == "" and field is not None and not field.required):
            continue
        plain = field is not None and field.normalize is not None and isinstance(value, field.type)
        kept[name] = field.normalize(value) if plain and field and field.normalize else value
    return kept


def problems(declaration: Declaration, properties: Mapping[str, Any]) -> list[tuple[Field, str]]:
    """Every problem of these (normalized) properties, in the order of the fields; unknown values have none yet."""
    return list(_problems(declaration, properties))


def _problems(declaration: Declaration, properties: Mapping[str, Any]) -> Iterator[tuple[Field, str]]:
    for field in declaration.fields:
        value = properties.get(field.name)
        if value is UNKNOWN:
            continue
        problem = _missing(field) if value is None else _wrong(field, value)
        if problem:
            yield field, problem


def _missing(field: Field) -> str | None:
    return "is missing" if field.required else None


def _wrong(field: Field, value: Any) -> str | None:
    if not isinstance(value, field.type):
        return f"must be {_TYPE_NAMES[field.type]}, not {_TYPE_NAMES.get(type(value), 'a ' + type(value).__name__)}"
    if isinstance(value, str) and not value.strip():
        return "must not be empty or blank"
    return field.problem(value) if field.problem else None
