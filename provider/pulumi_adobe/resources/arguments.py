"""Finds what is wrong with the arguments of a resource before the engine sees them, all of it at once."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pulumi

from pulumi_adobe.checking import normalize, validate
from pulumi_adobe.declaration import UNKNOWN, ResourceSchema
from pulumi_adobe.near import find_similar_name


def split_arguments(
    arguments_class: type, positional: Sequence[Any], keywords: Mapping[str, Any]
) -> tuple[dict[str, Any], pulumi.ResourceOptions | None]:
    """The arguments and the options of a call, which gives a ``kind`` (the class of arguments), or keywords.

    Where a class is given, it comes first and the options second; else the options come first: Pulumi's convention.
    """
    keyword_arguments = dict(keywords)
    arguments, options = keyword_arguments.pop("args", None), keyword_arguments.pop("opts", None)
    remaining = list(positional)
    if remaining and isinstance(remaining[0], arguments_class):
        arguments = remaining.pop(0)
    if remaining:
        options = remaining.pop(0)
    if remaining or not isinstance(options, pulumi.ResourceOptions | None) or not isinstance(arguments, arguments_class | None):
        raise TypeError(f"expected: name, {arguments_class.__name__} or keywords, ResourceOptions")
    return {**(vars(arguments) if arguments is not None else {}), **keyword_arguments}, options


def validate_arguments(resource_schema: ResourceSchema, arguments: Mapping[str, Any], fixed_inputs: Mapping[str, Any]) -> list[str]:
    """Every problem of the arguments whose values are already known, under the names that programs use.

    ``fixed`` are the properties that the kind of resource itself gives. No message holds a value.
    """
    names = {field.argument: field.name for field in resource_schema.fields if field.name not in fixed_inputs}
    values = {names[name]: known_value(value) for name, value in arguments.items() if name in names}
    problems_by_field = validate(resource_schema, normalize(resource_schema, {**values, **fixed_inputs}))
    return [*_find_unknown_arguments(arguments, names), *(f"{field.argument} {problem}" for field, problem in problems_by_field)]


def _find_unknown_arguments(arguments: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    for name in arguments:
        if name not in names:
            similar_name = find_similar_name(name, names)
            hint = f"did you mean {similar_name}?" if similar_name else f"there are {', '.join(names)}"
            yield f"{name} is no argument ({hint})"


def known_value(value: Any) -> Any:
    """The value of an argument; UNKNOWN where it is an output."""
    return UNKNOWN if isinstance(value, pulumi.Output) or inspect.isawaitable(value) else value
