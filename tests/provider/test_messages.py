"""Messages name fields as the programs of their adapter do, so no text of both has the word of one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pulumi_adobe
from pulumi_adobe.resource_types.registry import RESOURCE_TYPE_NAMES, get_resource_type

PACKAGE = Path(pulumi_adobe.__file__).parent
SHARED = ("lifecycle", "resource_types", "flow_service", "sources", "schema", "plugin/native")
"""The packages whose messages programs of both adapters show, and the native one."""


def list_arguments() -> set[str]:
    """Return the names of arguments of Python classes that no field has in other languages."""
    fields = [field for name in RESOURCE_TYPE_NAMES for field in get_resource_type(name).schema.fields]
    names = {name for field in fields for name in (field.argument, field.declared_as) if name != field.name}
    return {name for name in names if "_" in name or "." in name}


def find_texts(file: Path) -> Iterator[str]:
    """Return the texts of several words in a module that are no docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and " " in value and id(node) not in docstrings:
            yield value


@pytest.mark.parametrize("package", SHARED)
def test_no_message_of_both_adapters_names_an_argument_of_a_python_class(package: str) -> None:
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(list_arguments())))}|Schedule\.once)\b")
    texts = [text for file in (PACKAGE / package).rglob("*.py") for text in find_texts(file)]

    assert [text for text in texts if pattern.search(text)] == []
    assert pattern.search("set force_destroy to true")
