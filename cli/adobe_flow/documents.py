"""JSON and text that comes from files, from Pulumi and from standard input, read whole or refused."""

from __future__ import annotations

import sys
from typing import Any, Final

from adobe_flow.problem import Problem
from pulumi_adobe.json_values import parse_json

MAX_NESTING: Final = 100
"""The most objects and lists inside one another. Pulumi's own messages (protobuf) allow no more than that."""


def parse_document(text: str) -> Any:
    """Parse a JSON text whose nesting every command can handle.

    Raises:
        ValueError: The text is no JSON, or is nested too deep.
    """
    document = parse_json(text)
    if is_nested_deeper(document, MAX_NESTING):
        raise ValueError("the nesting is too deep")
    return document


def is_nested_deeper(value: Any, depth: int) -> bool:
    """Return whether the value has more objects and lists inside one another than that; without recursion."""
    containers = {id(value): value}
    for _ in range(depth + 1):
        # By identity: YAML has anchors, by which one list can stand in many places, or in itself.
        containers = {
            id(member): member
            for container in containers.values()
            if isinstance(container, (dict, list))
            for member in (container.values() if isinstance(container, dict) else container)
        }
        if not containers:
            return False
    return True


def read_standard_input() -> str:
    """Return the text on standard input, which is UTF-8 whatever the locale. Raises Problem if it is not."""
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError:
        raise Problem(
            "Standard input is not UTF-8.", "Windows PowerShell's pipe writes the encoding that $OutputEncoding names."
        ) from None
