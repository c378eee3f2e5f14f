"""Checks of a resource's arguments in the program, before the engine sees them: all problems at once."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pulumi

from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.validation import normalize, validate
from pulumi_adobe.schema.values import UNKNOWN
from pulumi_adobe.suggestions import find_similar_name


def split_arguments(
    arguments_class: type, positional: Sequence[Any], keywords: Mapping[str, Any]
) -> tuple[dict[str, Any], pulumi.ResourceOptions | None]:
    """Return the arguments and the options of a call that gives an ``arguments_class`` or keywords.

    With an arguments class the options come second, with keywords they come first: that is Pulumi's convention.

    Raises:
        TypeError: The call is neither of the two.
    """
    keyword_arguments = dict(keywords)
    arguments, options = keyword_arguments.pop("args", None), keyword_arguments.pop("opts", None)
    remaining = list(positional)
    if remaining and isinstance(remaining[0], arguments_class):
        arguments = remaining.pop(0)
    if remaining:
        options = remaining.pop(0)
    is_valid = isinstance(options, pulumi.ResourceOptions | None) and isinstance(arguments, arguments_class | None)
    if remaining or not is_valid:
        raise TypeError(f"expected: name, {arguments_class.__name__} or keywords, ResourceOptions")
    return {**(vars(arguments) if arguments is not None else {}), **keyword_arguments}, options


def complete_arguments(resource_schema: ResourceSchema, arguments: Mapping[str, Any], owner: str) -> dict[str, Any]:
    """Return the arguments that are present, and the defaults that known values decide."""
    names = _get_state_names(resource_schema)
    present = {name: value for name, value in arguments.items() if value is not None}
    completed = resource_schema.apply_defaults({**_read_values(present, names), "owner": owner})
    effective = {name: value for name, value in present.items() if name not in names or names[name] in completed}
    defaults = {name: completed.get(state, UNKNOWN) for name, state in names.items() if name not in present}
    return {**effective, **{name: value for name, value in defaults.items() if value is not UNKNOWN}}


def validate_arguments(resource_schema: ResourceSchema, arguments: Mapping[str, Any]) -> list[str]:
    """Return the problems of all arguments whose values are known, under the names that programs use.

    No problem contains a value.
    """
    names = _get_state_names(resource_schema)
    values = {**_read_values(arguments, names), **resource_schema.fixed_inputs}
    problems = validate(resource_schema, normalize(resource_schema, values))
    return [
        *_find_unknown_arguments(arguments, names),
        *(f"{field.label} {problem}" for field, problem in problems),
    ]


def known_value(value: Any) -> Any:
    """Return the value of an argument; `UNKNOWN` for an output."""
    return UNKNOWN if isinstance(value, pulumi.Output) or inspect.isawaitable(value) else value


def _get_state_names(resource_schema: ResourceSchema) -> dict[str, str]:
    """Return the names that the state has for the arguments."""
    fixed_inputs = resource_schema.fixed_inputs
    return {field.argument: field.name for field in resource_schema.fields if field.name not in fixed_inputs}


def _read_values(arguments: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names[name]: known_value(value) for name, value in arguments.items() if name in names}


def _find_unknown_arguments(arguments: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    for name in arguments:
        if name not in names:
            similar_name = find_similar_name(name, names)
            hint = f"did you mean {similar_name}?" if similar_name else f"the arguments are {', '.join(names)}"
            yield f"{name} is not an argument ({hint})"
