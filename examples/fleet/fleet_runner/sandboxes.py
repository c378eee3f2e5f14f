"""The list of the sandboxes, and the config of the stack of each."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
"""Sandbox names are lower case letters, digits and hyphens (Adobe, sandbox guide); a stack may be called so too."""


class Problem(Exception):
    """A mistake that the caller has to correct, shown as one line without a traceback; the text says how."""


@dataclass(frozen=True)
class Sandbox:
    """A sandbox, which has a stack of the same name, and the config of that stack as texts."""

    name: str
    config: Mapping[str, str]


def read_sandboxes(file: Path) -> list[Sandbox]:
    """Read the list of the sandboxes. Raises Problem if the file has no such list."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise Problem(f"{file} cannot be read: {error}") from None
    if not isinstance(content, dict) or not isinstance(content.get("sandboxes"), dict):
        raise Problem(f"{file} must have a mapping `sandboxes` from the name of each sandbox to its config.")
    common_config = content.get("all") or {}
    return [
        _build_sandbox(str(name), {**common_config, **(own_config or {})})
        for name, own_config in content["sandboxes"].items()
    ]


def make_sandboxes(count: int, databases: int, org: str, client_id: str) -> list[Sandbox]:
    """Make up ``count`` sandboxes of an emulator, with a connection for each of ``databases`` databases."""
    width = len(str(count))
    config = {
        "adobe:orgId": org,
        "adobe:clientId": client_id,
        "fleet:domain": "https://adb-1234567890123456.7.azuredatabricks.net",
        "fleet:clusterId": "0612-200003-abc123",
        "fleet:databases": [f"db{number}" for number in range(1, databases + 1)],
    }
    return [_build_sandbox(f"sandbox-{number:0{width}}", config) for number in range(1, count + 1)]


def select_sandboxes(sandboxes: Sequence[Sandbox], names: Collection[str]) -> list[Sandbox]:
    """Return the sandboxes of these names, or all if there are no names. Raises Problem for an unknown name."""
    unknown = sorted(set(names) - {sandbox.name for sandbox in sandboxes})
    if unknown:
        raise Problem(f"The list has no sandbox {', '.join(unknown)}.")
    return [sandbox for sandbox in sandboxes if not names or sandbox.name in names]


def group_names(sandboxes: Sequence[Sandbox], most: int) -> list[str]:
    """Divide the names into at most ``most`` groups of nearly equal size, each joined by spaces for a CI's matrix."""
    names = [sandbox.name for sandbox in sandboxes]
    return [" ".join(names[first::most]) for first in range(min(most, len(names)))]


def _build_sandbox(name: str, config: Mapping[str, Any]) -> Sandbox:
    if not _NAME.fullmatch(name):
        raise Problem(f"{name!r} is not a valid sandbox name. Use lower-case letters, digits and hyphens.")
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    return Sandbox(name, {**texts, "adobe:sandbox": name})
