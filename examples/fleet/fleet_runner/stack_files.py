"""The files of the stacks, `Pulumi.<sandbox>.yaml`, with the config of the list of sandboxes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from fleet_runner.sandboxes import Sandbox


def write_stack_files(project: Path, sandboxes: Sequence[Sandbox]) -> None:
    """Write the file of each stack. Keys that the list no longer has are removed, and encrypted values stay."""
    for sandbox in sandboxes:
        file = project / f"Pulumi.{sandbox.name}.yaml"
        old_settings: dict[str, Any] = (
            yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else None
        ) or {}
        secrets = {key: value for key, value in (old_settings.get("config") or {}).items() if _is_secret(value)}
        # Through a file of its own: on a full disk the old file keeps its secrets.
        new_file = file.with_suffix(".new")
        new_file.write_text(yaml.safe_dump({**old_settings, "config": {**secrets, **sandbox.config}}), encoding="utf-8")
        new_file.replace(file)


def _is_secret(value: object) -> bool:
    return isinstance(value, dict) and "secure" in value
