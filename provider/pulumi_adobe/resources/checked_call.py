"""Checks of a constructor's call in the program: the names of the arguments, and the types of those that are known.

Python's own error about a misspelt argument has no similar name before 3.13, and Pulumi shows it with a traceback. Here
it becomes a `pulumi.RunError` with the similar name and the program's line.
"""

from __future__ import annotations

import collections.abc
import inspect
import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pulumi

from pulumi_adobe.resources.program_messages import build_arguments_error
from pulumi_adobe.suggestions import find_similar_name

_TYPE_NAMES: Final = {
    str: "a string",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    collections.abc.Mapping: "a mapping",
    collections.abc.Sequence: "a list",
}


class CheckedCall(type):
    """The metaclass of the classes that programs construct: checks the arguments before the constructor runs."""

    if not TYPE_CHECKING:  # Type checkers would take every call for a correct one.

        def __call__(cls, *args: Any, **keywords: Any) -> Any:
            """Construct the object, or raise `pulumi.RunError` with every problem of the arguments."""
            problems = list(find_call_problems(cls, args, keywords))
            if problems:
                name = args[0] if args and isinstance(args[0], str) else ""
                raise build_arguments_error(cls.__name__, name, problems)
            return super().__call__(*args, **keywords)


def find_call_problems(owner: type, args: tuple[Any, ...], keywords: Mapping[str, Any]) -> Iterator[str]:
    """Return what is wrong with the arguments of a call of the class. No problem contains a value."""
    signature, hints = _get_signature(owner)
    accepts_all = any(each.kind is each.VAR_KEYWORD for each in signature.parameters.values())
    if not accepts_all:
        names = [name for name, each in signature.parameters.items() if each.kind is not each.POSITIONAL_ONLY]
        for name in keywords:
            if name not in signature.parameters:
                similar_name = find_similar_name(name, names)
                hint = f"did you mean {similar_name}?" if similar_name else f"the arguments are {', '.join(names)}"
                yield f"{name} is not an argument ({hint})"
    known_keywords = {name: value for name, value in keywords.items() if accepts_all or name in signature.parameters}
    try:
        arguments = signature.bind_partial(*args, **known_keywords).arguments
    except TypeError as error:
        yield str(error)
        return
    for name, parameter in signature.parameters.items():
        if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}:
            continue
        if name in arguments:
            problem = _check_type(arguments[name], hints.get(name, Any))
            if problem:
                yield f"{name} {problem}"
        elif parameter.default is parameter.empty:
            yield f"{name} is missing"


@cache
def _get_signature(owner: type) -> tuple[inspect.Signature, Mapping[str, Any]]:
    """Return the signature of the constructor without `self`, and the types of its parameters."""
    constructor: Any = inspect.getattr_static(owner, "__init__")
    parameters = list(inspect.signature(constructor).parameters.values())[1:]
    # `pulumi.Input[str]` has `"Output[T]"` in it, a reference by name.
    return inspect.Signature(parameters), get_type_hints(constructor, localns={"Output": pulumi.Output, "T": Any})


def _check_type(value: Any, annotation: Any) -> str | None:
    if isinstance(value, pulumi.Output) or inspect.isawaitable(value):
        return None
    allowed = list(_list_types(annotation))
    if Any in allowed or any(_has_type(value, each) for each in allowed):
        return None
    names = dict.fromkeys(_TYPE_NAMES.get(each, f"a {each.__name__}") for each in allowed if each is not type(None))
    return f"must be {' or '.join(names)}, not {_describe_type(value)}"


def _list_types(annotation: Any) -> Iterator[Any]:
    """Return the classes of which an argument with this annotation may be; `Any` if that cannot be said."""
    origin = get_origin(annotation)
    if origin in {Union, types.UnionType}:
        for each in get_args(annotation):
            yield from _list_types(each)
    elif origin is Literal:
        yield from {type(each) for each in get_args(annotation)}
    elif isinstance(annotation, TypeVar):
        yield from _list_types(annotation.__bound__ or Any)
    elif isinstance(origin, type):
        if origin is not pulumi.Output and origin is not collections.abc.Awaitable:
            yield origin
    else:
        yield annotation if isinstance(annotation, type) else Any


def _has_type(value: Any, expected: type) -> bool:
    if isinstance(value, bool):
        return expected in {bool, object}
    if expected is collections.abc.Sequence and isinstance(value, str):
        return False
    return isinstance(value, (int, float) if expected is float else expected)


def _describe_type(value: Any) -> str:
    kinds = (bool, *(each for each in _TYPE_NAMES if each is not bool))
    return next((_TYPE_NAMES[each] for each in kinds if isinstance(value, each)), f"a {type(value).__name__}")
