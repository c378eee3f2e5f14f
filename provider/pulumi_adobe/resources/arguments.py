"""Finds what is wrong with the arguments of a resource before the engine sees them, all of it at once."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pulumi

from pulumi_adobe.checking import normalized, problems
from pulumi_adobe.declaration import UNKNOWN, Declaration
from pulumi_adobe.near import nearest


def given_and_options(
    kind: type, positional: Sequence[Any], keywords: Mapping[str, Any]
) -> tuple[dict[str, Any], pulumi.ResourceOptions | None]:
    """The arguments and the options of a call, which gives a ``kind`` (the class of arguments), or keywords.

    Where a class is given, it comes first and the options second; else the options come first: Pulumi's convention.
    """
    named = dict(keywords)
    args, opts = named.pop("args", None), named.pop("opts", None)
    rest = list(positional)
    if rest and isinstance(rest[0], kind):
        args = rest.pop(0)
    if rest:
        opts = rest.pop(0)
    if rest or not isinstance(opts, pulumi.ResourceOptions | None) or not isinstance(args, kind | None):
        raise TypeError(f"expected: name, {kind.__name__} or keywords, ResourceOptions")
    return {**(vars(args) if args is not None else {}), **named}, opts


def argument_problems(declaration: Declaration, given: Mapping[str, Any], fixed: Mapping[str, Any]) -> list[str]:
    """Every problem of the arguments whose values are already known, under the names that programs use.

    ``fixed`` are the properties that the kind of resource itself gives. No message holds a value.
    """
    names = {field.argument: field.name for field in declaration.fields if field.name not in fixed}
    values = {names[name]: known_value(value) for name, value in given.items() if name in names}
    found = problems(declaration, normalized(declaration, {**values, **fixed}))
    return [*_unknown(given, names), *(f"{field.argument} {problem}" for field, problem in found)]


def _unknown(given: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    for name in given:
        if name not in names:
            meant = nearest(name, names)
            hint = f"did you mean {meant}?" if meant else f"there are {', '.join(names)}"
            yield f"{name} is no argument ({hint})"


def known_value(value: Any) -> Any:
    """The value of an argument; UNKNOWN where it is an output."""
    return UNKNOWN if isinstance(value, pulumi.Output) or inspect.isawaitable(value) else value
