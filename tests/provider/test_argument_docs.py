"""Editors show the documentation of each argument and field of the public names when the pointer rests on it."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any, is_typeddict

import pytest

import pulumi_adobe

PUBLIC = {name: getattr(pulumi_adobe, name) for name in pulumi_adobe.__all__}
CLASSES = {name: value for name, value in PUBLIC.items() if inspect.isclass(value)}


def _list_callables() -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, value in PUBLIC.items():
        if inspect.isfunction(value):
            yield name, value
        elif name in CLASSES and not dataclasses.is_dataclass(value) and not is_typeddict(value):
            yield name, value.__init__
    for name, class_ in CLASSES.items():
        for method_name, method in vars(class_).items():
            if isinstance(method, classmethod) and not method_name.startswith("_"):
                yield f"{name}.{method_name}", method.__func__


CALLABLES = dict(_list_callables())
DATA_CLASSES = {
    name: value for name, value in CLASSES.items() if dataclasses.is_dataclass(value) or is_typeddict(value)
}


def _list_parameters(function: Callable[..., Any]) -> set[str]:
    """Return the parameters of a function; those of the arguments class if it takes any keyword."""
    parameters = inspect.signature(function).parameters
    names = set(parameters) - {"self", "cls", "keywords"}
    if "keywords" in parameters:
        arguments_class = PUBLIC[f"{function.__qualname__.partition('.')[0]}Args"]
        names |= {field.name for field in dataclasses.fields(arguments_class)} | {"opts"}
    return names


def _list_documented(docstring: str | None, section: str) -> set[str]:
    """Return the names that a section of a docstring describes."""
    body = (docstring or "").partition(f"{section}:\n")[2].partition("\n\n")[0]
    return set(re.findall(r"^ {4}(\w+): \S", body, re.MULTILINE))


def _list_documented_fields(class_: type) -> set[str]:
    """Return the fields with a docstring below them."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(class_))).body
    assert isinstance(definition, ast.ClassDef)
    return {
        ast.unparse(field.target)
        for field, text in zip(definition.body, definition.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
    }


@pytest.mark.parametrize("name", CALLABLES)
def test_each_parameter_is_documented_and_no_other(name: str) -> None:
    function = CALLABLES[name]

    assert _list_documented(inspect.getdoc(function), "Args") == _list_parameters(function)


@pytest.mark.parametrize("name", DATA_CLASSES)
def test_each_field_is_documented(name: str) -> None:
    class_ = DATA_CLASSES[name]
    fields = set(class_.__annotations__) - {"auth_spec"}

    assert fields
    assert fields <= _list_documented_fields(class_) | _list_documented(inspect.getdoc(class_), "Attributes")


def test_the_keyword_form_of_databricks_has_the_words_of_its_arguments_class() -> None:
    docstring = " ".join((inspect.getdoc(pulumi_adobe.DatabricksSourceConnection.__init__) or "").split())
    source = inspect.getsource(pulumi_adobe.DatabricksSourceConnectionArgs)

    texts = [" ".join(text.split()) for text in re.findall(r'^    """(.+?)"""', source, re.MULTILINE | re.DOTALL)[1:]]
    assert texts
    assert [text for text in texts if text not in docstring] == []
