"""The stacks' own files, with the config that the list of sandboxes gives them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from fleet_runner.sandboxes import Sandbox


def write(project: Path, listed: Sequence[Sandbox]) -> None:
    """Write `Pulumi.<sandbox>.yaml` of each: a key that the list no longer has goes, what is encrypted stays."""
    for sandbox in listed:
        file = project / f"Pulumi.{sandbox.name}.yaml"
        before: dict[str, Any] = (yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else None) or {}
        secrets = {key: value for key, value in (before.get("config") or {}).items() if _is_secret(value)}
        # Through a file of its own: on a full disk the one that is there keeps its secrets.
        beside = file.with_suffix(".new")
        beside.write_text(yaml.safe_dump({**before, "config": {**secrets, **sandbox.config}}), encoding="utf-8")
        beside.replace(file)


def _is_secret(value: object) -> bool:
    return isinstance(value, dict) and "secure" in value
