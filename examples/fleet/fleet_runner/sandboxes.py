"""Which sandboxes there are, and the config of the stack of each."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from fleet_runner.problem import Problem

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
"""Sandbox names are lower case letters, digits and hyphens (Adobe, sandbox guide); a stack may be called so too."""


@dataclass(frozen=True)
class Sandbox:
    """A sandbox, which is a stack of the same name, and that stack's config as texts."""

    name: str
    config: Mapping[str, str]


def read(file: Path) -> list[Sandbox]:
    """What the file lists. Raises Problem where it cannot be read so."""
    try:
        listed = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise Problem(f"{file} cannot be read: {error}") from None
    if not isinstance(listed, dict) or not isinstance(listed.get("sandboxes"), dict):
        raise Problem(f"{file} must have a mapping `sandboxes`, from a sandbox's name to its config.")
    everywhere = listed.get("all") or {}
    return [_sandbox(str(name), {**everywhere, **(own or {})}) for name, own in listed["sandboxes"].items()]


def made_up(count: int, databases: int, org: str, client_id: str) -> list[Sandbox]:
    """So many sandboxes of an emulator, with so many connections in each."""
    width = len(str(count))
    config = {
        "adobe:orgId": org,
        "adobe:clientId": client_id,
        "fleet:domain": "https://adb-1234567890123456.7.azuredatabricks.net",
        "fleet:clusterId": "0612-200003-abc123",
        "fleet:databases": [f"db{number}" for number in range(1, databases + 1)],
    }
    return [_sandbox(f"sandbox-{number:0{width}}", config) for number in range(1, count + 1)]


def chosen(sandboxes: Sequence[Sandbox], names: Collection[str]) -> list[Sandbox]:
    """Those of these names, or all where none is named. Raises Problem where one is not there."""
    unknown = sorted(set(names) - {each.name for each in sandboxes})
    if unknown:
        raise Problem(f"There is no sandbox {', '.join(unknown)} in the list.")
    return [each for each in sandboxes if not names or each.name in names]


def jobs(sandboxes: Sequence[Sandbox], most: int) -> list[str]:
    """Their names in at most so many groups of nearly one size, each with spaces between: an entry of a CI's matrix."""
    names = [each.name for each in sandboxes]
    return [" ".join(names[first::most]) for first in range(min(most, len(names)))]


def _sandbox(name: str, config: Mapping[str, Any]) -> Sandbox:
    if not _NAME.fullmatch(name):
        raise Problem(f"{name!r} is no name of a sandbox: lower case letters, digits and hyphens.")
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    return Sandbox(name, {**texts, "adobe:sandbox": name})
