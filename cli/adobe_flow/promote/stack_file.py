"""The `connections` and `accessTokens` of a stack's config, read without a secret, and written without a conflict."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from adobe_flow.files import replace_file
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.config import read_config_object
from adobe_flow.pulumi_cli.project import find_stack_file
from adobe_flow.pulumi_cli.stack import Stack
from adobe_flow.rotate.target import CONNECTIONS, TOKENS


@dataclass(frozen=True)
class StackConnections:
    """The connections in a stack's config, and the names of those that have a token.

    ``content`` is the stack's file as it was when it was read, None if there was none.
    """

    connections: Mapping[str, Mapping[str, Any]]
    tokens: frozenset[str]
    sandbox: str | None
    content: bytes | None = field(default=None, repr=False)


def read_stack_connections(stack: Stack) -> StackConnections:
    """Read the config of a stack. Raises `Problem` if there is no such stack, or if an entry is no object."""
    # The file comes first: what is written to it from now on counts as a change, also if Pulumi reads it.
    content = _read_content(find_stack_file(stack.folder, stack.name))
    config = stack.read_config()
    connections = _read_own_entries(config, CONNECTIONS, stack.name)
    for name, entry in connections.items():
        if not isinstance(entry, dict):
            raise Problem(
                f"{CONNECTIONS}.{name} in the config of {stack.name} is not an object.",
                "Correct it; __main__.py says what it holds.",
            )
    tokens = frozenset(_read_own_entries(config, TOKENS, stack.name))
    return StackConnections(connections, tokens, config.get("adobe:sandbox"), content)


def write_connections(stack: Stack, read: StackConnections, connections: Mapping[str, Mapping[str, Any]]) -> None:
    """Set all connections: either all is written or nothing. Types and the file's comments are kept.

    Pulumi changes a copy, which replaces the file if it is still as it was when it was ``read``.

    Raises:
        Problem: Somebody has changed the file, or it cannot be written.
    """
    file = find_stack_file(stack.folder, stack.name)
    # Without a namespace a key is the project's.
    entry = {"value": json.dumps(connections), "objectValue": connections, "secret": False}
    with TemporaryDirectory(prefix="adobe-flow-") as folder:
        copy = Path(folder) / file.name
        if read.content is not None:
            copy.write_bytes(read.content)
        stack.run_or_raise("config", "set-all", "--json", json.dumps({CONNECTIONS: entry}), "--config-file", str(copy))
        replace_file(file, read.content, copy.read_bytes())


def _read_content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _read_own_entries(config: Mapping[str, str], name: str, stack: str) -> dict[str, Any]:
    """Return the object under the project's own key; the project may have any name, and the provider's is `adobe`."""
    return read_config_object(config, next((key for key in config if key.rpartition(":")[2] == name), name), stack)
