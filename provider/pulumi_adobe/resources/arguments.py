"""Turns the arguments of a resource into its properties, with every problem that can be seen before the update."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Mapping
from typing import Any

import pulumi

from pulumi_adobe.checking import normalized, problems
from pulumi_adobe.declaration import UNKNOWN, Declaration


def arguments(kind: str, resource_name: str, args: object, keywords: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of either calling convention, the typed class or keywords, by name; absent ones left out."""
    given = {**(vars(args) if args is not None else {}), **keywords}
    return {name: value for name, value in given.items() if value is not None}


def refuse(kind: str, resource_name: str, found: list[str]) -> None:
    """End the program with these problems, without a traceback; does nothing where there are none."""
    if found:
        raise pulumi.RunError(f'{kind} "{resource_name}": {"; ".join(found)}')


def argument_problems(declaration: Declaration, given: Mapping[str, Any], fixed: Mapping[str, Any]) -> list[str]:
    """Every problem of the arguments whose values are already known, under the names that programs use."""
    names = {field.argument: field.name for field in declaration.fields}
    unknown = [_unknown(name, [n for n in names if names[n] not in fixed]) for name in given if name not in names]
    values = {names[name]: _known(value) for name, value in given.items() if name in names}
    found = problems(declaration, normalized(declaration, {**values, **fixed}))
    return [*unknown, *(f"{field.argument} {problem}" for field, problem in found)]


def _unknown(name: str, names: list[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f"{name} is no argument{f'; did you mean {near[0]}?' if near else f' (there are {", ".join(names)})'}"


def _known(value: Any) -> Any:
    return UNKNOWN if isinstance(value, pulumi.Output) or inspect.isawaitable(value) else value
