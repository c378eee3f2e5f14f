"""Versions of Pulumi and Go, as numbers that can be compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Version = tuple[int, int, int]

_NUMBERS = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?")
_PULUMI_MODULE = "github.com/pulumi/pulumi/pkg/v3 v"


def parse_version(text: str) -> Version | None:
    """Return the first version in a text such as `v3.259.0` or `go version go1.26.8 linux/amd64`, or None."""
    match = _NUMBERS.search(text)
    return (int(match[1]), int(match[2]), int(match[3] or 0)) if match else None


def format_version(version: Version) -> str:
    """Return the version as a text such as `3.259.0`."""
    return ".".join(map(str, version))


def read_pulumi_version(go_mod: Path) -> Version:
    """Return the version of the Pulumi CLI that a go.mod builds, which is also the oldest that the tests use."""
    return _read_line_version(go_mod, _PULUMI_MODULE)


def read_go_version(go_mod: Path) -> Version:
    """Return the oldest Go that can build a go.mod."""
    return _read_line_version(go_mod, "go ")


def _read_line_version(go_mod: Path, start: str) -> Version:
    for line in go_mod.read_text(encoding="utf-8").splitlines():
        requirement = line.strip().removeprefix("require ")
        version = parse_version(requirement) if requirement.startswith(start) else None
        if version:
            return version
    raise ValueError(f"no line of {go_mod} starts with {start!r}")
