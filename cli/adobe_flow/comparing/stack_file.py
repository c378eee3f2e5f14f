"""The `connections` and `accessTokens` of a stack's config: read without a secret, written in one step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adobe_flow.problem import Problem
from adobe_flow.rotating.target import CONNECTIONS, TOKENS
from adobe_flow.stack import Stack


@dataclass(frozen=True)
class StackFile:
    """What a stack's config says of connections; of tokens, whose they are."""

    connections: Mapping[str, Mapping[str, Any]]
    tokens: frozenset[str]
    sandbox: str | None


def read_config(stack: Stack) -> StackFile:
    """Raises Problem where the stack, or an object of the config, is none."""
    config = stack.config()
    connections = _object(config, CONNECTIONS, stack.name)
    entries = {name: entry for name, entry in connections.items() if isinstance(entry, dict)}
    return StackFile(entries, frozenset(_object(config, TOKENS, stack.name)), config.get("adobe:sandbox"))


def write_connections(stack: Stack, connections: Mapping[str, Mapping[str, Any]]) -> None:
    """Set all of them in one command: either all is written or nothing. Types and the file's comments are kept."""
    # Without a namespace a key is the project's.
    entry = {"value": json.dumps(connections), "objectValue": connections, "secret": False}
    stack.pulumi("config", "set-all", "--json", json.dumps({CONNECTIONS: entry}))


def _object(config: Mapping[str, str], name: str, stack: str) -> dict[str, Any]:
    """The project's own key, whatever the project is called; the provider's are all of `adobe:`."""
    found = [value for key, value in config.items() if key.rpartition(":")[2] == name]
    value = json.loads(found[0]) if found else {}
    if not isinstance(value, dict):
        raise Problem(f"{name} in the config of {stack} is no object.", "Mend it; __main__.py says what it holds.")
    return value
