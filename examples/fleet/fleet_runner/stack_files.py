"""The stacks' own files, for engines that take a stack's config from the repository."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from fleet_runner.sandboxes import Sandbox


def write(project: Path, listed: Sequence[Sandbox]) -> None:
    """Write `Pulumi.<sandbox>.yaml` of each into the project; what else stands there (a salt, a key) stays."""
    for sandbox in listed:
        file = project / f"Pulumi.{sandbox.name}.yaml"
        kept = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
        file.write_text(yaml.safe_dump({**(kept or {}), "config": dict(sandbox.config)}), encoding="utf-8")
